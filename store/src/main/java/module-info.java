/** Keeps what was decided. */
module dev.tidemark.store {
    requires static transitive org.jspecify;
    requires transitive dev.tidemark.core;
    requires java.sql;
    requires org.xerial.sqlitejdbc;
    requires tools.jackson.core;

    exports dev.tidemark.store;
}
