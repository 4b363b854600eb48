package dev.tidemark.engine;

import dev.tidemark.core.Change;
import dev.tidemark.core.Command;
import dev.tidemark.core.Decider;
import dev.tidemark.core.Decision;
import dev.tidemark.core.Event;
import dev.tidemark.core.State;
import dev.tidemark.store.BackfillSummary;
import dev.tidemark.store.RunView;
import dev.tidemark.store.StoreReader;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a command would change of a run: decided by the code that would change it, over a state that
 * is thrown away.
 */
public final class Preview {
    private static final int SLOTS_ENOUGH = 1_000_000;

    private final State state;
    private final Loading loading;
    private final StoreReader store;

    private Preview(StoreReader store) {
        this.store = store;
        this.state = new State(SLOTS_ENOUGH, store.lastNumbers());
        this.loading = new Loading(state, store);
    }

    /**
     * The changes of the run that the command is about, in order, with all that follows at once.
     *
     * @param live whether an engine is at work: the run goes on then where it is under way
     * @throws dev.tidemark.TidemarkException where the command would be refused
     */
    public static List<Change> of(StoreReader store, Command command, Instant now, boolean live) {
        Preview preview = new Preview(store);
        return switch (command) {
            case Command.Clear it ->
                    preview.ofRun(
                            it.run(),
                            new Event.ClearRequested(
                                    it.run(), it.tasks(), it.acceptUnknownEffects()),
                            now,
                            live);
            case Command.RerunRun it ->
                    preview.ofRun(
                            it.run(),
                            new Event.ClearRequested(
                                    it.run(), it.tasks(), it.acceptUnknownEffects()),
                            now,
                            live);
            case Command.Cancel it ->
                    preview.ofRun(
                            it.run(), new Event.CancelRequested(it.run(), it.reason()), now, live);
            case Command.Mark it ->
                    preview.ofRun(
                            it.run(),
                            new Event.MarkRequested(it.run(), it.tasks(), it.to(), it.reason()),
                            now,
                            live);
            case Command.Request _,
                    Command.Steer _,
                    Command.Verify _,
                    Command.RerunBackfill _,
                    Command.SetPool _,
                    Command.RemovePool _,
                    Command.SetWatermark _,
                    Command.PausePipeline _,
                    Command.ResumePipeline _ ->
                    throw new IllegalArgumentException(command + " is not about one run");
        };
    }

    private List<Change> ofRun(long run, Event event, Instant now, boolean live) {
        Optional<BackfillSummary> underWay =
                store.run(run)
                        .map(RunView::status)
                        .map(RunView.Status::backfill)
                        .filter(_ -> live)
                        .flatMap(store::backfillInShort)
                        .filter(backfill -> !backfill.state().isFinal());
        underWay.ifPresent(backfill -> loading.unfinished(Set.of(backfill.number())));
        List<Change> changes = new ArrayList<>();
        Deque<Event> open = new ArrayDeque<>(List.of(event));
        for (@Nullable Event next = open.poll(); next != null; next = open.poll()) {
            if (next instanceof Event.BackfillPerhapsNext) {
                continue; // Other runs are another matter.
            }
            loading.runOf(next);
            Decision decision = Decider.decide(state, next, now);
            decision.changes().forEach(change -> state.fold(change, now));
            changes.addAll(decision.changes());
            open.addAll(decision.next());
        }
        return changes;
    }
}
