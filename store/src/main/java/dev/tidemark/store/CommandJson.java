package dev.tidemark.store;

import dev.tidemark.ErrorCode;
import dev.tidemark.core.Answer;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Command;
import dev.tidemark.core.RunRequest;
import dev.tidemark.core.Steering;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskState;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/** Commands and their answers as JSON. */
final class CommandJson {
    private static final String ACCEPT = "accept_unknown_effects";

    private CommandJson() {}

    static String text(Command command) {
        return Json.object(
                json -> {
                    switch (command) {
                        case Command.Request it -> {
                            json.writeStringProperty("is", "request");
                            json.writeStringProperty("pipeline", it.pipeline());
                            write(json, it.request());
                        }
                        case Command.Clear it -> {
                            json.writeStringProperty("is", "clear");
                            json.writeNumberProperty("run", it.run());
                            Json.objects(json, "tasks", it.tasks(), task -> write(json, task));
                            json.writeBooleanProperty(ACCEPT, it.acceptUnknownEffects());
                        }
                        case Command.Verify it -> {
                            json.writeStringProperty("is", "verify");
                            write(json, it);
                        }
                        case Command.PausePipeline it -> {
                            json.writeStringProperty("is", "pause_pipeline");
                            json.writeStringProperty("pipeline", it.pipeline());
                            json.writeStringProperty("reason", it.reason());
                        }
                        case Command.ResumePipeline it -> {
                            json.writeStringProperty("is", "resume_pipeline");
                            json.writeStringProperty("pipeline", it.pipeline());
                        }
                        case Command.SetPool it -> {
                            json.writeStringProperty("is", "set_pool");
                            PoolJson.write(json, it.limit());
                        }
                        case Command.SetWatermark it -> {
                            json.writeStringProperty("is", "set_watermark");
                            WatermarkJson.write(json, it);
                        }
                        case Command.RemovePool it -> {
                            json.writeStringProperty("is", "remove_pool");
                            json.writeStringProperty("pool", it.pool());
                        }
                        case Command.Cancel it -> {
                            json.writeStringProperty("is", "cancel");
                            json.writeNumberProperty("run", it.run());
                            json.writeStringProperty("reason", it.reason());
                        }
                        case Command.Mark it -> {
                            json.writeStringProperty("is", "mark");
                            write(json, it);
                        }
                        case Command.RerunRun it -> {
                            json.writeStringProperty("is", "rerun_run");
                            json.writeNumberProperty("run", it.run());
                            Json.objects(json, "tasks", it.tasks(), task -> write(json, task));
                            json.writeBooleanProperty(ACCEPT, it.acceptUnknownEffects());
                            json.writeStringProperty("reason", it.reason());
                        }
                        case Command.Steer it -> {
                            json.writeStringProperty("is", "steer");
                            write(json, it);
                        }
                        case Command.RerunBackfill it -> {
                            json.writeStringProperty("is", "rerun_backfill");
                            json.writeNumberProperty("backfill", it.backfill());
                            json.writeBooleanProperty(ACCEPT, it.acceptUnknownEffects());
                            json.writeStringProperty("reason", it.reason());
                        }
                    }
                });
    }

    private static void write(JsonGenerator json, Command.Mark it) {
        json.writeNumberProperty("run", it.run());
        Json.objects(json, "tasks", it.tasks(), task -> write(json, task));
        json.writeStringProperty("to", it.to().name());
        json.writeStringProperty("reason", it.reason());
    }

    private static void write(JsonGenerator json, Command.Steer it) {
        json.writeNumberProperty("backfill", it.backfill());
        json.writeStringProperty("steering", it.steering().name());
        json.writeStringProperty("reason", it.reason());
    }

    private static void write(JsonGenerator json, Command.Verify it) {
        json.writeStringProperty("pipeline", it.pipeline());
        json.writeStringProperty("version", it.version());
        Json.texts(json, "tasks", it.tasks().stream().sorted().toList());
    }

    private static void write(JsonGenerator json, RunRequest request) {
        if (request.dates().isPresent()) {
            switch (request.dates().get()) {
                case RunRequest.Range it -> {
                    json.writeStringProperty("from", it.from().toString());
                    json.writeStringProperty("to", it.to().toString());
                }
                case RunRequest.SinceWatermark it -> {
                    json.writeBooleanProperty("incremental", true);
                    Json.optional(json, "watermark", it.watermark());
                    Json.optional(json, "to", it.to());
                }
                case RunRequest.Listed it ->
                        json.writeStringProperty(
                                "days",
                                String.join(
                                        ",", it.days().stream().map(LocalDate::toString).toList()));
            }
        }
        Json.parameters(json, request.parameters());
        Json.optional(json, "reprocess", request.again().reprocess());
        json.writeBooleanProperty(ACCEPT, request.again().acceptUnknownEffects());
        json.writeStringProperty("watermarks", request.again().watermarks().name());
        json.writeNumberProperty("max_active", request.pace().maxActive());
        json.writeNumberProperty("halt_after", request.pace().haltAfter());
        json.writeStringProperty("order", request.pace().order().name());
        json.writeStringProperty("reason", request.reason());
    }

    private static void write(JsonGenerator json, TaskKey key) {
        json.writeStringProperty("task", key.task());
        json.writeNumberProperty("element", key.element());
    }

    static Command command(String text) {
        JsonObject json = JsonObject.parse(text);
        return switch (json.text("is")) {
            case "request" -> new Command.Request(json.text("pipeline"), request(json));
            case "clear" -> new Command.Clear(json.number("run"), tasks(json), accepts(json));
            case "verify" ->
                    new Command.Verify(
                            json.text("pipeline"),
                            json.text("version"),
                            Set.copyOf(json.texts("tasks")));
            case "mark" ->
                    new Command.Mark(
                            json.number("run"),
                            tasks(json),
                            json.constant("to", TaskState.class),
                            json.text("reason"));
            case "pause_pipeline" ->
                    new Command.PausePipeline(json.text("pipeline"), json.text("reason"));
            case "resume_pipeline" -> new Command.ResumePipeline(json.text("pipeline"));
            case "set_pool" -> new Command.SetPool(PoolJson.limit(json));
            case "set_watermark" -> WatermarkJson.command(json);
            case "remove_pool" -> new Command.RemovePool(json.text("pool"));
            case "rerun_run" ->
                    new Command.RerunRun(
                            json.number("run"), tasks(json), accepts(json), json.text("reason"));
            case "steer" ->
                    new Command.Steer(
                            json.number("backfill"),
                            json.constant("steering", Steering.class),
                            json.text("reason"));
            case "rerun_backfill" ->
                    new Command.RerunBackfill(
                            json.number("backfill"), accepts(json), json.text("reason"));
            case "cancel" -> new Command.Cancel(json.number("run"), json.text("reason"));
            default -> throw JsonObject.unknownKind("command", json.text("is"));
        };
    }

    /** Earlier versions knew nothing of effects. */
    private static boolean accepts(JsonObject json) {
        return json.has(ACCEPT) && json.flag(ACCEPT);
    }

    private static List<TaskKey> tasks(JsonObject json) {
        return json.objects("tasks").stream().map(task -> key(json.number("run"), task)).toList();
    }

    /** Commands that earlier versions posted say neither when to halt, nor an order or reason. */
    private static RunRequest request(JsonObject json) {
        int haltAfter =
                json.fields().containsKey("halt_after")
                        ? json.integer("halt_after")
                        : BackfillPlan.Options.DEFAULT_HALT_AFTER;
        return new RunRequest(
                dates(json),
                json.parameters(),
                new RunRequest.Again(
                        json.optional("reprocess", BackfillPlan.Reprocess::valueOf),
                        accepts(json),
                        PlanJson.watermarks(json)),
                new RunRequest.Pace(
                        json.integer("max_active"),
                        haltAfter,
                        json.optional("order", BackfillPlan.Order::valueOf)
                                .orElse(BackfillPlan.Order.OLDEST)),
                json.optional("reason", text -> text).orElse(""));
    }

    private static Optional<RunRequest.Dates> dates(JsonObject json) {
        Optional<LocalDate> from = json.optional("from", LocalDate::parse);
        Optional<LocalDate> to = json.optional("to", LocalDate::parse);
        if (json.has("incremental")) {
            return Optional.of(
                    new RunRequest.SinceWatermark(json.optional("watermark", text -> text), to));
        }
        Optional<RunRequest.Dates> range =
                from.flatMap(first -> to.map(last -> new RunRequest.Range(first, last)));
        return range.or(
                () ->
                        json.optional("days", text -> text)
                                .map(text -> Stream.of(text.split(",")).map(LocalDate::parse))
                                .map(days -> new RunRequest.Listed(days.toList())));
    }

    private static TaskKey key(long run, JsonObject json) {
        return new TaskKey(run, json.text("task"), json.integer("element"));
    }

    static String text(Answer answer) {
        return Json.object(json -> write(json, answer));
    }

    static void write(JsonGenerator json, Answer answer) {
        switch (answer) {
            case Answer.Accepted it -> {
                json.writeStringProperty("is", "accepted");
                json.writeNumberProperty("backfill", it.backfill());
            }
            case Answer.Refused it -> {
                json.writeStringProperty("is", "refused");
                json.writeStringProperty("code", it.code().name());
                json.writeStringProperty("message", it.message());
            }
        }
    }

    static Answer answer(JsonObject json) {
        return switch (json.text("is")) {
            case "accepted" -> new Answer.Accepted(json.number("backfill"));
            case "refused" ->
                    new Answer.Refused(
                            json.constant("code", ErrorCode.class), json.text("message"));
            default -> throw JsonObject.unknownKind("answer", json.text("is"));
        };
    }
}
