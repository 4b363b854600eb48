package dev.tidemark.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** The one row that says who owns the store. Times are seconds by SQLite's clock. */
final class OwnerTable {
    private static final String CLAIM =
            """
            INSERT INTO owner (only, epoch, name, lease_s, until_s)
            VALUES (1, 1, ?1, ?2, unixepoch('subsec') + ?2)
            ON CONFLICT (only) DO UPDATE
            SET epoch = epoch + 1, name = ?1, lease_s = ?2, until_s = unixepoch('subsec') + ?2
            WHERE name = ?1 OR until_s <= unixepoch('subsec')
            RETURNING epoch
            """;
    private static final String RENEW =
            "UPDATE owner SET until_s = unixepoch('subsec') + lease_s WHERE epoch = ?";
    private static final String RELEASE =
            "UPDATE owner SET until_s = unixepoch('subsec') WHERE epoch = ?";
    private static final String OWNER =
            "SELECT name, epoch, until_s - unixepoch('subsec') AS left_s FROM owner";

    private static final double NANOS_PER_SECOND = 1e9;

    private final Sql sql;

    OwnerTable(Sql sql) {
        this.sql = sql;
    }

    Optional<Long> claim(String owner, Duration lease) throws SQLException {
        return sql.first(
                row -> row.getLong("epoch"), CLAIM, owner, lease.toNanos() / NANOS_PER_SECOND);
    }

    /** Begins the lease anew. */
    void renew(long epoch) throws SQLException {
        if (sql.update(RENEW, epoch) != 1) {
            throw Ownership.lost(epoch);
        }
    }

    void release(long epoch) throws SQLException {
        sql.update(RELEASE, epoch);
    }

    Optional<Owner> owner() throws SQLException {
        return sql.first(
                row ->
                        new Owner(
                                row.getString("name"),
                                row.getLong("epoch"),
                                Duration.ofNanos(
                                        Math.round(row.getDouble("left_s") * NANOS_PER_SECOND))),
                OWNER);
    }
}
