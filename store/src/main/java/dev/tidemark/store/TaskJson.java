package dev.tidemark.store;

import dev.tidemark.Effects;
import dev.tidemark.ErrorClass;
import dev.tidemark.InputDefinition;
import dev.tidemark.Retry;
import dev.tidemark.TaskDefinition;
import dev.tidemark.TriggerRule;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/** Task definitions as JSON. */
final class TaskJson {
    private TaskJson() {}

    static void write(JsonGenerator json, TaskDefinition task) {
        json.writeStringProperty("name", task.name());
        Json.objects(json, "inputs", task.edges().inputs(), input -> input(json, input));
        Json.texts(json, "after", task.edges().after());
        json.writeStringProperty("rule", task.edges().rule().name());
        Json.object(json, "retry", () -> retry(json, task.policy().retry()));
        json.writeStringProperty("timeout", task.policy().timeout().toString());
        json.writeBooleanProperty("may_fail", task.policy().mayFail());
        json.writeBooleanProperty("mostly_waits", task.policy().mostlyWaits());
        Json.texts(json, "produces", task.assets().produces());
        Json.texts(json, "consumes", task.assets().consumes());
        if (!task.effects().equals(Effects.UNSEEN)) {
            json.writeStringProperty("effects", task.effects().kind().name());
            json.writeStringProperty("effects_by", task.effects().reason());
        }
        Json.optional(json, "advances", task.assets().advances());
        PoolJson.write(json, task.limits());
    }

    static TaskDefinition read(JsonObject json) {
        return new TaskDefinition(
                json.text("name"),
                new TaskDefinition.Edges(
                        json.objects("inputs").stream().map(TaskJson::input).toList(),
                        json.texts("after"),
                        json.constant("rule", TriggerRule.class)),
                new TaskDefinition.Policy(
                        retry(json.object("retry")),
                        Duration.parse(json.text("timeout")),
                        json.flag("may_fail"),
                        json.flag("mostly_waits")),
                new TaskDefinition.Assets(
                        json.texts("produces"),
                        json.texts("consumes"),
                        json.optional("effects", Effects.Kind::valueOf)
                                .map(kind -> new Effects(kind, json.text("effects_by")))
                                .orElse(Effects.UNSEEN),
                        json.optional("advances", text -> text)),
                PoolJson.limits(json));
    }

    private static void input(JsonGenerator json, InputDefinition input) {
        json.writeStringProperty("task", input.task());
        json.writeStringProperty("form", input.form().name());
    }

    private static InputDefinition input(JsonObject json) {
        return new InputDefinition(
                json.text("task"), json.constant("form", InputDefinition.Form.class));
    }

    private static void retry(JsonGenerator json, Retry retry) {
        Json.object(
                json,
                "limits",
                () ->
                        new TreeMap<>(retry.limits())
                                .forEach(
                                        (errorClass, limit) ->
                                                json.writeNumberProperty(
                                                        errorClass.name(), limit)));
        json.writeStringProperty("first", retry.backoff().first().toString());
        json.writeStringProperty("ceiling", retry.backoff().ceiling().toString());
        json.writeNumberProperty("factor", retry.backoff().factor());
        json.writeNumberProperty("jitter", retry.backoff().jitter());
    }

    private static Retry retry(JsonObject json) {
        JsonObject given = json.object("limits");
        Map<ErrorClass, Integer> limits = new EnumMap<>(ErrorClass.class);
        for (String name : given.fields().keySet()) {
            limits.put(ErrorClass.valueOf(name), given.integer(name));
        }
        return new Retry(
                limits,
                new Retry.Backoff(
                        Duration.parse(json.text("first")),
                        Duration.parse(json.text("ceiling")),
                        json.fraction("factor"),
                        json.fraction("jitter")));
    }
}
