package dev.tidemark.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** The one row that says who owns the store. Times are by the server's clock. */
final class PostgresOwner {
    private static final String CLAIM =
            """
            INSERT INTO owner (single, epoch, name, lease_s, until)
            VALUES (1, 1, ?, ?, clock_timestamp() + ? * interval '1 second')
            ON CONFLICT (single) DO UPDATE
            SET epoch = owner.epoch + 1, name = excluded.name, lease_s = excluded.lease_s,
                until = clock_timestamp() + excluded.lease_s * interval '1 second'
            WHERE owner.name = excluded.name OR owner.until <= clock_timestamp()
            RETURNING epoch
            """;
    private static final String RENEW =
            """
            UPDATE owner SET until = clock_timestamp() + lease_s * interval '1 second'
            WHERE epoch = ?
            """;
    private static final String RELEASE =
            "UPDATE owner SET until = clock_timestamp() WHERE epoch = ?";
    private static final String OWNER =
            """
            SELECT name, epoch,
                   extract(epoch FROM until - clock_timestamp())::double precision AS left_s
            FROM owner
            """;

    private static final String IDLE_NO_LONGER_THAN =
            "SELECT set_config('idle_in_transaction_session_timeout', ?, false)";

    private static final double NANOS_PER_SECOND = 1e9;

    private PostgresOwner() {}

    static Optional<Long> claim(Sql sql, String owner, Duration lease) throws SQLException {
        double seconds = lease.toNanos() / NANOS_PER_SECOND;
        return sql.first(
                row -> row.getLong("epoch"), CLAIM, PostgresText.encode(owner), seconds, seconds);
    }

    /**
     * Has the server end a transaction of this connection that goes on for a whole lease with
     * nothing said: the owner's row is not held for longer by an engine that stopped in the middle
     * of a commit, or cannot be heard any more.
     */
    static void idleNoLongerThan(Sql sql, Duration lease) throws SQLException {
        sql.first(row -> row.getString(1), IDLE_NO_LONGER_THAN, lease.toMillis() + "ms");
    }

    /** Begins the lease anew; holds the row, so that nobody claims it until the commit. */
    static void renew(Volley volley, long epoch) {
        volley.exactly(1, RENEW, epoch);
    }

    static void release(Sql sql, long epoch) throws SQLException {
        sql.update(RELEASE, epoch);
    }

    static Optional<Owner> owner(Sql sql) throws SQLException {
        return sql.first(
                row ->
                        new Owner(
                                PostgresText.decode(row.getString("name")),
                                row.getLong("epoch"),
                                Duration.ofNanos(
                                        Math.round(row.getDouble("left_s") * NANOS_PER_SECOND))),
                OWNER);
    }
}
