package dev.tidemark.engine;

import dev.tidemark.core.BackfillState;
import dev.tidemark.core.Command;
import dev.tidemark.core.Event;
import dev.tidemark.core.RunState;
import dev.tidemark.core.State;
import dev.tidemark.core.Steering;
import dev.tidemark.store.BackfillSummary;
import dev.tidemark.store.RunFilter;
import dev.tidemark.store.RunView;
import dev.tidemark.store.StoreReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Pause, resume or give up a backfill, whether this engine is at work on it or nobody is. */
record Steered(Command.Steer command) implements Question<Long> {
    @Override
    public Reply<Long> ask(State state, StoreReader store, Instant now) {
        BackfillSummary backfill =
                store.backfillInShort(command.backfill())
                        .orElseThrow(() -> Reruns.noBackfill(command.backfill()));
        List<Event> events = new ArrayList<>();
        if (command.steering() == Steering.CANCEL && !isUnderWay(state)) {
            interrupted(backfill.state(), store, events);
        }
        events.add(
                new Event.BackfillSteered(
                        command.backfill(),
                        backfill.state(),
                        command.steering(),
                        command.reason()));
        return new Reply<>(events, command.backfill());
    }

    private boolean isUnderWay(State state) {
        return state.backfill(command.backfill()).isPresent();
    }

    /** The runs that were left in the middle by an engine that is gone. */
    private void interrupted(BackfillState kept, StoreReader store, List<Event> events) {
        if (kept.isFinal()) {
            return;
        }
        for (RunState open : List.of(RunState.QUEUED, RunState.RUNNING)) {
            RunFilter filter =
                    RunFilter.ALL
                            .backfill(command.backfill())
                            .state(open)
                            .limit(RunFilter.MAX_LIMIT_RUNS);
            for (RunView run : store.runs(filter)) {
                events.add(new Event.CancelRequested(run.number(), command.reason()));
            }
        }
    }

    @Override
    public boolean looksAtStore() {
        return true;
    }
}
