package dev.tidemark.cli;

import dev.tidemark.PipelineDefinition;
import dev.tidemark.cli.show.Table;
import dev.tidemark.cli.show.Table.Cell;
import dev.tidemark.cli.show.Table.Column;
import dev.tidemark.cli.show.Terminal;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Timetable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A plan as people and programs read it. */
record PlanText(Optional<PipelineDefinition> pipeline, BackfillPlan plan) {
    String table(Terminal terminal) {
        Optional<Timetable> timetable = pipeline.map(PipelineDefinition::timing).map(Timetable::of);
        List<List<Cell>> rows =
                plan.items().stream()
                        .map(
                                item ->
                                        List.of(
                                                Cell.of(Labels.of(timetable, item.interval())),
                                                Cell.of(item.interval().start().toString()),
                                                Cell.of(item.interval().end().toString()),
                                                Cell.of(word(item.action())),
                                                Cell.of(item.reason())))
                        .toList();
        return new Table(
                                List.of(
                                        Column.text("PARTITION"),
                                        Column.text("START"),
                                        Column.text("END"),
                                        Column.text("ACTION"),
                                        Column.text("REASON")),
                                rows)
                        .render(terminal)
                + plan.work()
                + " of "
                + plan.items().size()
                + " intervals would run, at most "
                + plan.options().maxActive()
                + " at once, "
                + RunReport.word(plan.options().pace().order())
                + " first. Nothing was changed.\n";
    }

    String json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("pipeline", plan.pipeline())
                .put("max_active", plan.options().maxActive())
                .put("halt_after", plan.options().haltAfter())
                .put("order", RunReport.word(plan.options().pace().order()))
                .put("accepts_unknown_effects", plan.options().acceptUnknownEffects())
                .put("reason", plan.reason());
        ArrayNode intervals = root.putArray("intervals");
        for (BackfillPlan.Item item : plan.items()) {
            intervals
                    .addObject()
                    .put("start", item.interval().start().toString())
                    .put("end", item.interval().end().toString())
                    .put("run_id", item.runName())
                    .put("action", item.action().name().toLowerCase(Locale.ROOT))
                    .put("reason", item.reason());
        }
        return JsonMapper.shared().writeValueAsString(root);
    }

    private static String word(BackfillPlan.Action action) {
        return action.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
