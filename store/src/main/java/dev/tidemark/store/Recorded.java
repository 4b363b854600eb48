package dev.tidemark.store;

import dev.tidemark.core.Change;
import java.time.Instant;

/**
 * A row of the history.
 *
 * @param seq its place in the history of the whole store, from 1, without gaps
 * @param at the time of the turn that decided it
 */
public record Recorded(long seq, Instant at, Change change) {}
