/** The one loop: drain, decide, commit, act. The only room with threads of its own. */
module dev.tidemark.engine {
    requires static transitive org.jspecify;
    requires transitive dev.tidemark.store;
    requires tools.jackson.databind;

    exports dev.tidemark.engine;
}
