package dev.tidemark.store;

import dev.tidemark.Bounds;
import dev.tidemark.ParameterDefinition;
import dev.tidemark.PipelineDefinition;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.OptionalInt;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/** Pipeline definitions as JSON. */
final class DefinitionJson {
    private static final String MAX_ACTIVE_TASKS = "max_active_tasks";

    private DefinitionJson() {}

    static String text(PipelineDefinition definition) {
        return Json.object(json -> write(json, definition));
    }

    static void write(JsonGenerator json, PipelineDefinition definition) {
        json.writeStringProperty("name", definition.name());
        Json.object(json, "timing", () -> timing(json, definition.timing()));
        Json.objects(json, "parameters", definition.parameters(), each -> parameter(json, each));
        Json.objects(json, "tasks", definition.tasks(), task -> TaskJson.write(json, task));
        definition
                .limits()
                .maxActiveTasks()
                .ifPresent(most -> json.writeNumberProperty(MAX_ACTIVE_TASKS, most));
    }

    static PipelineDefinition read(JsonObject json) {
        return new PipelineDefinition(
                json.text("name"),
                timing(json.object("timing")),
                json.objects("parameters").stream().map(DefinitionJson::parameter).toList(),
                json.objects("tasks").stream().map(TaskJson::read).toList(),
                new PipelineDefinition.Limits(
                        json.has(MAX_ACTIVE_TASKS)
                                ? OptionalInt.of(json.integer(MAX_ACTIVE_TASKS))
                                : OptionalInt.empty()));
    }

    private static void timing(JsonGenerator json, PipelineDefinition.Timing timing) {
        Json.object(json, "schedule", () -> ScheduleJson.write(json, timing.schedule()));
        Json.optional(json, "starting_on", timing.bounds().from().map(DefinitionJson::shortest));
        Json.optional(json, "ending_before", timing.bounds().until());
        json.writeBooleanProperty("catchup", timing.catchup());
        json.writeNumberProperty("max_active_runs", timing.maxActiveRuns());
    }

    private static PipelineDefinition.Timing timing(JsonObject json) {
        return new PipelineDefinition.Timing(
                ScheduleJson.read(json.object("schedule")),
                new Bounds(
                        json.optional("starting_on", DefinitionJson::dateOrTime),
                        json.optional("ending_before", LocalDateTime::parse)),
                json.flag("catchup"),
                json.integer("max_active_runs"));
    }

    /** As a date where it is one: so are all that were written before there were times. */
    private static String shortest(LocalDateTime start) {
        return start.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? start.toLocalDate().toString()
                : start.toString();
    }

    private static LocalDateTime dateOrTime(String text) {
        return text.contains("T")
                ? LocalDateTime.parse(text)
                : LocalDate.parse(text).atStartOfDay();
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
