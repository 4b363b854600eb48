package dev.tidemark.cli;

import dev.tidemark.engine.Home;
import dev.tidemark.store.MemoryStore;
import dev.tidemark.store.StoreReader;
import java.nio.file.Path;
import java.util.Optional;

/** The options that say where state lies. */
final class StateOptions {
    private final Given<Path> home;
    private final Given<Optional<String>> store;

    StateOptions(Syntax syntax) {
        home =
                syntax.option(
                        "--home=DIR",
                        Path.class,
                        Path.of(".tidemark"),
                        "Where the state of local runs lies.");
        store =
                syntax.option(
                        "--store=URL",
                        String.class,
                        "Where runs are kept instead of in the home, as in"
                                + " postgresql://user@host/database. The home then holds logs and"
                                + " relative targets only.");
    }

    /** The home, made where it is missing. */
    Home made() {
        return Home.at(home.value());
    }

    /** The home, whether it is there or not. */
    Home named() {
        return new Home(home.value());
    }

    StorePlace place() {
        return store.value()
                .<StorePlace>map(StorePlace.InPostgres::new)
                .orElseGet(() -> new StorePlace.InHome(named()));
    }

    /**
     * Opens the store to look at it only; another process may be writing.
     *
     * @throws dev.tidemark.TidemarkException where nothing has been run there yet
     */
    StoreReader read() {
        return place().read();
    }

    /** The same, where it is fine that nothing has been run yet. */
    StoreReader readOrNothing() {
        StorePlace place = place();
        return place.exists() ? place.read() : new MemoryStore("nobody");
    }
}
