package dev.tidemark.simulation;

import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.TaskDefinition;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Change;
import dev.tidemark.core.RunState;
import dev.tidemark.core.TaskState;
import dev.tidemark.core.WatermarkKey;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Behind a watermark all is proven, as far as nobody has put it there; it moves only forwards, by
 * those who may move it, and as far as it can. What is said to be ahead of it is proven.
 */
final class WatermarksStopBeforeGaps extends Invariant {
    static final String BY_HAND = "set: ";

    private final World world;
    private final Ledger ledger;

    WatermarksStopBeforeGaps(World world) {
        this.world = world;
        this.ledger = world.ledger;
    }

    @Override
    void before(Change change, Committed commit) {
        if (change instanceof Change.OfWatermark it) {
            before(it);
        }
    }

    private void before(Change.OfWatermark change) {
        switch (change) {
            case Change.WatermarkMoved it -> moved(it);
            case Change.IntervalAhead it -> {
                check(!isBehind(it.interval(), ledger.watermark(it.watermark()).at), it, "is not");
                check(isProven(it.watermark(), it.interval()), it, "is not proven");
            }
            case Change.IntervalNoLongerAhead it ->
                    check(
                            ledger.watermark(it.watermark()).ahead.contains(it.interval()),
                            it,
                            "was not ahead");
        }
    }

    private void moved(Change.WatermarkMoved it) {
        Instant at = ledger.watermark(it.watermark()).at;
        check(it.from().equals(Optional.ofNullable(at)), it, "stood at", at);
        if (it.reason().startsWith(BY_HAND)) {
            return;
        }
        check(at == null || it.to().isAfter(at), it, "goes back");
        Optional<RunRecord> run = runThatMoved(it);
        Optional<BackfillRecord> backfill =
                run.isPresent()
                        ? run.flatMap(each -> ledger.backfill(each.backfill))
                        : backfillThatMoved(it);
        backfill.ifPresent(
                each ->
                        check(
                                each.plan.options().watermarks() != BackfillPlan.WatermarkUse.KEEP,
                                it,
                                "is moved by one that may not"));
        if (at == null && it.reason().equals("the schedule begins here")) {
            Instant from = ledger.schedule(it.watermark().pipeline()).from;
            check(from != null && !it.to().isBefore(from), it, "begins before its schedule");
            return;
        }
        Instant from = at != null ? at : beginning(run, backfill);
        check(
                versions(it.watermark().pipeline()).stream()
                        .anyMatch(definition -> isProven(it, definition, from)),
                it,
                "leaves out something since",
                from);
    }

    private Optional<RunRecord> runThatMoved(Change.WatermarkMoved it) {
        return ledger.runs.values().stream()
                .filter(each -> each.identity.pipeline().equals(it.watermark().pipeline()))
                .filter(each -> it.reason().equals("run " + each.identity.name()))
                .findFirst();
    }

    private Optional<BackfillRecord> backfillThatMoved(Change.WatermarkMoved it) {
        return ledger.backfills.values().stream()
                .filter(each -> it.reason().equals("backfill " + each.number))
                .findFirst();
    }

    private static Instant beginning(Optional<RunRecord> run, Optional<BackfillRecord> backfill) {
        return backfill.map(each -> each.plan.items().stream())
                .flatMap(
                        items -> items.map(item -> item.interval().start()).min(Instant::compareTo))
                .or(() -> run.map(each -> each.identity.interval().start()))
                .orElseThrow();
    }

    private boolean isProven(
            Change.WatermarkMoved it, PipelineDefinition definition, Instant from) {
        Optional<Interval> each = Pieces.endingAfter(definition, from);
        while (each.filter(next -> !next.end().isAfter(it.to())).isPresent()) {
            if (!isProven(it.watermark(), each.get())) {
                return false;
            }
            each = Pieces.next(definition, Pieces.after(each.get()));
        }
        return true;
    }

    private List<PipelineDefinition> versions(String pipeline) {
        return Objects.requireNonNull(world.versions.get(pipeline)).stream()
                .map(version -> world.definition(pipeline, version))
                .toList();
    }

    /** Whether the gate of an interval has passed, and has not been cleared since. */
    private boolean isProven(WatermarkKey key, Interval interval) {
        return ledger.runs.values().stream()
                .filter(run -> isPlain(run, key))
                .filter(run -> run.identity.interval().equals(interval))
                .anyMatch(run -> hasPassed(run, key.watermark()));
    }

    private static boolean isPlain(RunRecord run, WatermarkKey key) {
        return run.identity.pipeline().equals(key.pipeline())
                && run.identity.parameters().isEmpty();
    }

    private static boolean hasPassed(RunRecord run, String watermark) {
        return gate(run, watermark)
                .map(run::of)
                .filter(instances -> instances.stream().allMatch(it -> hasPassed(run, it.state)))
                .isPresent();
    }

    private static boolean hasPassed(RunRecord run, TaskState gate) {
        return gate == TaskState.SUCCEEDED
                || (gate == TaskState.SKIPPED && run.state == RunState.SUCCEEDED);
    }

    private static Optional<String> gate(RunRecord run, String watermark) {
        return run.definition.tasks().stream()
                .filter(task -> task.assets().advances().equals(Optional.of(watermark)))
                .map(TaskDefinition::name)
                .findFirst();
    }

    private static boolean isBehind(Interval interval, @Nullable Instant at) {
        return at != null && !interval.end().isAfter(at);
    }

    @Override
    void after(Committed commit) {
        for (Change change : commit.changes()) {
            if (change instanceof Change.RunMoved it && it.to() == RunState.SUCCEEDED) {
                hasMoved(ledger.run(it.run()));
            }
        }
        ledger.watermarks.forEach(
                (key, record) ->
                        record.ahead.forEach(
                                interval ->
                                        check(
                                                isProven(key, interval),
                                                key,
                                                "has ahead, and it is not proven:",
                                                interval)));
    }

    /** A run that may move a watermark does, where it stands before its interval. */
    private void hasMoved(RunRecord run) {
        boolean moves =
                run.state == RunState.SUCCEEDED
                        && run.identity.parameters().isEmpty()
                        && (run.backfill == 0
                                || ledger.backfill(run.backfill)
                                        .filter(
                                                it ->
                                                        it.plan.options().watermarks()
                                                                != BackfillPlan.WatermarkUse.KEEP)
                                        .isPresent());
        if (!moves) {
            return;
        }
        for (TaskDefinition task : run.definition.tasks()) {
            if (task.assets().advances().isPresent()) {
                WatermarkKey key =
                        new WatermarkKey(run.identity.pipeline(), task.assets().advances().get());
                Instant at = ledger.watermark(key).at;
                boolean waits =
                        at == null
                                || Pieces.endingAfter(run.definition, at)
                                        .filter(
                                                next ->
                                                        next.equals(run.identity.interval())
                                                                || ledger.watermark(key)
                                                                        .ahead
                                                                        .contains(next))
                                        .isPresent();
                boolean passed =
                        hasPassed(run, key.watermark()) && !isBehind(run.identity.interval(), at);
                check(!passed || !waits, key, "stays behind", run);
            }
        }
    }
}
