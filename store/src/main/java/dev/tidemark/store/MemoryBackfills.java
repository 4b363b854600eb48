package dev.tidemark.store;

import dev.tidemark.core.BackfillState;
import dev.tidemark.core.Change;
import dev.tidemark.core.RunState;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Backfills, in memory. The rows know nothing of runs; those are counted when asked for. */
final class MemoryBackfills {
    private final MemoryTable<Long, BackfillView> backfills;

    MemoryBackfills(Undo undo) {
        backfills = new MemoryTable<>(Comparator.<Long>naturalOrder(), undo);
    }

    void create(Change.BackfillCreated it, Instant at) {
        if (backfills.has(it.backfill())) {
            throw Disagreement.about(it);
        }
        backfills.put(
                it.backfill(),
                new BackfillView(
                        it.backfill(),
                        it.plan(),
                        BackfillView.Status.RUNNING,
                        new BackfillView.Progress(0, Map.of()),
                        new BackfillView.Times(at, Optional.empty())));
    }

    void skip(Change.IntervalSkipped it) {
        BackfillView row = running(it.backfill(), it);
        backfills.put(
                it.backfill(),
                new BackfillView(
                        row.number(),
                        row.plan(),
                        row.status(),
                        new BackfillView.Progress(row.progress().skipped() + 1, Map.of()),
                        row.times()));
    }

    void move(Change.BackfillMoved it) {
        BackfillView row = unfinished(it.backfill(), it);
        if (row.state() != it.from()) {
            throw Disagreement.about(it);
        }
        backfills.put(
                it.backfill(),
                new BackfillView(
                        row.number(),
                        row.plan(),
                        new BackfillView.Status(it.to(), row.status().reason()),
                        row.progress(),
                        row.times()));
    }

    void end(Change.BackfillEnded it, Instant at) {
        BackfillView row = unfinished(it.backfill(), it);
        backfills.put(
                it.backfill(),
                new BackfillView(
                        row.number(),
                        row.plan(),
                        new BackfillView.Status(it.state(), it.reason()),
                        row.progress(),
                        new BackfillView.Times(row.times().created(), Optional.of(at))));
    }

    private BackfillView running(long number, Change change) {
        BackfillView row = unfinished(number, change);
        if (row.state() != BackfillState.RUNNING) {
            throw Disagreement.about(change);
        }
        return row;
    }

    private BackfillView unfinished(long number, Change change) {
        return backfills
                .get(number)
                .filter(row -> !row.state().isFinal())
                .orElseThrow(() -> Disagreement.about(change));
    }

    List<BackfillSummary> show(BackfillFilter filter, Collection<RunView> runs) {
        return backfills.newestFirst().stream()
                .filter(row -> filter.shows(BackfillSummary.of(row)))
                .limit(filter.limit())
                .map(row -> BackfillSummary.of(withRuns(row, runs)))
                .toList();
    }

    Optional<BackfillView> view(long number, Collection<RunView> runs) {
        return backfills.get(number).map(row -> withRuns(row, runs));
    }

    List<BackfillView> unfinished(String pipeline, Collection<RunView> runs) {
        return backfills.all().stream()
                .filter(row -> !row.state().isFinal())
                .filter(row -> row.plan().pipeline().equals(pipeline))
                .map(row -> withRuns(row, runs))
                .toList();
    }

    List<Long> open(Collection<String> pipelines) {
        return backfills.all().stream()
                .filter(row -> !row.state().isFinal())
                .filter(row -> pipelines.contains(row.plan().pipeline()))
                .map(BackfillView::number)
                .toList();
    }

    private static BackfillView withRuns(BackfillView row, Collection<RunView> runs) {
        Map<RunState, Integer> counts = new EnumMap<>(RunState.class);
        for (RunView run : runs) {
            if (run.status().backfill() == row.number()) {
                counts.merge(run.state(), 1, Integer::sum);
            }
        }
        return new BackfillView(
                row.number(),
                row.plan(),
                row.status(),
                new BackfillView.Progress(row.progress().skipped(), counts),
                row.times());
    }

    long lastNumber() {
        return backfills.lastKey().orElse(0L);
    }
}
