package dev.tidemark.bench;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** All peers that run over a ground. */
final class Peers {
    private Peers() {}

    static List<Peer> over(Ground ground, InstantSource clock) throws SQLException {
        Optional<DataSource> pool = ground.pool();
        return pool.isEmpty()
                ? List.of()
                : List.of(new DbScheduler(pool.get(), clock), new Dbos(pool.get()));
    }
}
