package dev.tidemark.data;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * DuckDB's appender. It spills to the file in chunks; whoever uses it opens a transaction around
 * it, which stops nobody else.
 */
final class DuckDbLoad implements Dialect.Load {
    private final DuckDBAppender appender;

    DuckDbLoad(Session session, String table) throws SQLException {
        this.appender =
                session.connection()
                        .unwrap(DuckDBConnection.class)
                        .createAppender(DuckDBConnection.DEFAULT_SCHEMA, table);
    }

    @Override
    public void add(@Nullable Object... values) throws SQLException {
        appender.beginRow();
        for (Object value : values) {
            append(value);
        }
        appender.endRow();
    }

    private void append(@Nullable Object value) throws SQLException {
        switch (value) {
            case null -> appender.appendNull();
            case String text -> appender.append(text);
            case Long number -> appender.append(number.longValue());
            case Double number -> appender.append(number.doubleValue());
            case Boolean bool -> appender.append(bool.booleanValue());
            case BigDecimal decimal -> appender.append(decimal);
            case LocalDate date -> appender.append(date);
            case LocalDateTime local -> appender.append(local);
            case Instant instant -> appender.append(instant.atOffset(ZoneOffset.UTC));
            default -> throw new IllegalArgumentException("no column holds a " + value.getClass());
        }
    }

    @Override
    public void finish() throws SQLException {
        appender.flush();
    }

    @Override
    public void close() throws SQLException {
        appender.close();
    }
}
