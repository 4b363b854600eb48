package dev.tidemark.tidy.bad.store;

import java.sql.SQLException;
import org.duckdb.DuckDBConnection;

/** DuckDB belongs to data. */
public record Shelf(DuckDBConnection connection) {
    void close() throws SQLException {
        connection.close();
    }
}
