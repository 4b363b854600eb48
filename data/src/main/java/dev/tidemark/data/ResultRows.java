package dev.tidemark.data;

import dev.tidemark.Boundary;
import dev.tidemark.Column;
import dev.tidemark.Consumption;
import dev.tidemark.ErrorCode;
import dev.tidemark.Row;
import dev.tidemark.Rows;
import dev.tidemark.Schema;
import dev.tidemark.TidemarkException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a result, one after another, out of one state of the database. When the last one has
 * been taken the boundary learns what was consumed; when reading stops, the connection is closed.
 * Belongs to one thread.
 */
final class ResultRows implements Iterator<Row> {
    private final Session session;
    private final PreparedStatement statement;
    private final ResultSet result;
    private final Schema schema;
    private final From from;
    private final ContentHash hash = new ContentHash();
    private long taken;
    private boolean standsOnRow;
    private boolean ended;

    /**
     * What is read, and for whom.
     *
     * @param partition the key of the partition that is read; {@code all} where the source has no
     *     parts
     * @param version names what is read; empty where only its content does
     */
    record From(Boundary boundary, String source, String partition, Optional<String> version) {}

    private ResultRows(
            Session session,
            PreparedStatement statement,
            ResultSet result,
            Schema schema,
            From from) {
        this.session = session;
        this.statement = statement;
        this.result = result;
        this.schema = schema;
        this.from = from;
    }

    /** Takes over the session and the statement, and closes both when reading stops. */
    static Rows of(Session session, PreparedStatement statement, Schema schema, From from)
            throws SQLException {
        return of(session, statement, statement.executeQuery(), schema, from);
    }

    static Rows of(
            Session session,
            PreparedStatement statement,
            ResultSet result,
            Schema schema,
            From from) {
        ResultRows rows = new ResultRows(session, statement, result, schema, from);
        return Rows.from(schema, rows, rows::close);
    }

    /** The row that a result stands on. */
    static Row row(Dialect dialect, Schema schema, ResultSet result) throws SQLException {
        @Nullable Object[] values = new @Nullable Object[schema.size()];
        for (int i = 0; i < values.length; i++) {
            Column column = schema.columns().get(i);
            try {
                values[i] = dialect.read(result, i + 1, column.type());
            } catch (RuntimeException e) {
                throw new TidemarkException(
                        ErrorCode.INPUT_UNREADABLE,
                        ("column '%s' holds %s, which is no %s (%s). Cast it in the query,"
                                        + " or mend the table")
                                .formatted(
                                        column.name(),
                                        result.getString(i + 1),
                                        column.type(),
                                        e.getMessage()),
                        e);
            }
        }
        return schema.row(values);
    }

    @Override
    public boolean hasNext() {
        if (!standsOnRow && !ended) {
            try {
                standsOnRow = result.next();
                if (!standsOnRow) {
                    end();
                }
            } catch (SQLException e) {
                throw failed(e);
            }
        }
        return standsOnRow;
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        try {
            Row row = row(session.dialect(), schema, result);
            if (from.version().isEmpty()) {
                hash.add(row);
            }
            standsOnRow = false;
            taken++;
            return row;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private void end() {
        ended = true;
        close();
        String version = from.version().orElseGet(hash::hex);
        from.boundary()
                .consumed(new Consumption(from.source(), from.partition(), version, taken, 0));
    }

    /** Closing a session that is closed does nothing. */
    private void close() {
        ended = true;
        try (session;
                statement;
                result) {
            standsOnRow = false;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private RuntimeException failed(SQLException error) {
        return DatabaseErrors.reading(from.source(), session.dialect(), error);
    }
}
