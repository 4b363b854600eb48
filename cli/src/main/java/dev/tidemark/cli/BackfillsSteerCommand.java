package dev.tidemark.cli;

import dev.tidemark.core.Command.Steer;
import dev.tidemark.core.Steering;
import dev.tidemark.store.BackfillSummary;
import dev.tidemark.store.StoreReader;
import java.time.InstantSource;

/** {@code tidemark backfills pause}, {@code resume} and {@code cancel}. */
final class BackfillsSteerCommand implements Command {
    private final InstantSource clock;
    private final Steering steering;
    private final Syntax syntax;
    private final StateOptions state;
    private final BackfillNumber number;
    private final Given<String> reason;

    BackfillsSteerCommand(Steering steering, InstantSource clock) {
        this.steering = steering;
        this.clock = clock;
        syntax = new Syntax(RunReport.word(steering), this, description(steering));
        state = new StateOptions(syntax);
        number = new BackfillNumber(syntax);
        reason = syntax.option("--reason=TEXT", String.class, "", "Why; kept where it ends it.");
    }

    private static String description(Steering steering) {
        return switch (steering) {
            case PAUSE -> "Starts no further run of a backfill; those under way go on.";
            case RESUME -> "Starts runs of a paused backfill again.";
            case CANCEL ->
                    "Gives up a backfill: its runs are stopped, and the rest is not started.";
        };
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public ExitCode run() {
        BackfillSummary meant;
        boolean isServed;
        try (StoreReader store = state.read()) {
            meant = number.in(store);
            isServed = state.place().isLive(store);
        }
        String why =
                steering == Steering.CANCEL && reason.value().isEmpty()
                        ? "cancelled by hand"
                        : reason.value();
        Steer steer = new Steer(meant.number(), steering, why);
        new Deed(steer, engine -> engine.steer(steer)).done(state, clock);
        syntax.out().println(said(meant.number(), isServed));
        return ExitCode.DONE;
    }

    private String said(long backfill, boolean isServed) {
        return switch (steering) {
            case PAUSE ->
                    "Backfill "
                            + backfill
                            + " is paused. Runs under way go on; tidemark backfills resume "
                            + backfill
                            + " starts others again.";
            case RESUME ->
                    isServed
                            ? "Backfill " + backfill + " goes on."
                            : "Backfill "
                                    + backfill
                                    + " is no longer paused. Nobody works on it: give its command"
                                    + " again.";
            case CANCEL ->
                    "Backfill "
                            + backfill
                            + " is cancelled. tidemark backfills rerun "
                            + backfill
                            + " runs what it left.";
        };
    }
}
