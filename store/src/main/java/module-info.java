/** Keeps what was decided. */
module dev.tidemark.store {
    requires static transitive org.jspecify;
    requires transitive dev.tidemark.core;
    requires java.sql;
    requires static org.checkerframework.checker.qual;
    requires org.postgresql.jdbc;
    requires org.xerial.sqlitejdbc;
    requires tools.jackson.core;

    exports dev.tidemark.store;
}
