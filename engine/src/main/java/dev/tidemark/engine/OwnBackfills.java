package dev.tidemark.engine;

import dev.tidemark.core.BackfillState;
import dev.tidemark.core.Change;
import dev.tidemark.store.BackfillSummary;
import dev.tidemark.store.StoreReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The backfills that were asked of this very engine, and who waits for their ends. */
final class OwnBackfills {
    /** Changed by whoever takes the turn; others look whether a number is in it. */
    private final Map<Long, CompletableFuture<BackfillState>> ends = new ConcurrentHashMap<>();

    /** What a request leads to. Made before the request is kept, so that no end is missed. */
    Engine.Ticket ticket(Requested requested) {
        if (requested.backfill() == 0) {
            // Another backfill has the run under way, and goes on with it.
            return new Engine.Ticket(
                    0, requested.plan(), CompletableFuture.completedFuture(BackfillState.TAKEN_UP));
        }
        return new Engine.Ticket(
                requested.backfill(),
                requested.plan(),
                ends.computeIfAbsent(requested.backfill(), _ -> new CompletableFuture<>()));
    }

    boolean has(long backfill) {
        return ends.containsKey(backfill);
    }

    void committed(List<Change> changes) {
        for (Change change : changes) {
            if (change instanceof Change.BackfillEnded end) {
                end(end.backfill(), end.state());
            }
        }
    }

    /**
     * Tells of those that ended while another engine owned the store. A number that was never kept
     * may become another's: whoever asked has been told that it failed.
     */
    void catchUp(StoreReader store) {
        for (long backfill : List.copyOf(ends.keySet())) {
            Optional<BackfillState> state =
                    store.backfillInShort(backfill).map(BackfillSummary::state);
            if (state.isEmpty()) {
                ends.remove(backfill);
            } else if (state.get().isFinal()) {
                end(backfill, state.get());
            }
        }
    }

    private void end(long backfill, BackfillState state) {
        CompletableFuture<BackfillState> future = ends.remove(backfill);
        if (future != null) {
            future.complete(state);
        }
    }

    void fail(Throwable reason) {
        ends.values().forEach(end -> end.completeExceptionally(reason));
    }
}
