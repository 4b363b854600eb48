package dev.tidemark.core;

/** What somebody can have a backfill do that has not ended. */
public enum Steering {
    /** Start no further run; those under way go on. */
    PAUSE,
    /** Start runs again. */
    RESUME,
    /** Stop what runs of it, and start nothing else. */
    CANCEL
}
