package dev.tidemark.store;

import dev.tidemark.ErrorClass;
import dev.tidemark.ErrorCode;
import dev.tidemark.Evidence;
import dev.tidemark.Receipt;
import dev.tidemark.RowCounts;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Outcome;
import dev.tidemark.core.TaskResult;
import java.time.Duration;
import tools.jackson.core.JsonGenerator;

/** Outcomes of attempts as JSON, with the evidence they leave. */
final class OutcomeJson {
    private OutcomeJson() {}

    static void write(JsonGenerator json, Outcome outcome) {
        switch (outcome) {
            case Outcome.Succeeded it -> {
                json.writeStringProperty("is", "succeeded");
                json.writeStringProperty("result", it.result().json());
                json.writeNumberProperty("elements", it.result().elements());
                Json.objects(json, "evidence", it.evidence(), piece -> evidence(json, piece));
            }
            case Outcome.Skipped it -> {
                json.writeStringProperty("is", "skipped");
                json.writeStringProperty("reason", it.reason());
            }
            case Outcome.Failed it -> {
                json.writeStringProperty("is", "failed");
                json.writeStringProperty("error_class", it.errorClass().name());
                json.writeStringProperty("message", it.message());
                Json.optional(json, "retry_after", it.retryAfter());
            }
            case Outcome.Lost it -> {
                json.writeStringProperty("is", "lost");
                json.writeStringProperty("reason", it.reason());
                json.writeBooleanProperty("charged", it.charged());
            }
            case Outcome.Stopped it -> {
                json.writeStringProperty("is", "stopped");
                json.writeStringProperty("reason", it.reason());
            }
        }
    }

    static Outcome read(JsonObject json) {
        String is = json.text("is");
        return switch (is) {
            case "succeeded" ->
                    new Outcome.Succeeded(
                            new TaskResult(json.text("result"), json.integer("elements")),
                            json.objects("evidence").stream().map(OutcomeJson::evidence).toList());
            case "skipped" -> new Outcome.Skipped(json.text("reason"));
            case "failed" ->
                    new Outcome.Failed(
                            json.constant("error_class", ErrorClass.class),
                            json.text("message"),
                            json.optional("retry_after", Duration::parse));
            case "lost" -> new Outcome.Lost(json.text("reason"), json.flag("charged"));
            case "stopped" -> new Outcome.Stopped(json.text("reason"));
            default ->
                    throw new TidemarkException(
                            ErrorCode.STORE_FAILED,
                            "the history holds the outcome '"
                                    + is
                                    + "', which this version of Tidemark does not know; use the"
                                    + " version that wrote it, or a newer one");
        };
    }

    private static void evidence(JsonGenerator json, Evidence evidence) {
        Receipt receipt = evidence.receipt();
        json.writeStringProperty("asset", receipt.asset());
        json.writeStringProperty("partition", receipt.partition());
        json.writeNumberProperty("version", receipt.version());
        json.writeStringProperty("content_hash", receipt.contentHash());
        Json.object(json, "rows", () -> rows(json, receipt.rows()));
        json.writeStringProperty("manifest", evidence.manifest());
        json.writeStringProperty("manifest_hash", evidence.manifestHash());
    }

    private static void rows(JsonGenerator json, RowCounts rows) {
        json.writeNumberProperty("read", rows.read());
        json.writeNumberProperty("accepted", rows.accepted());
        json.writeNumberProperty("rejected", rows.rejected());
        json.writeNumberProperty("filtered", rows.filtered());
        json.writeNumberProperty("published", rows.published());
    }

    private static Evidence evidence(JsonObject json) {
        JsonObject rows = json.object("rows");
        Receipt receipt =
                new Receipt(
                        json.text("asset"),
                        json.text("partition"),
                        json.number("version"),
                        new RowCounts(
                                rows.number("read"),
                                rows.number("accepted"),
                                rows.number("rejected"),
                                rows.number("filtered"),
                                rows.number("published")),
                        json.text("content_hash"));
        return new Evidence(receipt, json.text("manifest"), json.text("manifest_hash"));
    }
}
