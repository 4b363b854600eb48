package dev.tidemark.store;

import dev.tidemark.Evidence;
import dev.tidemark.Receipt;
import dev.tidemark.RowCounts;
import dev.tidemark.core.Change;
import dev.tidemark.core.Outcome;
import dev.tidemark.core.TaskKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The latest manifest of each partition that a run published. */
final class ManifestTable {
    private static final String PUBLISH =
            """
            INSERT OR REPLACE INTO manifests
                (run, asset, partition, task, element, token, version,
                 rows_read, rows_accepted, rows_rejected, rows_filtered, rows_published,
                 content_hash, manifest, manifest_hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String OF_RUN =
            "SELECT * FROM manifests WHERE run = ? ORDER BY asset, partition";

    private final Sql sql;

    ManifestTable(Sql sql) {
        this.sql = sql;
    }

    void publish(Change.AttemptEnded it) throws SQLException {
        if (it.outcome() instanceof Outcome.Succeeded succeeded) {
            for (Evidence evidence : succeeded.evidence()) {
                publish(it.task(), it.token(), evidence);
            }
        }
    }

    private void publish(TaskKey task, long token, Evidence evidence) throws SQLException {
        Receipt receipt = evidence.receipt();
        RowCounts rows = receipt.rows();
        sql.execute(
                PUBLISH,
                task.run(),
                receipt.asset(),
                receipt.partition(),
                task.task(),
                task.element(),
                token,
                receipt.version(),
                rows.read(),
                rows.accepted(),
                rows.rejected(),
                rows.filtered(),
                rows.published(),
                receipt.contentHash(),
                evidence.manifest(),
                evidence.manifestHash());
    }

    List<ManifestView> ofRun(long run) throws SQLException {
        return sql.list(ManifestTable::view, OF_RUN, run);
    }

    private static ManifestView view(ResultSet row) throws SQLException {
        Receipt receipt =
                new Receipt(
                        row.getString("asset"),
                        row.getString("partition"),
                        row.getLong("version"),
                        new RowCounts(
                                row.getLong("rows_read"),
                                row.getLong("rows_accepted"),
                                row.getLong("rows_rejected"),
                                row.getLong("rows_filtered"),
                                row.getLong("rows_published")),
                        row.getString("content_hash"));
        return new ManifestView(
                TaskTable.key(row),
                row.getLong("token"),
                new Evidence(receipt, row.getString("manifest"), row.getString("manifest_hash")));
    }
}
