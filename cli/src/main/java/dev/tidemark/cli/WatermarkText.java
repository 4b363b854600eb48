package dev.tidemark.cli;

import dev.tidemark.Interval;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Timetable;
import dev.tidemark.store.StoreReader;
import dev.tidemark.store.WatermarkView;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A watermark as people and programs read it.
 *
 * @param zone that of the pipeline's schedule
 * @param next the interval that it waits for; empty after the last
 * @param run how the run of that one stands; empty where there is none
 */
record WatermarkText(
        WatermarkView view,
        ZoneId zone,
        Optional<Interval> next,
        Optional<BackfillPlan.Existing> run) {
    static WatermarkText of(StoreReader store, WatermarkView view) {
        String pipeline = view.key().pipeline();
        Optional<Timetable> timetable =
                store.latestVersion(pipeline)
                        .flatMap(version -> store.definition(pipeline, version))
                        .map(definition -> Timetable.of(definition.timing()));
        Optional<Interval> next =
                timetable.flatMap(it -> view.kept().at().flatMap(it::firstEndingAfter));
        return new WatermarkText(
                view,
                timetable.map(Timetable::zone).orElse(ZoneOffset.UTC),
                next,
                next.flatMap(it -> store.findRun(pipeline, Map.of(), it)));
    }

    String place() {
        return view.kept().at().map(this::local).orElse("nowhere yet");
    }

    String waitsFor() {
        return next.map(it -> local(it.start()) + ", " + state()).orElse("");
    }

    private String state() {
        return run.map(it -> RunReport.word(it.state())).orElse("without a run");
    }

    String local(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).atZone(zone).toOffsetDateTime()
                + (zone instanceof ZoneOffset ? "" : "[" + zone + "]");
    }

    void write(ObjectNode json) {
        json.put("pipeline", view.key().pipeline()).put("watermark", view.key().watermark());
        view.kept().at().ifPresent(at -> json.put("at", at.toString()));
        view.movedAt().ifPresent(at -> json.put("moved_at", at.toString()));
        json.put("intervals_ahead", view.kept().ahead().size());
        next.ifPresent(
                interval -> {
                    ObjectNode waits = json.putObject("waits_for");
                    waits.put("start", interval.start().toString())
                            .put("end", interval.end().toString());
                    run.ifPresent(
                            it ->
                                    waits.put("run_id", it.name())
                                            .put("state", RunReport.word(it.state())));
                });
    }
}
