package dev.tidemark.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plans are made once, over whatever the tables hold then; they have to do for ever. */
class PostgresPlansTest {
    private static final String LOOK_UP =
            """
            PREPARE look_up (bigint[], text[], int[]) AS
            UPDATE tasks SET state = 'QUEUED'
            FROM unnest($1, $2, $3) AS it (run, task, element)
            WHERE tasks.run = it.run AND tasks.task = it.task AND tasks.element = it.element
            """;
    private static final String FILL =
            """
            INSERT INTO tasks (run, task, element, state)
            SELECT run, 'task', -1, 'WAITING' FROM generate_series(1, 20000) AS run
            """;

    private final PostgresServer server = PostgresServer.shared();

    private static List<String> plan(Statement statement) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (ResultSet rows =
                statement.executeQuery("EXPLAIN EXECUTE look_up ('{7}', '{task}', '{-1}')")) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }

    @Test
    void aStatementPlannedOverEmptyTablesLooksRowsUpInTheIndexAndSoItDoesOverFullOnes()
            throws SQLException {
        String url = server.newStore();
        PostgresStore.open(url).close();
        try (Connection connection = PostgresSession.toWrite(PostgresAddress.parse(url));
                Statement statement = connection.createStatement()) {
            statement.execute(LOOK_UP);

            List<String> empty = plan(statement);
            statement.execute(FILL);
            List<String> full = plan(statement);
            statement.execute("ANALYZE tasks");
            List<String> known = plan(statement);

            assertThat(List.of(empty, full, known))
                    .allSatisfy(
                            plan ->
                                    assertThat(plan)
                                            .anyMatch(
                                                    line ->
                                                            line.contains(
                                                                    "Index Scan using tasks_pkey"))
                                            .noneMatch(line -> line.contains("Seq Scan")));
        }
    }
}
