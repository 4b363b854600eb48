package dev.tidemark.cli;

import dev.tidemark.core.Command;
import dev.tidemark.engine.Engine;
import dev.tidemark.engine.Steps;
import dev.tidemark.engine.Watcher;
import dev.tidemark.engine.Workplace;
import dev.tidemark.store.Store;
import dev.tidemark.store.StoreReader;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Has something done to a store: by its server where there is one, by this process otherwise. */
final class Asking {
    private Asking() {}

    /**
     * Returns once it is done.
     *
     * @param command what a server is asked
     * @param otherwise what an engine of this process is asked
     * @return whether a server has done it
     * @throws dev.tidemark.TidemarkException where it is refused
     */
    static boolean ask(
            StateOptions state, InstantSource clock, Command command, Consumer<Engine> otherwise) {
        StorePlace place = state.place();
        boolean isServed;
        try (StoreReader reader = place.read()) {
            isServed = place.server(reader).isPresent();
        }
        if (isServed) {
            try (Store store = place.open()) {
                new PostedRequest(store, clock, System.err).answer(command);
            }
        } else {
            Workplace workplace = new Workplace(state.named(), clock, Steps.UNHEARD, false);
            try (Session session = Session.open(place, workplace, Watcher.NOBODY)) {
                otherwise.accept(session.engine());
            }
        }
        return isServed;
    }
}
