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
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A plan as people and programs read it. */
record PlanText(PipelineDefinition pipeline, BackfillPlan plan) {
    String table(Terminal terminal) {
        Timetable timetable = Timetable.of(pipeline.timing());
        List<List<Cell>> rows =
                plan.items().stream()
                        .map(
                                item ->
                                        List.of(
                                                Cell.of(timetable.partition(item.interval()).key()),
                                                Cell.of(item.interval().start().toString()),
                                                Cell.of(item.interval().end().toString()),
                                                Cell.of(word(item.action())),
                                                Cell.of(item.reason())))
                        .toList();
        long work =
                plan.items().stream()
                        .filter(item -> item.action() != BackfillPlan.Action.SKIP)
                        .count();
        return new Table(
                                List.of(
                                        Column.text("PARTITION"),
                                        Column.text("START"),
                                        Column.text("END"),
                                        Column.text("ACTION"),
                                        Column.text("REASON")),
                                rows)
                        .render(terminal)
                + work
                + " of "
                + plan.items().size()
                + " intervals would run, at most "
                + plan.options().maxActive()
                + " at once. Nothing was changed.\n";
    }

    String json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("pipeline", plan.pipeline()).put("max_active", plan.options().maxActive());
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
