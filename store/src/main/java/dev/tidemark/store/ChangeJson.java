package dev.tidemark.store;

import dev.tidemark.core.Alert;
import dev.tidemark.core.BackfillState;
import dev.tidemark.core.Change;
import dev.tidemark.core.PoolKey;
import dev.tidemark.core.RunIdentity;
import dev.tidemark.core.RunState;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskState;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/** Changes as JSON. The kinds are what the history calls them, for ever. */
final class ChangeJson {
    static final String ATTEMPT_STARTED = "attempt_started";
    static final String BACKFILL_CREATED = "backfill_created";
    static final String INTERVAL_SKIPPED = "interval_skipped";

    private ChangeJson() {}

    static String kind(Change change) {
        return switch (change) {
            case Change.PipelineRegistered _ -> "pipeline_registered";
            case Change.TasksVerified _ -> "tasks_verified";
            case Change.RunCreated _ -> "run_created";
            case Change.RunMoved _ -> "run_moved";
            case Change.RunReopened _ -> "run_reopened";
            case Change.TaskExpanded _ -> "task_expanded";
            case Change.TaskMoved _ -> "task_moved";
            case Change.TaskCleared _ -> "task_cleared";
            case Change.AttemptStarted _ -> ATTEMPT_STARTED;
            case Change.AttemptEnded _ -> "attempt_ended";
            case Change.LateResult _ -> "late_result";
            case Change.BackfillCreated _ -> BACKFILL_CREATED;
            case Change.IntervalSkipped _ -> INTERVAL_SKIPPED;
            case Change.BackfillMoved _ -> "backfill_moved";
            case Change.BackfillEnded _ -> "backfill_ended";
            case Change.OfSchedule it -> ScheduleChangeJson.kind(it);
            case Change.OfWatermark it -> WatermarkJson.kind(it);
            case Change.AlertRaised _ -> "alert_raised";
            case Change.PoolSet _ -> "pool_set";
            case Change.PoolRemoved _ -> "pool_removed";
            case Change.StartCounted _ -> "start_counted";
            case Change.CommandAnswered _ -> "command_answered";
        };
    }

    /** Whether it concerns tasks of one run, and nothing else. */
    static boolean isOfTask(Change change) {
        return switch (change) {
            case Change.TaskExpanded _,
                    Change.TaskMoved _,
                    Change.TaskCleared _,
                    Change.AttemptStarted _,
                    Change.AttemptEnded _,
                    Change.LateResult _ ->
                    true;
            case Change.PipelineRegistered _,
                    Change.TasksVerified _,
                    Change.RunCreated _,
                    Change.RunMoved _,
                    Change.RunReopened _,
                    Change.BackfillCreated _,
                    Change.IntervalSkipped _,
                    Change.BackfillMoved _,
                    Change.BackfillEnded _,
                    Change.OfSchedule _,
                    Change.OfWatermark _,
                    Change.AlertRaised _,
                    Change.PoolSet _,
                    Change.PoolRemoved _,
                    Change.StartCounted _,
                    Change.CommandAnswered _ ->
                    false;
        };
    }

    static String payload(Change change, Instant at) {
        return Json.object(json -> write(json, change, at));
    }

    /**
     * Writes the fields of a change.
     *
     * @param at the time of its turn, which is said beside it
     */
    static void write(JsonGenerator json, Change change, Instant at) {
        switch (change) {
            case Change.PipelineRegistered it -> {
                json.writeStringProperty("version", it.version());
                Json.object(json, "definition", () -> DefinitionJson.write(json, it.definition()));
            }
            case Change.TasksVerified it -> {
                json.writeStringProperty("pipeline", it.pipeline());
                json.writeStringProperty("version", it.version());
                Json.texts(json, "tasks", it.tasks().stream().sorted().toList());
            }
            case Change.RunCreated it -> created(json, it);
            case Change.RunMoved it -> {
                json.writeNumberProperty("run", it.run());
                ways(json, it.from(), it.to());
            }
            case Change.RunReopened it -> reopened(json, it);
            case Change.TaskExpanded it -> {
                json.writeNumberProperty("run", it.run());
                json.writeStringProperty("task", it.task());
                json.writeNumberProperty("elements", it.elements());
            }
            case Change.TaskMoved it -> {
                key(json, it.task());
                ways(json, it.from(), it.to());
                json.writeStringProperty("reason", it.reason());
            }
            case Change.TaskCleared it -> key(json, it.task());
            case Change.AttemptStarted it -> {
                key(json, it.task());
                json.writeNumberProperty("number", it.number());
                json.writeNumberProperty("token", it.token());
            }
            case Change.AttemptEnded it -> ended(json, it, at);
            case Change.LateResult it -> late(json, it);
            case Change.BackfillCreated it -> {
                json.writeNumberProperty("backfill", it.backfill());
                Json.object(json, "plan", () -> PlanJson.write(json, it.plan()));
            }
            case Change.IntervalSkipped it -> {
                json.writeNumberProperty("backfill", it.backfill());
                Json.interval(json, it.interval());
                json.writeStringProperty("reason", it.reason());
            }
            case Change.BackfillMoved it -> {
                json.writeNumberProperty("backfill", it.backfill());
                ways(json, it.from(), it.to());
            }
            case Change.BackfillEnded it -> {
                json.writeNumberProperty("backfill", it.backfill());
                json.writeStringProperty("state", it.state().name());
                json.writeStringProperty("reason", it.reason());
            }
            case Change.OfSchedule it -> ScheduleChangeJson.write(json, it);
            case Change.OfWatermark it -> WatermarkJson.write(json, it);
            case Change.AlertRaised it -> alert(json, it.alert());
            case Change.PoolSet it -> PoolJson.write(json, it.limit());
            case Change.PoolRemoved it -> json.writeStringProperty("pool", it.pool());
            case Change.StartCounted it -> {
                json.writeStringProperty("pool", it.pool().pool());
                Json.optional(json, "value", it.pool().value());
                json.writeNumberProperty("token", it.token());
            }
            case Change.CommandAnswered it -> {
                json.writeStringProperty("key", it.key());
                Json.object(json, "answer", () -> CommandJson.write(json, it.answer()));
            }
        }
    }

    private static void ways(JsonGenerator json, Enum<?> from, Enum<?> to) {
        json.writeStringProperty("from", from.name());
        json.writeStringProperty("to", to.name());
    }

    private static void late(JsonGenerator json, Change.LateResult it) {
        key(json, it.task());
        json.writeNumberProperty("token", it.token());
        Json.object(json, "outcome", () -> OutcomeJson.write(json, it.outcome()));
    }

    private static void created(JsonGenerator json, Change.RunCreated it) {
        json.writeNumberProperty("run", it.run());
        json.writeStringProperty("pipeline", it.identity().pipeline());
        json.writeStringProperty("name", it.identity().name());
        Json.interval(json, it.identity().interval());
        Json.parameters(json, it.identity().parameters());
        json.writeStringProperty("version", it.version());
        json.writeNumberProperty("backfill", it.backfill());
    }

    private static void reopened(JsonGenerator json, Change.RunReopened it) {
        json.writeNumberProperty("run", it.run());
        json.writeNumberProperty("try", it.tryNumber());
        json.writeStringProperty("version", it.version());
        json.writeNumberProperty("backfill", it.backfill());
    }

    private static void ended(JsonGenerator json, Change.AttemptEnded it, Instant at) {
        key(json, it.task());
        json.writeNumberProperty("token", it.token());
        json.writeStringProperty("to", it.to().name());
        if (!it.due().equals(at)) {
            json.writeStringProperty("due", it.due().toString());
        }
        Json.object(json, "outcome", () -> OutcomeJson.write(json, it.outcome()));
    }

    private static void key(JsonGenerator json, TaskKey key) {
        json.writeNumberProperty("run", key.run());
        json.writeStringProperty("task", key.task());
        if (key.element() != TaskKey.NONE) {
            json.writeNumberProperty("element", key.element());
        }
    }

    static Change read(String kind, JsonObject json, Instant at) {
        return switch (kind) {
            case "pipeline_registered" ->
                    new Change.PipelineRegistered(
                            json.text("version"), DefinitionJson.read(json.object("definition")));
            case "run_created" -> created(json);
            case "run_moved" ->
                    new Change.RunMoved(
                            json.number("run"),
                            json.constant("from", RunState.class),
                            json.constant("to", RunState.class));
            case "run_reopened" ->
                    new Change.RunReopened(
                            json.number("run"),
                            json.integer("try"),
                            json.text("version"),
                            json.number("backfill"));
            case "task_expanded" ->
                    new Change.TaskExpanded(
                            json.number("run"), json.text("task"), json.integer("elements"));
            case "task_moved" ->
                    new Change.TaskMoved(
                            key(json),
                            json.constant("from", TaskState.class),
                            json.constant("to", TaskState.class),
                            json.text("reason"));
            case "task_cleared" -> new Change.TaskCleared(key(json));
            case ATTEMPT_STARTED ->
                    new Change.AttemptStarted(
                            key(json), json.integer("number"), json.number("token"));
            case "attempt_ended" -> ended(json, at);
            case "late_result" ->
                    new Change.LateResult(
                            key(json),
                            json.number("token"),
                            OutcomeJson.read(json.object("outcome")));
            case BACKFILL_CREATED ->
                    new Change.BackfillCreated(
                            json.number("backfill"), PlanJson.read(json.object("plan")));
            case INTERVAL_SKIPPED ->
                    new Change.IntervalSkipped(
                            json.number("backfill"), json.interval(), json.text("reason"));
            case "backfill_moved" ->
                    new Change.BackfillMoved(
                            json.number("backfill"),
                            json.constant("from", BackfillState.class),
                            json.constant("to", BackfillState.class));
            case "backfill_ended" ->
                    new Change.BackfillEnded(
                            json.number("backfill"),
                            json.constant("state", BackfillState.class),
                            json.text("reason"));
            case "tasks_verified" -> verified(json);
            case WatermarkJson.MOVED, WatermarkJson.AHEAD, WatermarkJson.NO_LONGER_AHEAD ->
                    WatermarkJson.read(kind, json);
            case "alert_raised" -> new Change.AlertRaised(alert(json));
            case "pool_set" -> new Change.PoolSet(PoolJson.limit(json));
            case "pool_removed" -> new Change.PoolRemoved(json.text("pool"));
            case "start_counted" ->
                    new Change.StartCounted(
                            new PoolKey(
                                    json.text("pool"), json.optional("value", Function.identity())),
                            json.number("token"));
            case "command_answered" ->
                    new Change.CommandAnswered(
                            json.text("key"), CommandJson.answer(json.object("answer")));
            default -> ScheduleChangeJson.read(kind, json);
        };
    }

    private static Change verified(JsonObject json) {
        return new Change.TasksVerified(
                json.text("pipeline"), json.text("version"), Set.copyOf(json.texts("tasks")));
    }

    private static void alert(JsonGenerator json, Alert alert) {
        json.writeStringProperty("alert", alert.kind().name());
        json.writeStringProperty("pipeline", alert.pipeline());
        json.writeNumberProperty("run", alert.run());
        Json.interval(json, alert.interval());
        json.writeStringProperty("message", alert.message());
    }

    private static Alert alert(JsonObject json) {
        return new Alert(
                json.constant("alert", Alert.Kind.class),
                json.text("pipeline"),
                json.number("run"),
                json.interval(),
                json.text("message"));
    }

    private static Change ended(JsonObject json, Instant at) {
        return new Change.AttemptEnded(
                key(json),
                json.number("token"),
                json.constant("to", TaskState.class),
                OutcomeJson.read(json.object("outcome")),
                json.optional("due", Instant::parse).orElse(at));
    }

    private static Change created(JsonObject json) {
        RunIdentity identity =
                new RunIdentity(
                        json.text("pipeline"),
                        json.text("name"),
                        json.interval(),
                        json.parameters());
        return new Change.RunCreated(
                json.number("run"), identity, json.text("version"), json.number("backfill"));
    }

    private static TaskKey key(JsonObject json) {
        boolean mapped = json.fields().containsKey("element");
        return new TaskKey(
                json.number("run"),
                json.text("task"),
                mapped ? json.integer("element") : TaskKey.NONE);
    }
}
