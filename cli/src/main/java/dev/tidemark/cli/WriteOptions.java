package dev.tidemark.cli;

import dev.tidemark.engine.Home;
import dev.tidemark.engine.Steps;
import dev.tidemark.engine.Workplace;
import java.time.InstantSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Options of commands that run something. */
final class WriteOptions {
    @Option(
            names = "--json",
            description = "Prints one JSON object on standard output, nothing else.")
    private boolean json;

    @Option(
            names = "--adopt",
            description =
                    "Takes over partitions that another home published, for instance after the home"
                            + " was lost.")
    private boolean adopt;

    boolean json() {
        return json;
    }

    /** What runs in a home, with these options. */
    RunFlow flow(Home home, Steps steps, CommandSpec spec) {
        return new RunFlow(
                new Workplace(home, InstantSource.system(), steps, adopt),
                spec.commandLine().getOut(),
                System.err,
                json);
    }
}
