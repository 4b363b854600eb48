package dev.tidemark.cli;

import dev.tidemark.core.Command.RemovePool;
import java.time.InstantSource;

/** {@code tidemark pools remove}: takes the limit of a pool away. */
final class PoolsRemoveCommand implements Command {
    private final InstantSource clock;

    private final Syntax syntax =
            new Syntax(
                    "remove",
                    this,
                    "Takes the limit of a pool away: tasks that name it start as if they named"
                            + " none.");

    private final StateOptions state = new StateOptions(syntax);

    private final Given<String> pool =
            syntax.parameter("NAME", String.class, "The pool, as tasks name it.");

    PoolsRemoveCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public ExitCode run() {
        new Deed(new RemovePool(pool.value()), engine -> engine.removePool(pool.value()))
                .done(state, clock);
        syntax.out().println("Pool " + pool.value() + " has no limit any more.");
        return ExitCode.DONE;
    }
}
