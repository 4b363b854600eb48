package dev.tidemark.store;

import dev.tidemark.core.Change;
import dev.tidemark.core.Passed;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;

/** Changes of schedules as JSON. */
final class ScheduleChangeJson {
    private ScheduleChangeJson() {}

    static String kind(Change.OfSchedule change) {
        return switch (change) {
            case Change.ScheduleEnabled _ -> "schedule_enabled";
            case Change.SchedulePaused _ -> "schedule_paused";
            case Change.ScheduleResumed _ -> "schedule_resumed";
            case Change.IntervalsPassed _ -> "intervals_passed";
        };
    }

    static void write(JsonGenerator json, Change.OfSchedule change) {
        json.writeStringProperty("pipeline", change.pipeline());
        switch (change) {
            case Change.ScheduleEnabled it ->
                    json.writeStringProperty("from", it.from().toString());
            case Change.SchedulePaused it -> json.writeStringProperty("reason", it.reason());
            case Change.ScheduleResumed it -> json.writeStringProperty("pipeline", it.pipeline());
            case Change.IntervalsPassed it -> {
                Json.object(json, "first", () -> Json.interval(json, it.first()));
                Json.object(json, "last", () -> Json.interval(json, it.last()));
                json.writeNumberProperty("count", it.count());
                json.writeStringProperty("why", it.why().name());
            }
        }
    }

    static Change read(String kind, JsonObject json) {
        return switch (kind) {
            case "schedule_enabled" ->
                    new Change.ScheduleEnabled(
                            json.text("pipeline"), Instant.parse(json.text("from")));
            case "schedule_paused" ->
                    new Change.SchedulePaused(json.text("pipeline"), json.text("reason"));
            case "schedule_resumed" -> new Change.ScheduleResumed(json.text("pipeline"));
            case "intervals_passed" ->
                    new Change.IntervalsPassed(
                            json.text("pipeline"),
                            json.object("first").interval(),
                            json.object("last").interval(),
                            json.integer("count"),
                            json.constant("why", Passed.class));
            default -> throw JsonObject.unknownKind("change", kind);
        };
    }
}
