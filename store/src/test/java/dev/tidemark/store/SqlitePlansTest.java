package dev.tidemark.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements whose cost would grow with the run, were they planned the other way round. */
class SqlitePlansTest {
    @TempDir Path folder;

    @Test
    void tasksThatMoveAlikeAreLookedUpEachInTheIndex() throws SQLException {
        Path file = folder.resolve("tidemark.db");
        SqliteStore.open(file).close();
        try (Connection connection = SqliteFile.toRead(file)) {
            List<String> plan =
                    new Sql(connection)
                            .list(
                                    row -> row.getString("detail"),
                                    "EXPLAIN QUERY PLAN " + TaskTable.MOVE_ALIKE);

            assertThat(plan).hasSize(2);
            assertThat(plan.getFirst()).startsWith("SCAN it");
            assertThat(plan.getLast())
                    .startsWith("SEARCH tasks USING PRIMARY KEY (run=? AND task=?");
        }
    }
}
