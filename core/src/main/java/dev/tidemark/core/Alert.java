package dev.tidemark.core;

import dev.tidemark.Interval;

/**
 * Something that somebody should look at.
 *
 * @param run the run that it is about, 0 where there is none
 * @param interval the interval that it is about
 * @param message what is wrong, for people
 */
public record Alert(Kind kind, String pipeline, long run, Interval interval, String message) {
    /** What is wrong. */
    public enum Kind {
        /** An interval is due, and has had no run for longer than it may. */
        INTERVAL_LATE,
        /** A run takes longer than it may. */
        RUN_OVERDUE
    }
}
