package dev.tidemark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Change;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One engine at a time is the owner; what the others send changes nothing. */
interface OwnershipContract extends StoreUnderTest {
    Duration HOUR = Duration.ofHours(1);
    Duration OVER = Duration.ZERO;

    private static List<Change> changes() {
        return List.of(
                new Change.PipelineRegistered(
                        "v1", Samples.pipeline("flights", Samples.task("only"))));
    }

    private void assertLost(long epoch, List<Change> changes) {
        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(() -> store().commit(epoch, changes, Samples.NOON))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.OWNERSHIP_LOST));
    }

    private boolean isRegistered() {
        return store().definition("flights", "v1").isPresent();
    }

    @Test
    default void nobodyOwnsANewStore() {
        assertThat(store().owner()).isEmpty();
        assertLost(0, changes());
        assertLost(1, changes());
        assertThat(isRegistered()).isFalse();
    }

    @Test
    default void theFirstToClaimOwnsItUntilItsLeaseIsOver() {
        long epoch = store().claim("first", HOUR).orElseThrow();

        assertThat(store().claim("second", HOUR)).isEmpty();

        Owner owner = store().owner().orElseThrow();
        assertThat(owner.name()).isEqualTo("first");
        assertThat(owner.epoch()).isEqualTo(epoch);
        assertThat(owner.lease()).isBetween(Duration.ofMinutes(59), HOUR);
        store().commit(epoch, changes(), Samples.NOON);
        assertThat(isRegistered()).isTrue();
    }

    @Test
    default void aLeaseThatIsOverGoesToWhoeverAsksFirst() {
        long first = store().claim("first", OVER).orElseThrow();

        long second = store().claim("second", HOUR).orElseThrow();

        assertThat(second).isEqualTo(first + 1);
        assertThat(store().claim("third", HOUR)).isEmpty();
        assertLost(first, changes());
        assertLost(first, List.of());
        assertThat(isRegistered()).isFalse();
    }

    @Test
    default void anOwnerWhoseLeaseIsOverMayCommitAsLongAsNobodyElseCame() {
        long epoch = store().claim("first", OVER).orElseThrow();

        store().commit(epoch, changes(), Samples.NOON);

        assertThat(isRegistered()).isTrue();
    }

    @Test
    default void aCommitBeginsTheLeaseAnewEvenWithoutChanges() throws InterruptedException {
        Duration shortLease = Duration.ofMillis(1);
        long epoch = store().claim("first", HOUR).orElseThrow();
        store().release(epoch);
        assertThat(store().owner().orElseThrow().lease()).isLessThanOrEqualTo(shortLease);

        store().commit(epoch, List.of(), Samples.NOON);

        assertThat(store().owner().orElseThrow().lease()).isGreaterThan(Duration.ofMinutes(59));
        assertThat(store().claim("second", HOUR)).isEmpty();
    }

    @Test
    default void aStoreThatIsGivenUpNeedNotBeWaitedFor() {
        long first = store().claim("first", HOUR).orElseThrow();

        store().release(first);

        Optional<Long> second = store().claim("second", HOUR);
        assertThat(second).contains(first + 1);
        store().release(first);
        assertThat(store().claim("third", HOUR)).as("not the first's to give up").isEmpty();
    }

    @Test
    default void theSameEngineMayClaimAgainAndBeginsANewEpoch() {
        long before = store().claim("first", HOUR).orElseThrow();

        long after = store().claim("first", HOUR).orElseThrow();

        assertThat(after).isEqualTo(before + 1);
        assertLost(before, changes());
        store().commit(after, changes(), Samples.NOON);
        assertThat(isRegistered()).isTrue();
    }

    @Test
    default void ownershipOutlivesTheConnection() {
        long epoch = store().claim("first", HOUR).orElseThrow();

        assertThat(reopened().claim("second", HOUR)).isEmpty();
        store().commit(epoch, changes(), Samples.NOON);
        assertThat(isRegistered()).isTrue();
    }
}
