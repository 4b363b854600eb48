package dev.tidemark.cli;

import dev.tidemark.TidemarkException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code tidemark}. */
@Command(
        name = "tidemark",
        description = "Runs data pipelines on time, in order, and keeps the evidence.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            BackfillCommand.class,
            RunsCommand.class,
            TasksCommand.class,
            ClearCommand.class,
            VerifyCommand.class
        })
public final class Main {
    private Main() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The commands, ready to be executed; its writers can be replaced. */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Main::explain);
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
