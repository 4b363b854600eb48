package dev.tidemark.data;

import java.util.List;
import java.util.Optional;

/**
 * Each staged row takes the place of the row with the same key.
 *
 * @param keys the columns of the key
 * @param newestBy the column whose higher value wins; where empty the later load wins
 * @param deleteMissingWithin the column that says which rows vanish where the load lacks them
 */
record Merge(List<String> keys, Optional<String> newestBy, Optional<String> deleteMissingWithin)
        implements Publication {
    Merge {
        keys = List.copyOf(keys);
    }

    /** Equal versions leave the row as it is, so that two loads cannot take turns for ever. */
    String guard(Dialect dialect) {
        return newestBy.map(dialect::quoted)
                .map(
                        version ->
                                (" WHERE target.%1$s < excluded.%1$s OR (target.%1$s IS NULL AND"
                                                + " excluded.%1$s IS NOT NULL)")
                                        .formatted(version))
                .orElse("");
    }
}
