package dev.tidemark.cli;

import dev.tidemark.core.Command.PausePipeline;
import dev.tidemark.core.Command.ResumePipeline;
import java.time.InstantSource;
import java.util.Optional;

/** {@code tidemark pause} and {@code unpause}: whether a pipeline starts runs by itself. */
final class PauseCommand implements Command {
    private final boolean pauses;
    private final InstantSource clock;
    private final Syntax syntax;
    private final StateOptions state;
    private final Given<String> pipeline;
    private final Given<Optional<String>> reason;

    private PauseCommand(boolean pauses, InstantSource clock, String name, String... about) {
        this.pauses = pauses;
        this.clock = clock;
        syntax = new Syntax(name, this, about);
        state = new StateOptions(syntax);
        pipeline = syntax.parameter("PIPELINE", String.class, "The pipeline's name.");
        reason =
                pauses
                        ? syntax.option("--reason=TEXT", String.class, "Why; it is kept.")
                        : Optional::empty;
    }

    static PauseCommand pause(InstantSource clock) {
        return new PauseCommand(
                true,
                clock,
                "pause",
                "Has a pipeline start no runs by itself until unpause. Runs under way go on, and"
                        + " what is asked for is run.",
                "Intervals that come due meanwhile are recorded as paused, and not filled later.");
    }

    static PauseCommand unpause(InstantSource clock) {
        return new PauseCommand(
                false,
                clock,
                "unpause",
                "Has a paused pipeline start runs by itself again, from the next interval on.");
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public ExitCode run() {
        String name = pipeline.value();
        if (pauses) {
            String why = reason.value().orElse("");
            new Deed(new PausePipeline(name, why), engine -> engine.pause(name, why))
                    .done(state, clock);
            syntax.out().println("Paused " + name + ".");
        } else {
            new Deed(new ResumePipeline(name), engine -> engine.resume(name)).done(state, clock);
            syntax.out().println(name + " goes on.");
        }
        return ExitCode.DONE;
    }
}
