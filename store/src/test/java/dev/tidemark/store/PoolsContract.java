package dev.tidemark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Change;
import dev.tidemark.core.PoolKey;
import dev.tidemark.core.PoolLimit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The limits of pools, and the starts that count towards their rates. */
interface PoolsContract extends StoreUnderTest {
    PoolLimit CRM = new PoolLimit("crm", 2, OptionalInt.of(60));
    PoolLimit SMALLER = new PoolLimit("crm", 1, OptionalInt.empty());
    PoolLimit WAREHOUSE = new PoolLimit("warehouse", 10, OptionalInt.empty());
    PoolKey ONCE = new PoolKey("crm", Optional.empty());
    PoolKey ODD = new PoolKey("crm", Optional.of(Samples.ODD_TEXT));

    @Test
    default void aPoolHasTheLimitThatItWasGivenLast() {
        commitAtSecond(1, new Change.PoolSet(WAREHOUSE), new Change.PoolSet(CRM));
        assertThat(reopened().pools())
                .containsExactly(
                        new PoolView(CRM, Samples.second(1)),
                        new PoolView(WAREHOUSE, Samples.second(1)));
        commitAtSecond(2, new Change.PoolSet(SMALLER));
        assertThat(store().pools())
                .containsExactly(
                        new PoolView(SMALLER, Samples.second(2)),
                        new PoolView(WAREHOUSE, Samples.second(1)));
    }

    /** All in one turn, in any order. */
    @Test
    default void aPoolMayChangeSeveralTimesInOneTurn() {
        commitAtSecond(
                1,
                new Change.PoolSet(WAREHOUSE),
                new Change.PoolSet(CRM),
                new Change.PoolRemoved("warehouse"),
                new Change.PoolRemoved("crm"),
                new Change.PoolSet(CRM),
                new Change.PoolSet(SMALLER));
        assertThat(store().pools()).containsExactly(new PoolView(SMALLER, Samples.second(1)));
    }

    @Test
    default void aPoolThatIsNotSetCannotBeRemoved() {
        commit(new Change.PoolSet(CRM));
        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(
                        () ->
                                commit(
                                        new Change.PoolRemoved("crm"),
                                        new Change.PoolRemoved("warehouse")))
                .withMessageContaining("pool warehouse")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED));
        assertThat(store().pools()).extracting(PoolView::limit).containsExactly(CRM);
    }

    @Test
    default void startsThatCountAreFoundByTime() {
        commitAtSecond(1, new Change.StartCounted(ONCE, 1), new Change.StartCounted(ONCE, 2));
        commitAtSecond(3, new Change.StartCounted(ODD, 4));
        commitAtSecond(2, new Change.StartCounted(ONCE, 3));

        assertThat(starts(Samples.second(0))).containsExactly(1L, 2L, 3L, 4L);
        assertThat(starts(Samples.second(1))).containsExactly(3L, 4L);
        assertThat(starts(Samples.second(3))).isEmpty();
        assertThat(reopened().countedStarts(Samples.second(2)))
                .extracting(Recorded::at, Recorded::change)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                Samples.second(3), new Change.StartCounted(ODD, 4)));
    }

    private List<Long> starts(Instant after) {
        return store().countedStarts(after).stream()
                .map(Recorded::change)
                .map(Change.StartCounted.class::cast)
                .map(Change.StartCounted::token)
                .toList();
    }
}
