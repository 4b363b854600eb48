package dev.tidemark.data;

import dev.tidemark.Boundary;
import dev.tidemark.ErrorCode;
import dev.tidemark.FencingToken;
import dev.tidemark.TidemarkException;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The row that says which attempt may publish a partition of an asset. Claiming and publishing both
 * update it, so that of two which do so at once one has to wait or to start again.
 */
record Fence(String asset, Boundary boundary) {
    static final String TABLE = "tidemark_fence";

    /** {@code n} only moves: an update that changes nothing conflicts with nothing in DuckDB. */
    static final String DEFINITION =
            """
            CREATE TABLE IF NOT EXISTS tidemark_fence (
              asset VARCHAR(100) NOT NULL,
              partition_key VARCHAR(100) NOT NULL,
              issuer VARCHAR(100) NOT NULL,
              epoch BIGINT NOT NULL,
              n BIGINT NOT NULL,
              PRIMARY KEY (asset, partition_key))\
            """;

    /**
     * Makes this attempt the one that may publish. Runs in a transaction of its own.
     *
     * @throws TidemarkException {@code FENCED} or {@code FOREIGN_ISSUER}
     */
    void claim(Session session) throws SQLException {
        // Somebody else may claim between the look and the step. Where the database does not call
        // that a conflict, the next look sees them; and tokens only grow.
        while (true) {
            Optional<FencingToken> holder = holder(session);
            if (holder.isEmpty()) {
                begin(session);
                return;
            }
            verifyMayFollow(holder.get());
            if (follow(session, holder.get())) {
                return;
            }
        }
    }

    private void begin(Session session) throws SQLException {
        session.update(
                """
                INSERT INTO tidemark_fence (asset, partition_key, issuer, epoch, n)
                VALUES (?, ?, ?, ?, 0)\
                """,
                asset,
                partition(),
                token().issuer(),
                token().number());
    }

    private boolean follow(Session session, FencingToken holder) throws SQLException {
        return session.update(
                        """
                        UPDATE tidemark_fence SET issuer = ?, epoch = ?, n = n + 1
                        WHERE asset = ? AND partition_key = ? AND issuer = ? AND epoch = ?\
                        """,
                        token().issuer(),
                        token().number(),
                        asset,
                        partition(),
                        holder.issuer(),
                        holder.number())
                == 1;
    }

    private void verifyMayFollow(FencingToken holder) {
        if (!holder.issuer().equals(token().issuer())) {
            if (!boundary.adopts()) {
                throw foreign(holder);
            }
            return;
        }
        if (holder.number() == token().number()) {
            throw new TidemarkException(
                    ErrorCode.FENCED,
                    ("%s %s: attempt %d has claimed it already; a task publishes into a partition"
                                    + " once. Put the rows together, or write into two targets")
                            .formatted(asset, partition(), token().number()));
        }
        if (holder.number() > token().number()) {
            throw fencedBy(holder);
        }
    }

    /**
     * The first statement of the publishing transaction: from here to its commit nobody else can
     * claim.
     *
     * @throws TidemarkException {@code FENCED} where another attempt has claimed since
     */
    void hold(Session session) throws SQLException {
        long held =
                session.update(
                        """
                        UPDATE tidemark_fence SET n = n + 1
                        WHERE asset = ? AND partition_key = ? AND issuer = ? AND epoch = ?\
                        """,
                        asset,
                        partition(),
                        token().issuer(),
                        token().number());
        if (held != 1) {
            throw fenced(session);
        }
    }

    /** Returns when nobody is in the middle of a publish, whoever it was. */
    void settle(Session session) throws SQLException {
        session.update(
                "UPDATE tidemark_fence SET n = n + 1 WHERE asset = ? AND partition_key = ?",
                asset,
                partition());
    }

    /**
     * Asks, without any right that follows from the answer, whether another attempt has claimed.
     * Tells why something else failed.
     */
    Optional<TidemarkException> lost(Session session) throws SQLException {
        return holder(session).filter(token()::equals).isPresent()
                ? Optional.empty()
                : Optional.of(fenced(session));
    }

    /**
     * Whether another attempt is over for certain: it is an earlier one of the same home, or a
     * person said that its home is gone. An attempt that merely is not this one may be a successor
     * that claimed a moment ago.
     */
    boolean isOver(FencingToken other) {
        return other.issuer().equals(token().issuer())
                ? other.number() < token().number()
                : boundary.adopts();
    }

    private Optional<FencingToken> holder(Session session) throws SQLException {
        return session.first(
                "SELECT issuer, epoch FROM tidemark_fence WHERE asset = ? AND partition_key = ?",
                row -> new FencingToken(row.getString(1), row.getLong(2)),
                asset,
                partition());
    }

    private TidemarkException fenced(Session session) throws SQLException {
        return holder(session)
                .map(this::fencedBy)
                .orElseGet(() -> fencedBy(new FencingToken("nobody", 0)));
    }

    private TidemarkException fencedBy(FencingToken holder) {
        return new TidemarkException(
                ErrorCode.FENCED,
                ("%s %s: attempt %d of %s may not publish, attempt %d of %s has claimed it"
                                + " since. Nothing was changed; the later attempt's output counts")
                        .formatted(
                                asset,
                                partition(),
                                token().number(),
                                token().issuer(),
                                holder.number(),
                                holder.issuer()));
    }

    private TidemarkException foreign(FencingToken holder) {
        return new TidemarkException(
                ErrorCode.FOREIGN_ISSUER,
                ("%s %s belongs to another home: %s claimed it with attempt %d, this is %s with"
                     + " attempt %d. Nothing was changed. Where that home is gone, take over on"
                     + " purpose with --adopt")
                        .formatted(
                                asset,
                                partition(),
                                holder.issuer(),
                                holder.number(),
                                token().issuer(),
                                token().number()));
    }

    private FencingToken token() {
        return boundary.token();
    }

    private String partition() {
        return boundary.partition().key();
    }
}
