package dev.tidemark.store;

import dev.tidemark.core.Change;
import dev.tidemark.core.PoolLimit;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;

/** The limits of pools. */
final class PoolTable {
    private static final String SET =
            """
            INSERT INTO pools (pool, slots, starts_per_minute, set_at)
            VALUES (?, ?, NULLIF(?, 0), ?)
            ON CONFLICT (pool) DO UPDATE
            SET slots = excluded.slots, starts_per_minute = excluded.starts_per_minute,
                set_at = excluded.set_at
            """;
    private static final String REMOVE = "DELETE FROM pools WHERE pool = ?";
    private static final String ALL = "SELECT * FROM pools ORDER BY pool";

    private final Sql sql;

    PoolTable(Sql sql) {
        this.sql = sql;
    }

    void set(Change.PoolSet it, String at) throws SQLException {
        PoolLimit limit = it.limit();
        sql.one(it, SET, limit.pool(), limit.slots(), limit.startsPerMinute().orElse(0), at);
    }

    void remove(Change.PoolRemoved it) throws SQLException {
        sql.one(it, REMOVE, it.pool());
    }

    List<PoolView> all() throws SQLException {
        return sql.list(PoolTable::view, ALL);
    }

    private static PoolView view(ResultSet row) throws SQLException {
        int rate = row.getInt("starts_per_minute");
        return new PoolView(
                new PoolLimit(
                        row.getString("pool"),
                        row.getInt("slots"),
                        rate == 0 ? OptionalInt.empty() : OptionalInt.of(rate)),
                Instants.read(row, "set_at"));
    }
}
