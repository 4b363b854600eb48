package dev.tidemark.data;

import dev.tidemark.Boundary;
import dev.tidemark.Column;
import dev.tidemark.FencingToken;
import dev.tidemark.Rejection;
import dev.tidemark.Row;
import dev.tidemark.Schema;
import java.sql.SQLException;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rows that did not pass, of all tables of a database. They are keyed by the attempt, and
 * become visible when its manifest does.
 */
record DeadLetterTable(Session session, String asset, Boundary boundary) {
    static final String TABLE = "tidemark_dead_letter";

    static final String DEFINITION =
            """
            CREATE TABLE IF NOT EXISTS tidemark_dead_letter (
              asset VARCHAR(100) NOT NULL,
              partition_key VARCHAR(100) NOT NULL,
              issuer VARCHAR(100) NOT NULL,
              epoch BIGINT NOT NULL,
              rejection_position BIGINT NOT NULL,
              rejection_reason TEXT NOT NULL,
              rejected_row TEXT NOT NULL,
              PRIMARY KEY (asset, partition_key, issuer, epoch, rejection_position))\
            """;

    /** As {@link #DEFINITION} has them. */
    private static final Schema COLUMNS =
            Schema.of()
                    .text("asset")
                    .text("partition_key")
                    .text("issuer")
                    .integer("epoch")
                    .integer("rejection_position")
                    .text("rejection_reason")
                    .text("rejected_row");

    private static final JsonMapper JSON = JsonMapper.shared();

    Dialect.Load load() throws SQLException {
        return session.dialect().load(session, TABLE, COLUMNS);
    }

    void add(Dialect.Load load, Rejection rejection) throws SQLException {
        load.add(
                asset,
                boundary.partition().key(),
                boundary.token().issuer(),
                boundary.token().number(),
                rejection.position(),
                rejection.reason(),
                json(rejection.row()));
    }

    /** Removes what attempts on this partition left that are over and did not publish. */
    void removeUnpublished(Fence fence) throws SQLException {
        List<FencingToken> unpublished =
                session.all(
                        """
                        SELECT DISTINCT issuer, epoch FROM tidemark_dead_letter AS rejected
                        WHERE asset = ? AND partition_key = ? AND NOT EXISTS
                          (SELECT 1 FROM tidemark_manifest AS published
                           WHERE published.asset = rejected.asset
                             AND published.partition_key = rejected.partition_key
                             AND published.issuer = rejected.issuer
                             AND published.epoch = rejected.epoch)\
                        """,
                        row -> new FencingToken(row.getString(1), row.getLong(2)),
                        asset,
                        boundary.partition().key());
        for (FencingToken attempt : unpublished) {
            if (fence.isOver(attempt)) {
                session.update(
                        """
                        DELETE FROM tidemark_dead_letter
                        WHERE asset = ? AND partition_key = ? AND issuer = ? AND epoch = ?\
                        """,
                        asset,
                        boundary.partition().key(),
                        attempt.issuer(),
                        attempt.number());
            }
        }
    }

    /** Rejected rows can be of another shape than the table: they were turned back on the way. */
    private static String json(Row row) {
        ObjectNode json = JSON.createObjectNode();
        for (Column column : row.schema().columns()) {
            switch (row.value(column.name())) {
                case null -> json.putNull(column.name());
                case Long number -> json.put(column.name(), number);
                case Boolean bool -> json.put(column.name(), bool);
                case Object value -> json.put(column.name(), ValueText.of(value));
            }
        }
        return json.toString();
    }
}
