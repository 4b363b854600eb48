package dev.tidemark.cli;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.store.BackfillSummary;
import dev.tidemark.store.StoreReader;

/** The backfill that a command is about. */
final class BackfillNumber {
    private final Given<Long> number;

    BackfillNumber(Syntax syntax) {
        number = syntax.parameter("NUMBER", Long.class, "The backfill's number.");
    }

    /**
     * The backfill that is meant.
     *
     * @throws TidemarkException where there is none
     */
    BackfillSummary in(StoreReader store) {
        return store.backfillInShort(number.value())
                .orElseThrow(
                        () ->
                                new TidemarkException(
                                        ErrorCode.INVALID_REQUEST,
                                        "there is no backfill "
                                                + number.value()
                                                + "; backfills list shows those there are"));
    }
}
