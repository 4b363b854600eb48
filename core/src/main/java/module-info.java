/** Decisions. Pure: no clock, no threads, no I/O, no randomness; user code never runs here. */
module dev.tidemark.core {
    requires static transitive org.jspecify;
    requires transitive dev.tidemark.api;

    exports dev.tidemark.core;
}
