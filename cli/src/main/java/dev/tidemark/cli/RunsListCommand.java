package dev.tidemark.cli;

import dev.tidemark.cli.show.Table;
import dev.tidemark.cli.show.Table.Cell;
import dev.tidemark.cli.show.Table.Column;
import dev.tidemark.cli.show.Terminal;
import dev.tidemark.core.RunState;
import dev.tidemark.store.RunFilter;
import dev.tidemark.store.RunView;
import dev.tidemark.store.StoreReader;
import java.util.List;
import java.util.Optional;

/** {@code tidemark runs list}: what was run. */
final class RunsListCommand implements Command {
    private static final int DEFAULT_LIMIT = 100;

    private final Syntax syntax = new Syntax("list", this, "Lists runs, newest first.");
    private final StateOptions state = new StateOptions(syntax);

    private final Given<Optional<String>> pipeline =
            syntax.option("--pipeline=NAME", String.class, "Only runs of this pipeline.");

    private final Given<Optional<RunState>> inState =
            syntax.option("--state=STATE", RunState.class, "Only runs in this state.");

    private final Given<Optional<Long>> backfill =
            syntax.option(
                    "--backfill=NUMBER", Long.class, "Only runs whose latest try is of this one.");

    private final Given<Integer> limit =
            syntax.option("--limit=N", Integer.class, DEFAULT_LIMIT, "How many at most.");

    private final Given<Boolean> json = syntax.flag("--json", "Prints one JSON object.");

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public ExitCode run() {
        RunFilter filter = RunFilter.ALL.limit(limit.value());
        filter = pipeline.value().map(filter::pipeline).orElse(filter);
        filter = backfill.value().map(filter::backfill).orElse(filter);
        filter = inState.value().map(filter::state).orElse(filter);
        try (StoreReader store = state.read()) {
            List<RunView> runs = store.runs(filter);
            boolean live = state.place().isLive(store);
            syntax.out().print(json.value() ? json(runs, store) : table(runs, live));
            syntax.out().flush();
            return ExitCode.DONE;
        }
    }

    private static String json(List<RunView> runs, StoreReader store) {
        return new RunReport(runs.stream().map(run -> RunReport.entry(run, store)).toList())
                        .json(store)
                + "\n";
    }

    private static String table(List<RunView> runs, boolean live) {
        if (runs.isEmpty()) {
            return "No runs.\n";
        }
        return new Table(
                        List.of(
                                Column.number("NUMBER"),
                                Column.text("RUN"),
                                Column.text("PIPELINE"),
                                Column.text("STATE"),
                                Column.number("TRY"),
                                Column.text("STARTED"),
                                Column.number("DURATION")),
                        runs.stream().map(run -> row(run, live)).toList())
                .render(Terminal.ofStandardOutput());
    }

    private static List<Cell> row(RunView run, boolean live) {
        return List.of(
                Cell.of(Long.toString(run.number())),
                Cell.of(run.name()),
                Cell.of(run.pipeline()),
                new Cell(RunReport.state(run, live), ReportText.tone(run.state())),
                Cell.of(Integer.toString(run.status().tryNumber())),
                Cell.of(run.times().started().map(Object::toString).orElse("")),
                Cell.of(ReportText.duration(run.times())));
    }
}
