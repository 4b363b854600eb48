package dev.tidemark.cli;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.store.RunView;
import dev.tidemark.store.StoreReader;
import java.util.Optional;

/** The run that a command is about. */
final class RunParameter {
    private final Given<String> nameOrNumber;

    RunParameter(Syntax syntax) {
        nameOrNumber = syntax.parameter("RUN", String.class, "The run's text id, or its number.");
    }

    /**
     * The run that is meant.
     *
     * @throws TidemarkException where there is none
     */
    RunView in(StoreReader store) {
        return in(store, nameOrNumber.value());
    }

    /** The run that somebody means by this. */
    static RunView in(StoreReader store, String nameOrNumber) {
        return store.run(Optional.empty(), nameOrNumber)
                .orElseThrow(
                        () ->
                                new TidemarkException(
                                        ErrorCode.INVALID_REQUEST,
                                        "there is no run '"
                                                + nameOrNumber
                                                + "'; runs list shows those there are"));
    }
}
