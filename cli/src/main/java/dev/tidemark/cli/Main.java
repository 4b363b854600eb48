package dev.tidemark.cli;

import dev.tidemark.Schedule;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Steering;
import dev.tidemark.store.SqliteStore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The program {@code tidemark}. */
public final class Main {
    private static final List<Map.Entry<String, Function<InstantSource, Command>>> COMMANDS =
            List.of(
                    Map.entry("run", RunCommand::new),
                    Map.entry("backfill", BackfillCommand::new),
                    Map.entry("backfills", Main::backfills),
                    Map.entry("runs", _ -> runs()),
                    Map.entry("tasks", _ -> tasks()),
                    Map.entry("manifest", _ -> new ManifestCommand()),
                    Map.entry("audit", AuditCommand::new),
                    Map.entry("clear", ClearCommand::new),
                    Map.entry("why", WhyCommand::new),
                    Map.entry("effects", EffectsCommand::new),
                    Map.entry("lint", LintCommand::new),
                    Map.entry("pools", Main::pools),
                    Map.entry("rerun", RerunCommand::new),
                    Map.entry("cancel", CancelCommand::new),
                    Map.entry("mark", MarkCommand::new),
                    Map.entry("schedule", ScheduleCommand::new),
                    Map.entry("intervals", IntervalsCommand::new),
                    Map.entry("watermarks", Main::watermarks),
                    Map.entry("pause", PauseCommand::pause),
                    Map.entry("unpause", PauseCommand::unpause),
                    Map.entry("alerts", _ -> new AlertsCommand()),
                    Map.entry("dev", ServerCommand::dev),
                    Map.entry("server", ServerCommand::server),
                    Map.entry("verify", VerifyCommand::new));

    private Main() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    /** Runs the command and returns its exit code. */
    static int execute(String... arguments) {
        // Loading the database takes as long as reading the options and the pipeline: side by side.
        Thread.ofPlatform().daemon().name("warm-up").start(SqliteStore::warmUp);
        return commandLine(arguments).execute(arguments);
    }

    /**
     * The command line, ready to be executed; its writers can be replaced. It knows only the
     * command that the arguments name, since each costs a start some milliseconds; and all of them
     * where they name none.
     */
    static CommandLine commandLine(String... arguments) {
        InstantSource clock = InstantSource.system();
        List<String> names = COMMANDS.stream().map(Map.Entry::getKey).toList();
        boolean isNamed = arguments.length > 0 && names.contains(arguments[0]);
        Stream<Command> commands =
                COMMANDS.stream()
                        .filter(command -> !isNamed || command.getKey().equals(arguments[0]))
                        .map(command -> command.getValue().apply(clock));
        return new CommandGroup(
                        "tidemark",
                        "Runs data pipelines on time, in order, and keeps the evidence.",
                        "say what to do",
                        commands.toArray(Command[]::new))
                .syntax()
                .commandLine()
                .registerConverter(LocalDate.class, Main::date)
                .registerConverter(ZoneId.class, Main::zone)
                // picocli would find this one by reflection, which is slow the first time.
                .registerConverter(Path.class, Path::of)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Main::explain);
    }

    private static Command backfills(InstantSource clock) {
        return new CommandGroup(
                "backfills",
                "Shows what was asked for, and steers it. Also while a server runs it.",
                "say what to do: backfills list, or backfills show, pause, resume, cancel or rerun"
                        + " NUMBER",
                new BackfillsListCommand(),
                new BackfillsShowCommand(),
                new BackfillsSteerCommand(Steering.PAUSE, clock),
                new BackfillsSteerCommand(Steering.RESUME, clock),
                new BackfillsSteerCommand(Steering.CANCEL, clock),
                new BackfillsRerunCommand(clock));
    }

    private static Command runs() {
        return new CommandGroup(
                "runs",
                "Shows what was run. Also while another process runs.",
                "say what to show: runs list, or runs show RUN",
                new RunsListCommand(),
                new RunsShowCommand());
    }

    private static Command tasks() {
        return new CommandGroup(
                "tasks",
                "Shows what single tasks of a run did.",
                "say what to show: tasks list RUN, or tasks logs RUN TASK",
                new TasksListCommand(),
                new TasksLogsCommand());
    }

    private static Command pools(InstantSource clock) {
        return new CommandGroup(
                "pools",
                "Says how many slots tasks share, and how many are used.",
                "say what to do: pools list, pools set NAME --slots=N, or pools remove NAME",
                new PoolsListCommand(clock),
                new PoolsSetCommand(clock),
                new PoolsRemoveCommand(clock));
    }

    private static Command watermarks(InstantSource clock) {
        return new CommandGroup(
                "watermarks",
                "Says how far data is proven, and how that came about.",
                "say what to do: watermarks list, watermarks show PIPELINE, or watermarks set"
                        + " PIPELINE TO --reason=TEXT",
                new WatermarksListCommand(),
                new WatermarksShowCommand(),
                new WatermarksSetCommand(clock));
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new CommandLine.TypeConversionException(
                    "'" + text + "' is not a date of the calendar, such as 2001-02-28");
        }
    }

    private static ZoneId zone(String text) {
        try {
            return Schedule.zoneNamed(text);
        } catch (TidemarkException e) {
            throw new CommandLine.TypeConversionException(Objects.requireNonNull(e.getMessage()));
        }
    }

    private static int explain(
            Exception error, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (error instanceof TidemarkException known) {
            err.println("error: " + known.getMessage());
            return ExitCode.of(known.code()).number();
        }
        err.println("internal error, please report it:");
        error.printStackTrace(err);
        return ExitCode.INTERNAL.number();
    }
}
