package dev.tidemark.data;

import dev.tidemark.Column;
import dev.tidemark.ErrorCode;
import dev.tidemark.Rejection;
import dev.tidemark.Row;
import dev.tidemark.Rows;
import dev.tidemark.Schema;
import dev.tidemark.TidemarkException;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts rows into an attempt's staging table, and those that are turned back into the dead letter.
 * Belongs to one thread.
 */
final class StagingLoad implements Staging.Place, AutoCloseable {
    private final Dialect dialect;
    private final DeadLetterTable deadLetter;
    private final Dialect.Load accepted;
    private final Dialect.Load rejected;

    StagingLoad(Session session, StagingTable table, DeadLetterTable deadLetter)
            throws SQLException {
        this.dialect = session.dialect();
        this.deadLetter = deadLetter;
        this.accepted = dialect.load(session, table.name(), table.schema());
        this.rejected = deadLetter.load();
    }

    /** The rows with their values as they will be read again. */
    static Rows kept(Dialect dialect, String asset, Rows rows) {
        Schema schema = rows.schema();
        return rows.map(schema, row -> kept(dialect, asset, row));
    }

    private static Row kept(Dialect dialect, String asset, Row row) {
        Row kept = row;
        for (Column column : row.schema().columns()) {
            Object value = row.value(column.name());
            Object same = value == null ? null : kept(dialect, asset, column, value);
            if (!Objects.equals(same, value)) {
                kept = kept.with(column.name(), same);
            }
        }
        return kept;
    }

    private static Object kept(Dialect dialect, String asset, Column column, Object value) {
        try {
            return dialect.kept(column.type(), value);
        } catch (IllegalArgumentException e) {
            throw new TidemarkException(
                    ErrorCode.CHECK_FAILED,
                    ("%s: column '%s' cannot hold %s: %s. Nothing is published; round it,"
                                    + " or reject the row")
                            .formatted(asset, column.name(), value, e.getMessage()),
                    e);
        }
    }

    @Override
    public Rows kept(Rows rows) {
        return kept(dialect, deadLetter.asset(), rows);
    }

    @Override
    public void accept(Row row) {
        @Nullable Object[] values = new @Nullable Object[row.schema().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.value(i);
        }
        try {
            accepted.add(values);
        } catch (SQLException e) {
            throw DatabaseErrors.writing(deadLetter.asset(), dialect, e);
        }
    }

    @Override
    public void reject(Rejection rejection) {
        try {
            deadLetter.add(rejected, rejection);
        } catch (SQLException e) {
            throw DatabaseErrors.writing(deadLetter.asset(), dialect, e);
        }
    }

    void finish() throws SQLException {
        accepted.finish();
        rejected.finish();
    }

    @Override
    public void close() throws SQLException {
        try (accepted;
                rejected) {
            // Both, whatever happens to the first.
        }
    }
}
