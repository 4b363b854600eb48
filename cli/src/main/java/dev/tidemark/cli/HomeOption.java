package dev.tidemark.cli;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.engine.Home;
import dev.tidemark.store.MemoryStore;
import dev.tidemark.store.SqliteStore;
import dev.tidemark.store.StoreReader;
import java.nio.file.Files;
import java.nio.file.Path;

/** The option that says where the state of local runs is. */
final class HomeOption {
    private final Given<Path> home;

    HomeOption(Syntax syntax) {
        home =
                syntax.option(
                        "--home=DIR",
                        Path.class,
                        Path.of(".tidemark"),
                        "Where the state of local runs lies.");
    }

    /** The home, made where it is missing. */
    Home made() {
        return Home.at(home.value());
    }

    /**
     * Opens the store to look at it only; another process may be writing.
     *
     * @throws TidemarkException where nothing has been run in this home yet
     */
    StoreReader read() {
        Home found = named();
        if (!Files.exists(found.storeFile())) {
            throw new TidemarkException(
                    ErrorCode.INVALID_REQUEST,
                    "nothing has been run in "
                            + found.root()
                            + " yet; run a pipeline first, or name another home with --home");
        }
        return SqliteStore.reader(found.storeFile());
    }

    /** The same, where it is fine that nothing has been run yet. */
    StoreReader readOrNothing() {
        return Files.exists(named().storeFile()) ? read() : new MemoryStore("nobody");
    }

    /** The home, whether it is there or not. */
    Home named() {
        return new Home(home.value());
    }
}
