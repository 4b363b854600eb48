package dev.tidemark.cli;

import dev.tidemark.core.Command;
import dev.tidemark.engine.Preview;
import dev.tidemark.store.RunView;
import dev.tidemark.store.StoreReader;
import java.time.Instant;

/** A command about a run of which is only said what it would change. */
record DryRun(RunView run, Command command) {
    ExitCode print(Syntax syntax, StateOptions state, StoreReader store, Instant now) {
        boolean live = state.place().isLive(store);
        syntax.out().print(ChangesText.of(run.name(), Preview.of(store, command, now, live)));
        syntax.out().flush();
        return ExitCode.DONE;
    }
}
