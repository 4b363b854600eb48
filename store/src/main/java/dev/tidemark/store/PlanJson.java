package dev.tidemark.store;

import dev.tidemark.core.BackfillPlan;
import tools.jackson.core.JsonGenerator;

/** Backfill plans as JSON. */
final class PlanJson {
    private PlanJson() {}

    static void write(JsonGenerator json, BackfillPlan plan) {
        json.writeStringProperty("pipeline", plan.pipeline());
        Json.parameters(json, plan.parameters());
        json.writeStringProperty("reprocess", plan.options().reprocess().name());
        json.writeNumberProperty("max_active", plan.options().maxActive());
        json.writeNumberProperty("halt_after", plan.options().haltAfter());
        Json.objects(json, "items", plan.items(), item -> item(json, item));
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
                new BackfillPlan.Options(
                        json.constant("reprocess", BackfillPlan.Reprocess.class),
                        json.integer("max_active"),
                        json.integer("halt_after")),
                json.objects("items").stream().map(PlanJson::item).toList());
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
