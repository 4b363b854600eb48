package dev.tidemark.cli;

import dev.tidemark.core.Command;
import dev.tidemark.engine.Engine;
import dev.tidemark.engine.Steps;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** What is said to run something again that has a number, and how it is done. */
final class RerunOptions {
    private final StateOptions state;
    private final WriteOptions writing;
    private final Given<Optional<Path>> pipeline;
    private final Given<String> reason;
    private final EffectsOption effects;
    private final Given<Boolean> dryRun;

    RerunOptions(Syntax syntax, StateOptions state) {
        this.state = state;
        writing = new WriteOptions(syntax);
        pipeline =
                syntax.optionalParameter(
                        "PIPELINE", Path.class, "A .java file, a folder of them, or a jar.");
        reason =
                syntax.option(
                        "--reason=TEXT", String.class, "", "Why; kept with what it leads to.");
        effects = new EffectsOption(syntax);
        dryRun = syntax.flag("--dry-run", "Says what would be done, and does nothing.");
    }

    boolean json() {
        return writing.json();
    }

    String reason() {
        return reason.value();
    }

    boolean acceptsUnknownEffects() {
        return effects.accepted();
    }

    boolean isDryRun() {
        return dryRun.value();
    }

    /**
     * Has it run, by a server or here.
     *
     * @param rerun what a server is asked for
     * @param here the same, of an engine of this process
     */
    ExitCode run(Command rerun, Function<Engine, Engine.Ticket> here, InstantSource clock) {
        return writing.flow(state, Steps.UNHEARD, clock)
                .again(
                        pipeline.value()
                                .map(path -> PipelineOption.load(path, state.made(), clock)),
                        rerun,
                        here);
    }
}
