/**
 * Reads SQL as far as it has to be understood without a database: its words, and what it writes.
 */
@NullMarked
package dev.tidemark.cli.sql;

import org.jspecify.annotations.NullMarked;
