/**
 * Keeps what was decided.
 *
 * <p>The {@linkplain dev.tidemark.store.Store port} takes the changes of one turn and keeps them in
 * one transaction, durable when it returns: the history, which is append-only and complete, and
 * beside it the tables that queries need. {@link dev.tidemark.store.SqliteStore} keeps them in one
 * file, {@link dev.tidemark.store.PostgresStore} in a database, {@link
 * dev.tidemark.store.MemoryStore} in memory; one contract test holds for all.
 */
@NullMarked
package dev.tidemark.store;

import org.jspecify.annotations.NullMarked;
