package dev.tidemark.store;

import dev.tidemark.ErrorCode;
import dev.tidemark.ParameterDefinition;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.Schedule;
import dev.tidemark.TidemarkException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/** Pipeline definitions as JSON. */
final class DefinitionJson {
    private DefinitionJson() {}

    static String text(PipelineDefinition definition) {
        return Json.object(json -> write(json, definition));
    }

    static void write(JsonGenerator json, PipelineDefinition definition) {
        json.writeStringProperty("name", definition.name());
        Json.object(json, "timing", () -> timing(json, definition.timing()));
        Json.objects(json, "parameters", definition.parameters(), each -> parameter(json, each));
        Json.objects(json, "tasks", definition.tasks(), task -> TaskJson.write(json, task));
    }

    static PipelineDefinition read(JsonObject json) {
        return new PipelineDefinition(
                json.text("name"),
                timing(json.object("timing")),
                json.objects("parameters").stream().map(DefinitionJson::parameter).toList(),
                json.objects("tasks").stream().map(TaskJson::read).toList());
    }

    private static void timing(JsonGenerator json, PipelineDefinition.Timing timing) {
        Json.object(json, "schedule", () -> schedule(json, timing.schedule()));
        Json.optional(json, "starting_on", timing.startingOn());
        json.writeBooleanProperty("catchup", timing.catchup());
        json.writeNumberProperty("max_active_runs", timing.maxActiveRuns());
    }

    private static PipelineDefinition.Timing timing(JsonObject json) {
        return new PipelineDefinition.Timing(
                schedule(json.object("schedule")),
                json.optional("starting_on", LocalDate::parse),
                json.flag("catchup"),
                json.integer("max_active_runs"));
    }

    private static void schedule(JsonGenerator json, Schedule schedule) {
        switch (schedule) {
            case Schedule.Daily daily -> {
                json.writeStringProperty("is", "daily");
                json.writeStringProperty("time", daily.time().toString());
            }
            case Schedule.Every every -> {
                json.writeStringProperty("is", "every");
                json.writeStringProperty("length", every.length().toString());
            }
            case Schedule.OnDemand _ -> json.writeStringProperty("is", "on_demand");
        }
        json.writeStringProperty("zone", schedule.zone().getId());
    }

    private static Schedule schedule(JsonObject json) {
        String is = json.text("is");
        ZoneId zone = ZoneId.of(json.text("zone"));
        return switch (is) {
            case "daily" -> new Schedule.Daily(LocalTime.parse(json.text("time")), zone);
            case "every" -> new Schedule.Every(Duration.parse(json.text("length")), zone);
            case "on_demand" -> new Schedule.OnDemand(zone);
            default ->
                    throw new TidemarkException(
                            ErrorCode.STORE_FAILED,
                            "the store holds the schedule '"
                                    + is
                                    + "', which this version of Tidemark does not know; use the"
                                    + " version that wrote it, or a newer one");
        };
    }

    private static void parameter(JsonGenerator json, ParameterDefinition parameter) {
        json.writeStringProperty("name", parameter.name());
        json.writeStringProperty("type", parameter.type().name());
        Json.optional(json, "default", parameter.defaultText());
    }

    private static ParameterDefinition parameter(JsonObject json) {
        return new ParameterDefinition(
                json.text("name"),
                json.constant("type", ParameterDefinition.Type.class),
                json.optional("default", Function.identity()));
    }
}
