package dev.tidemark.cli;

import dev.tidemark.engine.Steps;
import dev.tidemark.engine.Workplace;
import java.time.InstantSource;

/** Options of commands that run something. */
final class WriteOptions {
    private final Syntax syntax;
    private final Given<Boolean> json;
    private final Given<Boolean> adopt;

    WriteOptions(Syntax syntax) {
        this.syntax = syntax;
        json = syntax.flag("--json", "Prints one JSON object on standard output, nothing else.");
        adopt =
                syntax.flag(
                        "--adopt",
                        "Takes over partitions that another home published, for instance after the"
                                + " home was lost.");
    }

    boolean json() {
        return json.value();
    }

    /** What runs over a state, with these options. */
    RunFlow flow(StateOptions state, Steps steps, InstantSource clock) {
        return new RunFlow(
                state.place(),
                new Workplace(state.made(), clock, steps, adopt.value()),
                syntax.out(),
                System.err,
                json.value());
    }
}
