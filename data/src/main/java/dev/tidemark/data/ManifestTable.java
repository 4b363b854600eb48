package dev.tidemark.data;

import dev.tidemark.Evidence;
import dev.tidemark.FencingToken;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The manifests of all tables of a database: a chain for each partition of each asset. */
record ManifestTable(Session session, String asset) {
    static final String TABLE = "tidemark_manifest";

    static final String DEFINITION =
            """
            CREATE TABLE IF NOT EXISTS tidemark_manifest (
              asset VARCHAR(100) NOT NULL,
              partition_key VARCHAR(100) NOT NULL,
              version BIGINT NOT NULL,
              issuer VARCHAR(100) NOT NULL,
              epoch BIGINT NOT NULL,
              hash VARCHAR(64) NOT NULL,
              window_column VARCHAR(100),
              document TEXT NOT NULL,
              PRIMARY KEY (asset, partition_key, version),
              UNIQUE (asset, partition_key, issuer, epoch))\
            """;

    /**
     * A manifest as it lies in the table.
     *
     * @param window the column whose window the publish replaced; empty where it merged, or
     *     replaced the whole table
     */
    record Entry(Manifest manifest, String document, String hash, Optional<String> window) {
        Evidence evidence() {
            return new Evidence(manifest.receipt(), document, hash);
        }
    }

    /** The visible version of a partition. */
    Optional<Entry> head(String partition) throws SQLException {
        return session.first(
                """
                SELECT document, hash, window_column FROM tidemark_manifest
                WHERE asset = ? AND partition_key = ? ORDER BY version DESC LIMIT 1\
                """,
                row -> entry(row.getString(1), row.getString(2), row.getString(3)),
                asset,
                partition);
    }

    /** All versions of a partition, oldest first. */
    List<Audit.Link> chain(String partition) throws SQLException {
        return session.all(
                """
                SELECT document, hash FROM tidemark_manifest
                WHERE asset = ? AND partition_key = ? ORDER BY version\
                """,
                row -> new Audit.Link(row.getString(1), row.getString(2)),
                asset,
                partition);
    }

    /** What an attempt published, if it did. */
    Optional<Entry> of(String partition, FencingToken token) throws SQLException {
        return session.first(
                """
                SELECT document, hash, window_column FROM tidemark_manifest
                WHERE asset = ? AND partition_key = ? AND issuer = ? AND epoch = ?\
                """,
                row -> entry(row.getString(1), row.getString(2), row.getString(3)),
                asset,
                partition,
                token.issuer(),
                token.number());
    }

    /** Rows that readers see of the partitions whose keys come before this one, nearest first. */
    List<Long> rowsBefore(String partition, int partitions) throws SQLException {
        return session.all(
                """
                SELECT document FROM tidemark_manifest AS head
                WHERE asset = ? AND partition_key < ? AND version =
                  (SELECT max(version) FROM tidemark_manifest AS any_version
                   WHERE any_version.asset = head.asset
                     AND any_version.partition_key = head.partition_key)
                ORDER BY partition_key DESC LIMIT ?\
                """,
                row -> ManifestJson.read(row.getString(1)).outcome().rows().published(),
                asset,
                partition,
                partitions);
    }

    private static Entry entry(String document, String hash, @Nullable String window) {
        return new Entry(ManifestJson.read(document), document, hash, Optional.ofNullable(window));
    }

    void append(Manifest manifest, Evidence evidence, Optional<String> window) throws SQLException {
        session.update(
                """
                INSERT INTO tidemark_manifest
                  (asset, partition_key, version, issuer, epoch, hash, window_column, document)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)\
                """,
                asset,
                manifest.piece().partition().key(),
                manifest.piece().version(),
                manifest.origin().token().issuer(),
                manifest.origin().token().number(),
                evidence.manifestHash(),
                window.orElse(null),
                evidence.manifest());
    }
}
