package dev.tidemark.store;

import dev.tidemark.Evidence;
import dev.tidemark.Interval;
import dev.tidemark.Receipt;
import dev.tidemark.core.Alert;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Change;
import dev.tidemark.core.RunIdentity;
import java.util.HashMap;
import java.util.Map;

/** What is shown of a PostgreSQL store, with its texts as they were written. */
final class PostgresViews {
    private PostgresViews() {}

    static BackfillPlan.Existing decoded(BackfillPlan.Existing it) {
        return new BackfillPlan.Existing(
                it.run(), PostgresText.decode(it.name()), it.state(), it.backfill());
    }

    static Standing decoded(Standing it) {
        Map<Interval, BackfillPlan.Existing> ahead = new HashMap<>();
        it.ahead().forEach((interval, run) -> ahead.put(interval, decoded(run)));
        return new Standing(it.kept(), ahead, it.previous(), it.open());
    }

    static WatermarkMove decoded(WatermarkMove it) {
        Change.WatermarkMoved moved = it.moved();
        return new WatermarkMove(
                it.at(),
                new Change.WatermarkMoved(
                        moved.watermark(),
                        moved.from(),
                        moved.to(),
                        PostgresText.decode(moved.reason())));
    }

    static ScheduleView decoded(ScheduleView it) {
        return new ScheduleView(
                it.pipeline(), it.kept(), it.pauseReason().map(PostgresText::decode));
    }

    static AlertView decoded(AlertView it) {
        Alert alert = it.alert();
        return new AlertView(
                it.number(),
                it.at(),
                new Alert(
                        alert.kind(),
                        alert.pipeline(),
                        alert.run(),
                        alert.interval(),
                        PostgresText.decode(alert.message())));
    }

    static BackfillView decoded(BackfillView it) {
        return new BackfillView(
                it.number(), it.plan(), decoded(it.status()), it.progress(), it.times());
    }

    static BackfillView.Status decoded(BackfillView.Status it) {
        return new BackfillView.Status(it.state(), PostgresText.decode(it.reason()));
    }

    static BackfillSummary decoded(BackfillSummary it) {
        return new BackfillSummary(
                it.number(), it.asked(), decoded(it.status()), it.progress(), it.times());
    }

    static RunView decoded(RunView it) {
        RunIdentity identity = it.identity();
        return new RunView(
                it.number(),
                new RunIdentity(
                        identity.pipeline(),
                        PostgresText.decode(identity.name()),
                        identity.interval(),
                        identity.parameters()),
                it.version(),
                it.status(),
                it.times());
    }

    static TaskView decoded(TaskView it) {
        return new TaskView(
                it.task(), it.state(), it.tally(), PostgresText.decode(it.message()), it.latest());
    }

    static AttemptView decoded(AttemptView it) {
        AttemptView.Status status = it.status();
        return new AttemptView(
                it.task(),
                it.number(),
                it.token(),
                new AttemptView.Status(
                        status.state(),
                        status.errorClass(),
                        PostgresText.decode(status.message()),
                        status.late()),
                it.times());
    }

    static ManifestView decoded(ManifestView it) {
        Receipt receipt = it.evidence().receipt();
        return new ManifestView(
                it.task(),
                it.token(),
                new Evidence(
                        new Receipt(
                                PostgresText.decode(receipt.asset()),
                                PostgresText.decode(receipt.partition()),
                                receipt.version(),
                                receipt.rows(),
                                receipt.contentHash()),
                        PostgresText.decode(it.evidence().manifest()),
                        it.evidence().manifestHash()));
    }
}
