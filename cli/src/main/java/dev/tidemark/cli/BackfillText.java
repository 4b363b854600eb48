package dev.tidemark.cli;

import dev.tidemark.core.BackfillState;
import dev.tidemark.core.RunState;
import dev.tidemark.store.BackfillSummary;
import dev.tidemark.store.RunFilter;
import dev.tidemark.store.RunView;
import dev.tidemark.store.StoreReader;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What people read of a backfill, wherever it is shown. */
final class BackfillText {
    /** The runs that ended last tell how long one takes. */
    private static final int LATEST_RUNS = 100;

    private BackfillText() {}

    /** Its runs that have ended, well or not. */
    static long ended(BackfillSummary backfill) {
        return backfill.progress().runs().entrySet().stream()
                .filter(runs -> runs.getKey().isFinal())
                .mapToLong(runs -> runs.getValue())
                .sum();
    }

    /** Its runs in a state. */
    static int of(BackfillSummary backfill, RunState state) {
        return backfill.progress().runs().getOrDefault(state, 0);
    }

    /** Its intervals that were neither passed over nor have a run whose latest try is its own. */
    static long notStarted(BackfillSummary backfill) {
        long runs = backfill.progress().runs().values().stream().mapToLong(it -> it).sum();
        return Math.max(0, backfill.asked().intervals() - backfill.progress().skipped() - runs);
    }

    /** A state as people read it; an unfinished one that nobody works on was interrupted. */
    static String state(BackfillSummary backfill, boolean live) {
        String word = backfill.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return backfill.state() == BackfillState.RUNNING && !live ? word + " (interrupted)" : word;
    }

    /**
     * How long the rest takes: as many runs at once as may be, each as long as those in the middle
     * of the latest. Empty where none has ended, and where nothing is left.
     */
    static Optional<Duration> left(BackfillSummary backfill, StoreReader store) {
        long left = backfill.asked().work() - ended(backfill);
        if (backfill.state().isFinal() || left <= 0) {
            return Optional.empty();
        }
        List<Duration> lengths = lengths(backfill, store);
        if (lengths.isEmpty()) {
            return Optional.empty();
        }
        long atOnce = Math.min(left, backfill.asked().options().maxActive());
        long rounds = Math.ceilDiv(left, atOnce);
        return Optional.of(lengths.get(lengths.size() / 2).multipliedBy(rounds));
    }

    private static List<Duration> lengths(BackfillSummary backfill, StoreReader store) {
        RunFilter latest = RunFilter.ALL.backfill(backfill.number()).limit(LATEST_RUNS);
        return store.runs(latest).stream()
                .map(RunView::times)
                .flatMap(BackfillText::length)
                .sorted()
                .toList();
    }

    private static Stream<Duration> length(RunView.Times times) {
        return times
                .started()
                .flatMap(started -> times.ended().map(ended -> Duration.between(started, ended)))
                .stream();
    }
}
