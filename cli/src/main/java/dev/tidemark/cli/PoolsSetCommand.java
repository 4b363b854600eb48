package dev.tidemark.cli;

import dev.tidemark.core.Command.SetPool;
import dev.tidemark.core.PoolLimit;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code tidemark pools set}: says how many slots a pool has. */
final class PoolsSetCommand implements Command {
    private final InstantSource clock;

    private final Syntax syntax =
            new Syntax(
                    "set",
                    this,
                    "Gives a pool a limit: tasks that name the pool start as it allows. What runs"
                            + " already goes on.");

    private final StateOptions state = new StateOptions(syntax);

    private final Given<String> pool =
            syntax.parameter("NAME", String.class, "The pool, as tasks name it.");

    private final Given<Integer> slots =
            syntax.required("--slots=N", Integer.class, "How many slots attempts may hold.");

    private final Given<Optional<Integer>> starts =
            syntax.option(
                    "--starts-per-minute=M",
                    Integer.class,
                    "How many attempts may start within any sixty seconds. Any number where"
                            + " nothing is said.");

    PoolsSetCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public ExitCode run() {
        PoolLimit limit =
                new PoolLimit(
                        pool.value(),
                        slots.value(),
                        starts.value().map(OptionalInt::of).orElse(OptionalInt.empty()));
        new Deed(new SetPool(limit), engine -> engine.set(limit)).done(state, clock);
        syntax.out().println("Pool " + pool.value() + " has " + PoolText.limit(limit) + ".");
        return ExitCode.DONE;
    }
}
