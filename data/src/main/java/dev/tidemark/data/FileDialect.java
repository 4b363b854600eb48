package dev.tidemark.data;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** A database that is a file. */
sealed interface FileDialect extends Dialect permits DuckDb, Sqlite {
    /** A connection of its own, in the database's auto-commit mode. */
    Connection connect(Path file) throws SQLException;
}
