package dev.tidemark.store;

import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.RunRequest;
import tools.jackson.core.JsonGenerator;

/** Backfill plans as JSON. */
final class PlanJson {
    private static final String ACCEPT = "accept_unknown_effects";

    private PlanJson() {}

    static void write(JsonGenerator json, BackfillPlan plan) {
        json.writeStringProperty("pipeline", plan.pipeline());
        Json.parameters(json, plan.parameters());
        options(json, plan.options(), plan.reason());
        Json.objects(json, "items", plan.items(), item -> item(json, item));
    }

    /** What is asked, in short; the pipeline is said beside it. */
    static String asked(BackfillPlan plan) {
        return Json.object(
                json -> {
                    options(json, plan.options(), plan.reason());
                    json.writeNumberProperty("intervals", plan.items().size());
                    json.writeNumberProperty("work", plan.work());
                });
    }

    private static void options(JsonGenerator json, BackfillPlan.Options options, String reason) {
        json.writeStringProperty("reprocess", options.reprocess().name());
        json.writeNumberProperty("max_active", options.maxActive());
        json.writeNumberProperty("halt_after", options.haltAfter());
        json.writeStringProperty("order", options.pace().order().name());
        json.writeBooleanProperty(ACCEPT, options.acceptUnknownEffects());
        json.writeStringProperty("watermarks", options.watermarks().name());
        json.writeStringProperty("reason", reason);
    }

    private static void item(JsonGenerator json, BackfillPlan.Item item) {
        Json.interval(json, item.interval());
        json.writeStringProperty("name", item.runName());
        json.writeNumberProperty("run", item.run());
        json.writeStringProperty("action", item.action().name());
        json.writeStringProperty("reason", item.reason());
    }

    static BackfillPlan read(JsonObject json) {
        return new BackfillPlan(
                json.text("pipeline"),
                json.parameters(),
                options(json),
                json.objects("items").stream().map(PlanJson::item).toList(),
                reason(json));
    }

    static BackfillSummary.Asked asked(String pipeline, String text) {
        JsonObject json = JsonObject.parse(text);
        return new BackfillSummary.Asked(
                pipeline,
                options(json),
                json.integer("intervals"),
                json.integer("work"),
                reason(json));
    }

    /** Earlier versions knew nothing of watermarks. */
    static BackfillPlan.WatermarkUse watermarks(JsonObject json) {
        return json.optional("watermarks", BackfillPlan.WatermarkUse::valueOf)
                .orElse(BackfillPlan.WatermarkUse.KEEP);
    }

    /** Earlier versions had no order and no reason, and knew nothing of effects. */
    private static BackfillPlan.Options options(JsonObject json) {
        return new BackfillPlan.Options(
                json.constant("reprocess", BackfillPlan.Reprocess.class),
                new RunRequest.Pace(
                        json.integer("max_active"),
                        json.integer("halt_after"),
                        json.optional("order", BackfillPlan.Order::valueOf)
                                .orElse(BackfillPlan.Order.OLDEST)),
                json.has(ACCEPT) && json.flag(ACCEPT),
                watermarks(json));
    }

    private static String reason(JsonObject json) {
        return json.optional("reason", text -> text).orElse("");
    }

    private static BackfillPlan.Item item(JsonObject json) {
        return new BackfillPlan.Item(
                json.interval(),
                json.text("name"),
                json.number("run"),
                json.constant("action", BackfillPlan.Action.class),
                json.text("reason"));
    }
}
