package dev.tidemark.cli;

import dev.tidemark.TidemarkException;
import dev.tidemark.store.SqliteStore;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.LocalDate;
import picocli.CommandLine;

/** The program {@code tidemark}. */
public final class Main {
    private Main() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    /** Runs the command and returns its exit code. */
    static int execute(String... arguments) {
        // Loading the database takes as long as reading the options and the pipeline: side by side.
        Thread.ofPlatform().daemon().name("warm-up").start(SqliteStore::warmUp);
        return commandLine().execute(arguments);
    }

    /** The command line, ready to be executed; its writers can be replaced. */
    static CommandLine commandLine() {
        return tidemark()
                .syntax()
                .commandLine()
                .registerConverter(LocalDate.class, Main::date)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Main::explain);
    }

    private static Command tidemark() {
        return new CommandGroup(
                "tidemark",
                "Runs data pipelines on time, in order, and keeps the evidence.",
                "say what to do",
                new RunCommand(),
                new BackfillCommand(),
                new CommandGroup(
                        "runs",
                        "Shows what was run. Also while another process runs.",
                        "say what to show: runs list, or runs show RUN",
                        new RunsListCommand(),
                        new RunsShowCommand()),
                new CommandGroup(
                        "tasks",
                        "Shows what single tasks of a run did.",
                        "say what to show: tasks logs RUN TASK",
                        new TasksLogsCommand()),
                new ClearCommand(),
                new ServerCommand(),
                new VerifyCommand());
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new CommandLine.TypeConversionException(
                    "'" + text + "' is not a date of the calendar, such as 2001-02-28");
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
