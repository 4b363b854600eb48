package dev.tidemark.store;

import dev.tidemark.core.Change;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** The history, in memory. */
final class MemoryHistory {
    private final MemoryTable<Place, Recorded> ofRuns;
    private final MemoryTable<Place, Recorded> ofBackfills;
    private final MemoryTable<Long, Recorded> countedStarts;

    /** Where a change stands in the history of a run or backfill. */
    private record Place(long owner, long seq) {
        static final Comparator<Place> ORDER =
                Comparator.comparingLong(Place::owner).thenComparingLong(Place::seq);
    }

    MemoryHistory(Undo undo) {
        ofRuns = new MemoryTable<>(Place.ORDER, undo);
        ofBackfills = new MemoryTable<>(Place.ORDER, undo);
        countedStarts = new MemoryTable<>(Comparator.<Long>naturalOrder(), undo);
    }

    void append(Recorded recorded) {
        ChangeOwner owner = ChangeOwner.of(recorded.change());
        if (owner.run() > 0) {
            ofRuns.put(new Place(owner.run(), recorded.seq()), recorded);
        }
        if (owner.backfill() > 0) {
            ofBackfills.put(new Place(owner.backfill(), recorded.seq()), recorded);
        }
        if (recorded.change() instanceof Change.StartCounted) {
            countedStarts.put(recorded.seq(), recorded);
        }
    }

    /** Those that are later, in order of time. */
    List<Recorded> countedStarts(Instant after) {
        return countedStarts.all().stream()
                .filter(recorded -> recorded.at().isAfter(after))
                .sorted(Comparator.comparing(Recorded::at))
                .toList();
    }

    List<Recorded> ofRun(long run) {
        return of(ofRuns, run);
    }

    /** Its own changes, not how runs came to it. */
    List<Recorded> ofBackfill(long backfill) {
        return of(ofBackfills, backfill).stream()
                .filter(recorded -> ChangeOwner.of(recorded.change()).run() == 0)
                .toList();
    }

    private static List<Recorded> of(MemoryTable<Place, Recorded> table, long owner) {
        return table.between(new Place(owner, 0), new Place(owner, Long.MAX_VALUE));
    }

    /** See {@link StoreReader#replay}. */
    Collection<Recorded> replay(Collection<Long> backfills, Collection<Long> underWay) {
        TreeMap<Long, Recorded> inOrder = new TreeMap<>();
        for (long backfill : backfills) {
            for (Recorded recorded : of(ofBackfills, backfill)) {
                inOrder.put(recorded.seq(), recorded);
                long run = ChangeOwner.of(recorded.change()).run();
                if (run > 0) {
                    ofRun(run).stream()
                            .filter(change -> isOfRunAlone(change.change()))
                            .forEach(change -> inOrder.put(change.seq(), change));
                }
            }
        }
        for (long run : underWay) {
            ofRun(run).forEach(change -> inOrder.put(change.seq(), change));
        }
        return inOrder.values();
    }

    private static boolean isOfRunAlone(Change change) {
        return change instanceof Change.RunCreated
                || change instanceof Change.RunMoved
                || change instanceof Change.RunReopened;
    }
}
