package dev.tidemark.data;

import dev.tidemark.Boundary;
import dev.tidemark.Column;
import dev.tidemark.ErrorCode;
import dev.tidemark.Row;
import dev.tidemark.Rows;
import dev.tidemark.Schema;
import dev.tidemark.Source;
import dev.tidemark.TidemarkException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rows that the visible version of a table's partition turned back, each as JSON. */
record RejectedTableRows(TableTarget table) implements Source<Rows> {
    private static final String ROW = "rejected_row";
    private static final Schema COLUMNS =
            Schema.of().integer(RejectedRows.POSITION).text(RejectedRows.REASON).text(ROW);

    @Override
    public String name() {
        return table.name() + ".rejected";
    }

    @Override
    public Rows open(Boundary boundary) {
        return OpensRows.of(table.database(), name(), boundary, this::read);
    }

    private Rows read(Session session, Boundary boundary) throws SQLException {
        ManifestTable.Entry head = table.head(session, boundary);
        PreparedStatement select =
                session.connection()
                        .prepareStatement(
                                """
                                SELECT rejection_position, rejection_reason, rejected_row
                                FROM tidemark_dead_letter
                                WHERE asset = ? AND partition_key = ?
                                  AND issuer = ? AND epoch = ?
                                ORDER BY rejection_position\
                                """);
        Session.bind(
                select,
                table.name(),
                boundary.partition().key(),
                head.manifest().origin().token().issuer(),
                head.manifest().origin().token().number());
        Rows rows =
                ResultRows.of(
                        session,
                        select,
                        COLUMNS,
                        new ResultRows.From(
                                boundary,
                                name(),
                                boundary.partition().key(),
                                Optional.of(head.hash())));
        return RejectedRows.withAttempt(rows, head.manifest());
    }

    /** The same with the columns that the rows had. */
    Source<Rows> as(Schema columns) {
        return new Typed(this, columns);
    }

    private record Typed(RejectedTableRows rejected, Schema columns) implements Source<Rows> {
        @Override
        public String name() {
            return rejected.name();
        }

        @Override
        public Rows open(Boundary boundary) {
            Schema shape = RejectedRows.shape(columns).text(RejectedRows.ATTEMPT);
            return rejected.open(boundary).map(shape, row -> typed(shape, row));
        }

        private Row typed(Schema shape, Row row) {
            JsonNode json = JsonMapper.shared().readTree(row.text(ROW));
            @Nullable Object[] values = new @Nullable Object[shape.size()];
            int own = shape.size() - 3;
            for (int i = 0; i < own; i++) {
                values[i] = value(shape.columns().get(i), json, own);
            }
            values[own] = row.text(RejectedRows.REASON);
            values[own + 1] = row.integer(RejectedRows.POSITION);
            values[own + 2] = row.text(RejectedRows.ATTEMPT);
            return shape.row(values);
        }

        private @Nullable Object value(Column column, JsonNode json, int columnsDeclared) {
            JsonNode value = json.get(column.name());
            if (value == null || json.size() != columnsDeclared) {
                throw new TidemarkException(
                        ErrorCode.SCHEMA_CHANGED,
                        ("%s: a row was rejected with the columns %s, and is read with %s. Say"
                                        + " deadLetter(columns) with those it had, or take"
                                        + " rejected_row of deadLetter()")
                                .formatted(name(), json.propertyNames(), columns.names()));
            }
            try {
                return value.isNull()
                        ? null
                        : ValueParser.parse(column.type(), value.asString(), true);
            } catch (RuntimeException e) {
                throw new TidemarkException(
                        ErrorCode.SCHEMA_CHANGED,
                        "%s: a rejected row has %s in column '%s', which is no %s"
                                .formatted(name(), value, column.name(), column.type()),
                        e);
            }
        }
    }
}
