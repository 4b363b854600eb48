package dev.tidemark.core;

/** Why an interval that was due got no run from its schedule. */
public enum Passed {
    /** It came due while the pipeline was paused. */
    PAUSED,
    /** A later one was due as well, and the pipeline says that gaps are skipped. */
    SKIPPED,
    /** Somebody had asked for it before it was its turn: it has a run. */
    ALREADY_RUN
}
