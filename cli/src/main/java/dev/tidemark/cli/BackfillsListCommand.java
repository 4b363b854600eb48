package dev.tidemark.cli;

import dev.tidemark.cli.show.Table;
import dev.tidemark.cli.show.Table.Cell;
import dev.tidemark.cli.show.Table.Column;
import dev.tidemark.cli.show.Terminal;
import dev.tidemark.cli.show.Units;
import dev.tidemark.core.BackfillState;
import dev.tidemark.core.RunState;
import dev.tidemark.store.BackfillFilter;
import dev.tidemark.store.BackfillSummary;
import dev.tidemark.store.StoreReader;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code tidemark backfills list}: what was asked for, and how far it is. */
final class BackfillsListCommand implements Command {
    private final Syntax syntax = new Syntax("list", this, "Lists backfills, newest first.");
    private final StateOptions state = new StateOptions(syntax);

    private final Given<Optional<String>> pipeline =
            syntax.option("--pipeline=NAME", String.class, "Only backfills of this pipeline.");

    private final Given<Optional<BackfillState>> inState =
            syntax.option("--state=STATE", BackfillState.class, "Only backfills in this state.");

    private final Given<Integer> limit =
            syntax.option(
                    "--limit=N",
                    Integer.class,
                    BackfillFilter.DEFAULT_LIMIT_BACKFILLS,
                    "How many at most.");

    private final Given<Boolean> json = syntax.flag("--json", "Prints one JSON object.");

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public ExitCode run() {
        BackfillFilter filter = BackfillFilter.ALL.limit(limit.value());
        filter = pipeline.value().map(filter::pipeline).orElse(filter);
        filter = inState.value().map(filter::state).orElse(filter);
        try (StoreReader store = state.read()) {
            List<BackfillSummary> backfills = store.backfills(filter);
            boolean live = state.place().isLive(store);
            syntax.out().print(json.value() ? json(backfills) : table(backfills, live));
            syntax.out().flush();
            return ExitCode.DONE;
        }
    }

    private static String json(List<BackfillSummary> backfills) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode all = root.putArray("backfills");
        backfills.forEach(backfill -> BackfillJson.put(all.addObject(), backfill));
        return JsonMapper.shared().writeValueAsString(root) + "\n";
    }

    private static String table(List<BackfillSummary> backfills, boolean live) {
        if (backfills.isEmpty()) {
            return "No backfills.\n";
        }
        return new Table(
                        List.of(
                                Column.number("NUMBER"),
                                Column.text("PIPELINE"),
                                Column.text("STATE"),
                                Column.number("INTERVALS"),
                                Column.number("SUCCEEDED"),
                                Column.number("FAILED"),
                                Column.number("LEFT ALONE"),
                                Column.text("ASKED AT"),
                                Column.text("REASON")),
                        backfills.stream().map(backfill -> row(backfill, live)).toList())
                .render(Terminal.ofStandardOutput());
    }

    private static List<Cell> row(BackfillSummary backfill, boolean live) {
        return List.of(
                Cell.of(Long.toString(backfill.number())),
                Cell.of(backfill.asked().pipeline()),
                Cell.of(BackfillText.state(backfill, live)),
                Cell.of(Units.count(backfill.asked().intervals())),
                Cell.of(Units.count(BackfillText.of(backfill, RunState.SUCCEEDED))),
                Cell.of(
                        Units.count(
                                BackfillText.of(backfill, RunState.FAILED)
                                        + BackfillText.of(backfill, RunState.CANCELLED))),
                Cell.of(Units.count(backfill.progress().skipped())),
                Cell.of(backfill.times().created().toString()),
                Cell.of(backfill.asked().reason()));
    }
}
