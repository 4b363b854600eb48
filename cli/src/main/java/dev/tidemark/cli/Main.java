package dev.tidemark.cli;

import dev.tidemark.TidemarkException;
import dev.tidemark.store.SqliteStore;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code tidemark}. */
@Command(
        name = "tidemark",
        description = "Runs data pipelines on time, in order, and keeps the evidence.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
    private static final List<Map.Entry<String, Supplier<Object>>> COMMANDS =
            List.of(
                    Map.entry("run", RunCommand::new),
                    Map.entry("backfill", BackfillCommand::new),
                    Map.entry("runs", RunsCommand::new),
                    Map.entry("tasks", TasksCommand::new),
                    Map.entry("clear", ClearCommand::new),
                    Map.entry("verify", VerifyCommand::new));

    private Main() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        // Loading the database takes as long as reading the options and the pipeline: side by side.
        Thread.ofPlatform().daemon().name("warm-up").start(SqliteStore::warmUp);
        System.exit(commandLine(arguments).execute(arguments));
    }

    /**
     * The command line, ready to be executed; its writers can be replaced. It holds only the
     * command that the arguments name, since building all of them would make each start slower; and
     * all of them where they name none, as for {@code --help}.
     */
    static CommandLine commandLine(String... arguments) {
        CommandLine program = new CommandLine(new Main());
        boolean isNamed =
                arguments.length > 0
                        && COMMANDS.stream()
                                .anyMatch(command -> command.getKey().equals(arguments[0]));
        for (Map.Entry<String, Supplier<Object>> command : COMMANDS) {
            if (!isNamed || command.getKey().equals(arguments[0])) {
                program.addSubcommand(command.getKey(), command.getValue().get());
            }
        }
        return program.setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Main::explain);
    }

    /** Without a command there is nothing to do but to say which there are. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(commandLine(), "say what to do");
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
