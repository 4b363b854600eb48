package dev.tidemark.store;

import static dev.tidemark.store.Samples.identity;
import static dev.tidemark.store.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Change;
import dev.tidemark.core.RunState;
import java.sql.Connection;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whichever call to the database fails, and whatever it did: a turn is kept whole or not at all.
 */
interface FaultsContract {
    /** What {@link GuardsContract#turnOfEveryKind} needs to be there. */
    List<Change> UNDER_WAY =
            List.of(
                    new Change.PipelineRegistered("v1", ARun.FLIGHTS),
                    new Change.RunCreated(1, identity("flights", 0), "v1", 0),
                    new Change.RunMoved(1, RunState.QUEUED, RunState.RUNNING),
                    new Change.AttemptStarted(key(1, "list"), 1, 5),
                    new Change.TaskExpanded(1, "train", 2));

    Change NEXT = new Change.RunMoved(2, RunState.RUNNING, RunState.FAILED);

    /** Makes a store with something between it and its connection. */
    Store openNew(UnaryOperator<Connection> around);

    /** Opens the store that was made last. */
    Store openAgain();

    @ParameterizedTest
    @EnumSource
    default void whicheverCallFailsATurnIsKeptWholeOrNotAtAll(Faults.Kind kind) {
        List<Change> turn = GuardsContract.turnOfEveryKind();
        Faults faults = new Faults(kind);
        Store store = underWay(faults);
        Everything before = Everything.in(store);

        int call = 1;
        for (faults.failAt(call); fails(store, turn); faults.failAt(call)) {
            faults.never();
            if (isKept(turn, before, call)) {
                Samples.commit(store, List.of(), Samples.NOON);
                store.close();
                store = underWay(faults);
            }
            call++;
        }
        store.close();

        assertThat(isKept(turn, before, call)).isTrue();
        assertThat(call).as("calls of a turn").isGreaterThan(6);
    }

    private Store underWay(Faults faults) {
        Store store = openNew(faults::around);
        Samples.commit(store, UNDER_WAY, Samples.NOON);
        return store;
    }

    /** Whether whoever opens the store now finds all of the turn; and goes on. */
    private boolean isKept(List<Change> turn, Everything before, int call) {
        try (Store again = openAgain()) {
            Everything found = Everything.in(again);
            if (found.equals(before)) {
                return false;
            }
            assertThat(found).as("fault at call %s", call).isEqualTo(whole(turn));
            Replay.assertHistoriesTellWhatIsShown(again);
            Samples.commit(again, List.of(NEXT), Samples.second(2));
            return true;
        }
    }

    private static boolean fails(Store store, List<Change> turn) {
        try {
            Samples.commit(store, turn, Samples.second(1));
            return false;
        } catch (TidemarkException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED);
            assertThat(e).hasMessageContaining("a fault, on purpose");
            return true;
        }
    }

    /** What another store shows that kept the turn. */
    private static Everything whole(List<Change> turn) {
        Store twin = new MemoryStore("memory");
        Samples.commit(twin, UNDER_WAY, Samples.NOON);
        Samples.commit(twin, turn, Samples.second(1));
        return Everything.in(twin);
    }
}
