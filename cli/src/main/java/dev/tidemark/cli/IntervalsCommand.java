package dev.tidemark.cli;

import dev.tidemark.ErrorCode;
import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.TidemarkException;
import dev.tidemark.cli.show.Table;
import dev.tidemark.cli.show.Table.Cell;
import dev.tidemark.cli.show.Table.Column;
import dev.tidemark.cli.show.Terminal;
import dev.tidemark.cli.show.Tone;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Graph;
import dev.tidemark.core.IntervalLedger;
import dev.tidemark.core.RunRequest;
import dev.tidemark.core.ScheduleState;
import dev.tidemark.core.ScheduledTimetable;
import dev.tidemark.core.Timetable;
import dev.tidemark.store.ScheduleView;
import dev.tidemark.store.StoreReader;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code tidemark intervals}: what is done of a pipeline's time, and what is not. */
final class IntervalsCommand implements Command {
    /** How many intervals are shown where nobody says. */
    private static final int USUAL = 30;

    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59Z");

    private final InstantSource clock;

    private final Syntax syntax =
            new Syntax(
                    "intervals",
                    this,
                    "Shows how each interval of a pipeline stands: done, running, failed, paused,"
                            + " skipped, missing, due, late, or not due.");

    private final StateOptions state = new StateOptions(syntax);

    private final Given<String> pipeline =
            syntax.parameter("PIPELINE", String.class, "The pipeline's name.");

    private final Given<Optional<LocalDate>> from =
            syntax.option(
                    "--from=DATE",
                    LocalDate.class,
                    "The first local date on which an interval starts. Without it, the latest "
                            + USUAL
                            + " are shown, and the next.");

    private final Given<Optional<LocalDate>> to =
            syntax.option(
                    "--to=DATE", LocalDate.class, "The last one; today where it is left out.");

    private final Given<Boolean> json = syntax.flag("--json", "Prints a JSON array.");

    IntervalsCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public ExitCode run() {
        try (StoreReader store = state.read()) {
            Graph graph = graph(store);
            List<IntervalLedger.Line> lines = lines(store, graph);
            syntax.out().print(json.value() ? json(lines) : table(lines, graph.timetable()));
            syntax.out().flush();
        }
        return ExitCode.DONE;
    }

    private Graph graph(StoreReader store) {
        String name = pipeline.value();
        String version =
                store.latestVersion(name)
                        .orElseThrow(
                                () ->
                                        new TidemarkException(
                                                ErrorCode.INVALID_REQUEST,
                                                "there is no pipeline '"
                                                        + name
                                                        + "' here: it was never run, and no"
                                                        + " server has it"));
        PipelineDefinition definition = store.definition(name, version).orElseThrow();
        return new Graph(version, definition);
    }

    private List<IntervalLedger.Line> lines(StoreReader store, Graph graph) {
        Timetable timetable = graph.timetable();
        Instant now = clock.instant();
        if (from.value().isEmpty() && to.value().isPresent()) {
            throw syntax.misuse("--to needs --from; say where the range begins");
        }
        List<Interval> intervals;
        Instant start;
        Instant end = END_OF_TIME;
        if (from.value().isEmpty()) {
            intervals = latest(timetable, now);
            start = intervals.isEmpty() ? Instant.MIN : intervals.getFirst().start();
        } else {
            LocalDate last = to.value().orElseGet(() -> LocalDate.ofInstant(now, timetable.zone()));
            RunRequest.Range range = new RunRequest.Range(from.value().get(), last);
            intervals =
                    timetable instanceof ScheduledTimetable
                            ? timetable.startingFrom(range.from(), range.to())
                            : List.of();
            start = range.from().atStartOfDay(timetable.zone()).toInstant();
            end = range.to().plusDays(1).atStartOfDay(timetable.zone()).toInstant();
        }
        String name = pipeline.value();
        ScheduleState.Kept kept =
                store.schedule(name).map(ScheduleView::kept).orElse(ScheduleState.Kept.NOTHING);
        List<IntervalLedger.Span> passed =
                store.passed(name, start, end).stream()
                        .map(it -> new IntervalLedger.Span(it.first(), it.last(), it.why()))
                        .toList();
        return new IntervalLedger(graph, kept, store.runsStarting(name, start, end), passed)
                .lines(intervals, now);
    }

    /** The latest that are due, and the next one. */
    private static List<Interval> latest(Timetable timetable, Instant now) {
        Deque<Interval> found = new ArrayDeque<>();
        if (timetable instanceof ScheduledTimetable) {
            Optional<Interval> next = timetable.nextDue(now);
            Optional<Interval> each = timetable.latestDue(now);
            while (each.isPresent() && found.size() < USUAL) {
                found.addFirst(each.get());
                each = timetable.before(each.get());
            }
            next.ifPresent(found::addLast);
        }
        return List.copyOf(found);
    }

    private static String table(List<IntervalLedger.Line> lines, Timetable timetable) {
        if (lines.isEmpty()) {
            return "No interval starts in that time.\n";
        }
        return new Table(
                        List.of(
                                Column.text("PARTITION"),
                                Column.text("START"),
                                Column.text("END"),
                                Column.text("STATE"),
                                Column.text("RUN"),
                                Column.text("DUE")),
                        lines.stream().map(line -> row(line, timetable)).toList())
                .render(Terminal.ofStandardOutput());
    }

    private static List<Cell> row(IntervalLedger.Line line, Timetable timetable) {
        return List.of(
                Cell.of(timetable.partition(line.interval()).key()),
                Cell.of(line.interval().start().toString()),
                Cell.of(line.interval().end().toString()),
                new Cell(RunReport.word(line.standing()), tone(line.standing())),
                Cell.of(line.run().map(BackfillPlan.Existing::name).orElse("")),
                Cell.of(line.due().toString()));
    }

    private static Tone tone(IntervalLedger.Standing standing) {
        return switch (standing) {
            case DONE -> Tone.GOOD;
            case FAILED, LATE, MISSING -> Tone.BAD;
            case RUNNING, PAUSED, SKIPPED, DUE, NOT_DUE -> Tone.PLAIN;
        };
    }

    private static String json(List<IntervalLedger.Line> lines) {
        ArrayNode root = JsonNodeFactory.instance.arrayNode();
        for (IntervalLedger.Line line : lines) {
            ObjectNode node =
                    root.addObject()
                            .put("start", line.interval().start().toString())
                            .put("end", line.interval().end().toString())
                            .put("state", RunReport.word(line.standing()))
                            .put("due", line.due().toString());
            line.run().ifPresent(run -> node.put("run", run.run()).put("name", run.name()));
        }
        return JsonMapper.shared().writeValueAsString(root) + "\n";
    }
}
