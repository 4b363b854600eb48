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

/** Whichever engine answers: that of a server where one is up, else one of this process. */
final class ActiveEngine {
    private final StateOptions state;
    private final InstantSource clock;

    ActiveEngine(StateOptions state, InstantSource clock) {
        this.state = state;
        this.clock = clock;
    }

    /**
     * Asks for something, and waits until it is kept.
     *
     * @param posted what a server is asked
     * @param asked asks an engine of this process for the same
     * @return whether a server has answered
     * @throws dev.tidemark.TidemarkException where it is refused, or another process has the place
     */
    boolean ask(Command posted, Consumer<Engine> asked) {
        StorePlace place = state.place();
        if (isServed(place)) {
            try (Store store = place.open()) {
                new PostedRequest(store, clock, System.err).answer(posted);
            }
            return true;
        }
        Workplace workplace = new Workplace(state.made(), clock, Steps.UNHEARD, false);
        try (Session session = Session.open(place, workplace, Watcher.NOBODY)) {
            asked.accept(session.engine());
        }
        return false;
    }

    private static boolean isServed(StorePlace place) {
        if (!place.mayBeLive()) {
            return false;
        }
        try (StoreReader reader = place.read()) {
            return place.server(reader).isPresent();
        }
    }
}
