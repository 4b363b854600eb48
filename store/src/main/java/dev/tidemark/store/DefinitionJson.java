package dev.tidemark.store;

import dev.tidemark.Bounds;
import dev.tidemark.ParameterDefinition;
import dev.tidemark.PipelineDefinition;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Optional;
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
        filling(json, timing.filling());
        promises(json, timing.promises());
    }

    /** What came later than versions that are kept is written where it is not the default. */
    private static void filling(JsonGenerator json, PipelineDefinition.Filling filling) {
        json.writeBooleanProperty("catchup", filling.catchup());
        json.writeNumberProperty("max_active_runs", filling.maxActiveRuns());
        PipelineDefinition.Filling usual = PipelineDefinition.Filling.DEFAULT;
        Json.optional(json, "gaps", other(filling.gaps(), usual.gaps()));
        Json.optional(
                json,
                "depends_on_previous",
                other(filling.dependsOnPrevious(), usual.dependsOnPrevious()));
        Json.optional(json, "jitter", other(filling.jitter(), usual.jitter()));
    }

    private static void promises(JsonGenerator json, PipelineDefinition.Promises promises) {
        PipelineDefinition.Promises usual = PipelineDefinition.Promises.DEFAULT;
        Json.optional(json, "late_after", other(promises.lateAfter(), usual.lateAfter()));
        Json.optional(json, "deadline", promises.deadline());
    }

    private static <T> Optional<T> other(T value, T usual) {
        return value.equals(usual) ? Optional.empty() : Optional.of(value);
    }

    private static PipelineDefinition.Timing timing(JsonObject json) {
        PipelineDefinition.Filling filling = PipelineDefinition.Filling.DEFAULT;
        PipelineDefinition.Promises promises = PipelineDefinition.Promises.DEFAULT;
        return new PipelineDefinition.Timing(
                ScheduleJson.read(json.object("schedule")),
                new Bounds(
                        json.optional("starting_on", DefinitionJson::dateOrTime),
                        json.optional("ending_before", LocalDateTime::parse)),
                new PipelineDefinition.Filling(
                        json.flag("catchup"),
                        json.optional("gaps", PipelineDefinition.Gaps::valueOf)
                                .orElse(filling.gaps()),
                        json.integer("max_active_runs"),
                        json.optional("depends_on_previous", Boolean::valueOf)
                                .orElse(filling.dependsOnPrevious()),
                        json.optional("jitter", Duration::parse).orElse(filling.jitter())),
                new PipelineDefinition.Promises(
                        json.optional("late_after", Duration::parse).orElse(promises.lateAfter()),
                        json.optional("deadline", Duration::parse)));
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
