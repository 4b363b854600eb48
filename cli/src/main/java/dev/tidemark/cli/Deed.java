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

/**
 * Something that changes what is kept, and takes no longer than that.
 *
 * @param command what a server is asked for
 * @param here the same, of an engine of this process
 */
record Deed(Command command, Consumer<Engine> here) {
    /**
     * Has whoever is at work over the store do it, a server or another command; else does it in
     * this process.
     *
     * @return whether another process has done it
     * @throws dev.tidemark.TidemarkException where it is refused
     */
    boolean done(StateOptions state, InstantSource clock) {
        StorePlace place = state.place();
        if (isOwned(place)) {
            try (Store store = place.open()) {
                new PostedRequest(store, clock, System.err).answer(command);
            }
            return true;
        }
        Workplace workplace = new Workplace(state.made(), clock, Steps.UNHEARD, false);
        try (Session session = Session.open(place, workplace, Watcher.NOBODY)) {
            here.accept(session.engine());
        }
        return false;
    }

    private static boolean isOwned(StorePlace place) {
        if (!place.mayBeLive()) {
            return false;
        }
        try (StoreReader reader = place.read()) {
            return place.isLive(reader)
                    && reader.owner().filter(owner -> owner.lease().isPositive()).isPresent();
        }
    }
}
