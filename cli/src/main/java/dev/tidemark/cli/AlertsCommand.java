package dev.tidemark.cli;

import dev.tidemark.cli.show.Table;
import dev.tidemark.cli.show.Table.Cell;
import dev.tidemark.cli.show.Table.Column;
import dev.tidemark.cli.show.Terminal;
import dev.tidemark.core.Alert;
import dev.tidemark.store.AlertView;
import dev.tidemark.store.StoreReader;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code tidemark alerts}: what somebody should look at. */
final class AlertsCommand implements Command {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST = 10_000;

    private final Syntax syntax =
            new Syntax(
                    "alerts",
                    this,
                    "Lists alerts, newest first: intervals that had no run in time, and runs that"
                            + " take longer than their deadline.");
    private final StateOptions state = new StateOptions(syntax);

    private final Given<Optional<String>> pipeline =
            syntax.option("--pipeline=NAME", String.class, "Only alerts of this pipeline.");

    private final Given<Integer> limit =
            syntax.option("--limit=N", Integer.class, DEFAULT_LIMIT, "How many at most.");

    private final Given<Boolean> json = syntax.flag("--json", "Prints a JSON array.");

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public ExitCode run() {
        if (limit.value() < 1 || limit.value() > MOST) {
            throw syntax.misuse("--limit must be 1 to " + MOST + ", not " + limit.value());
        }
        try (StoreReader store = state.read()) {
            List<AlertView> alerts = store.alerts(pipeline.value(), limit.value());
            syntax.out().print(json.value() ? json(alerts) : table(alerts));
            syntax.out().flush();
        }
        return ExitCode.DONE;
    }

    private static String table(List<AlertView> alerts) {
        if (alerts.isEmpty()) {
            return "No alerts.\n";
        }
        return new Table(
                        List.of(
                                Column.number("ALERT"),
                                Column.text("AT"),
                                Column.text("KIND"),
                                Column.text("PIPELINE"),
                                Column.text("WHAT")),
                        alerts.stream().map(AlertsCommand::row).toList())
                .render(Terminal.ofStandardOutput());
    }

    private static List<Cell> row(AlertView it) {
        return List.of(
                Cell.of(Long.toString(it.number())),
                Cell.of(it.at().toString()),
                Cell.of(RunReport.word(it.alert().kind())),
                Cell.of(it.alert().pipeline()),
                Cell.of(it.alert().message()));
    }

    private static String json(List<AlertView> alerts) {
        ArrayNode root = JsonNodeFactory.instance.arrayNode();
        for (AlertView it : alerts) {
            Alert alert = it.alert();
            ObjectNode node =
                    root.addObject()
                            .put("alert", it.number())
                            .put("at", it.at().toString())
                            .put("kind", RunReport.word(alert.kind()))
                            .put("pipeline", alert.pipeline());
            if (alert.run() > 0) {
                node.put("run", alert.run());
            }
            node.put("start", alert.interval().start().toString())
                    .put("end", alert.interval().end().toString())
                    .put("message", alert.message());
        }
        return JsonMapper.shared().writeValueAsString(root) + "\n";
    }
}
