package dev.tidemark.store;

import dev.tidemark.Interval;
import dev.tidemark.core.Passed;
import java.time.Instant;

/**
 * Intervals that were due and got no run from their schedule.
 *
 * @param first the first of them
 * @param last the last of them
 * @param count how many they are
 * @param at when that was decided
 */
public record PassedView(Interval first, Interval last, int count, Passed why, Instant at) {}
