package dev.tidemark.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.Change;
import dev.tidemark.core.TaskState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final int TASKS = 300;
    private static final String FILL_A_GRAPH =
            """
            INSERT INTO pipelines VALUES ('p', 'v', '{}', '');
            INSERT INTO pipeline_tasks
            SELECT 'p', 'v', place, 't' || place FROM generate_series(0, %1$d - 1) AS place;
            INSERT INTO runs
            SELECT run, 'p', run::text, '{}', run::text, '', 'v', 'RUNNING', 1, NULL, ''
            FROM generate_series(1, 3) AS run;
            INSERT INTO tasks (run, task, element, state)
            SELECT run, 't' || place, element, 'WAITING'
            FROM generate_series(1, 3) AS run, generate_series(0, %1$d - 1) AS place,
                 generate_series(0, CASE place WHEN 7 THEN 20000 ELSE 20 END) AS element;
            """
                    .formatted(TASKS);

    /** How many rows a part of a plan came to in all. */
    private static final Pattern ROWS = Pattern.compile("rows=([0-9.]+) loops=([0-9]+)\\)");

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

    private static double lookedUp(
            Connection connection, TaskFilter filter, PostgresTasks.Places places)
            throws SQLException {
        double rows = 0;
        String explain = "EXPLAIN (ANALYZE) " + PostgresTasks.page(filter);
        for (String line :
                new Sql(connection)
                        .list(
                                row -> row.getString(1),
                                explain,
                                PostgresTasks.values(2, places, filter))) {
            assertThat(line).doesNotContain("Seq Scan on tasks");
            Matcher counted = ROWS.matcher(line);
            if (line.contains(" on tasks ") && counted.find()) {
                rows += Double.parseDouble(counted.group(1)) * Integer.parseInt(counted.group(2));
            }
        }
        return rows;
    }

    @Test
    void aPageOfInstancesLooksUpFewMoreThanItShows() throws SQLException {
        String url = server.newStore();
        PostgresStore.open(url).close();
        TaskFilter page = TaskFilter.ALL.limit(100);
        List<TaskFilter> pages =
                List.of(
                        page,
                        page.after(new TaskFilter.Place("t7", 10_000)),
                        page.after(new TaskFilter.Place("t7", 19_990)),
                        page.after(new TaskFilter.Place("t200", 3)),
                        page.task("t7").after(new TaskFilter.Place("t7", 10_000)),
                        page.state(TaskState.WAITING).after(new TaskFilter.Place("t7", 10_000)));
        try (Connection writer = PostgresSession.toWrite(PostgresAddress.parse(url));
                Connection reader =
                        PostgresSession.toRead(
                                PostgresAddress.parse(url), PostgresSession.From.PRIMARY);
                Statement statement = writer.createStatement()) {
            statement.execute(FILL_A_GRAPH);
            writer.commit();
            for (boolean isKnown : new boolean[] {false, true}) {
                for (TaskFilter each : pages) {
                    int first =
                            each.after()
                                    .map(it -> Integer.parseInt(it.task().substring(1)))
                                    .orElse(0);
                    assertThat(lookedUp(reader, each, new PostgresTasks.Places(first, first + 15)))
                            .as("%s, statistics: %s", each, isKnown)
                            .isBetween(1.0, 500.0);
                }
                reader.commit();
                statement.execute("ANALYZE");
                writer.commit();
            }
        }
    }

    @Test
    void tenThousandPipelinesAreRegisteredInOneTurn() {
        List<Change> registered = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            registered.add(
                    new Change.PipelineRegistered(
                            "v1", Samples.pipeline("p" + i, Samples.task("only"))));
        }
        try (Store store = PostgresStore.open(server.newStore())) {
            Samples.commit(store, registered, Samples.NOON);
            assertThat(store.latestVersion("p9999")).contains("v1");
        }
    }
}
