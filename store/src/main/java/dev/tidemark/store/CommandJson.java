package dev.tidemark.store;

import dev.tidemark.ErrorCode;
import dev.tidemark.core.Answer;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Command;
import dev.tidemark.core.RunRequest;
import dev.tidemark.core.TaskKey;
import java.time.LocalDate;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Commands and their answers as JSON. */
final class CommandJson {
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
                        case Command.RemovePool it -> {
                            json.writeStringProperty("is", "remove_pool");
                            json.writeStringProperty("pool", it.pool());
                        }
                        case Command.Cancel it -> {
                            json.writeStringProperty("is", "cancel");
                            json.writeNumberProperty("run", it.run());
                            json.writeStringProperty("reason", it.reason());
                        }
                    }
                });
    }

    private static void write(JsonGenerator json, RunRequest request) {
        Json.optional(json, "from", request.range().map(RunRequest.Range::from));
        Json.optional(json, "to", request.range().map(RunRequest.Range::to));
        Json.parameters(json, request.parameters());
        Json.optional(json, "reprocess", request.reprocess());
        json.writeNumberProperty("max_active", request.maxActive());
    }

    private static void write(JsonGenerator json, TaskKey key) {
        json.writeStringProperty("task", key.task());
        json.writeNumberProperty("element", key.element());
    }

    static Command command(String text) {
        JsonObject json = JsonObject.parse(text);
        return switch (json.text("is")) {
            case "request" -> new Command.Request(json.text("pipeline"), request(json));
            case "clear" ->
                    new Command.Clear(
                            json.number("run"),
                            json.objects("tasks").stream()
                                    .map(task -> key(json.number("run"), task))
                                    .toList());
            case "pause_pipeline" ->
                    new Command.PausePipeline(json.text("pipeline"), json.text("reason"));
            case "resume_pipeline" -> new Command.ResumePipeline(json.text("pipeline"));
            case "set_pool" -> new Command.SetPool(PoolJson.limit(json));
            case "remove_pool" -> new Command.RemovePool(json.text("pool"));
            case "cancel" -> new Command.Cancel(json.number("run"), json.text("reason"));
            default -> throw JsonObject.unknownKind("command", json.text("is"));
        };
    }

    private static RunRequest request(JsonObject json) {
        Optional<LocalDate> from = json.optional("from", LocalDate::parse);
        Optional<LocalDate> to = json.optional("to", LocalDate::parse);
        return new RunRequest(
                from.flatMap(first -> to.map(last -> new RunRequest.Range(first, last))),
                json.parameters(),
                json.optional("reprocess", BackfillPlan.Reprocess::valueOf),
                json.integer("max_active"));
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
