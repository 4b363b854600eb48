package dev.tidemark.data;

import java.util.Optional;

/**
 * Readers see the staged rows in the place of all rows of the partition.
 *
 * @param within the column that says which rows are the partition's; empty for the whole table
 */
record Replace(Optional<String> within) implements Publication {}
