package dev.tidemark.data;

import static dev.tidemark.data.TableFlights.onlyDayBefore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tidemark.ErrorClass;
import dev.tidemark.ErrorCode;
import dev.tidemark.ProtocolStep;
import dev.tidemark.Row;
import dev.tidemark.Rows;
import dev.tidemark.Schema;
import dev.tidemark.TaskException;
import dev.tidemark.TidemarkException;
import dev.tidemark.data.TableFlights.Engine;
import dev.tidemark.data.TableFlights.How;
import dev.tidemark.store.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is so in PostgreSQL alone: a server that can crash, sessions, schemas, other types. */
class PostgresTableTest {
    @TempDir Path home;

    private TableFlights flights() {
        return flights(How.REPLACE_WINDOW);
    }

    private TableFlights flights(How how) {
        return TableFlights.in(Engine.POSTGRESQL, how, home);
    }

    private Session session() throws SQLException {
        return flights().database().reach(flights().attempt(0)).open();
    }

    private void execute(String sql) {
        try (Session session = session()) {
            session.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Unlogged tables are empty after a crash; a publish of that would be of nothing. */
    @ParameterizedTest
    @EnumSource(names = {"STAGED", "CHECKED"})
    void aServerThatCrashesAfterStagingFailsTheAttemptAndPublishesNothing(ProtocolStep step)
            throws IOException {
        PostgresServer server = PostgresServer.start().orElse(null);
        Assumptions.assumeTrue(server != null, "no PostgreSQL server on this machine");
        try {
            new PostgresHome(home).write(server);
            TableFlights flights = flights().withDayBefore();

            Throwable failed =
                    catchThrowable(
                            () ->
                                    flights.publish(
                                            flights.attempt(2).doing(step, () -> crash(server))));

            assertThat(failed).isInstanceOf(RuntimeException.class);
            assertThat(flights.seen()).isEqualTo(onlyDayBefore());
            flights.publish(flights.attempt(3));
            assertThat(flights.seen()).isEqualTo(flights.wholeOutputOf(3));
            assertThat(flights.stagingTables()).isEmpty();
        } finally {
            server.close();
        }
    }

    private static void crash(PostgresServer server) {
        try {
            server.stopImmediately();
            server.restart();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As behind a pooler, which would hide from us that the server crashed. */
    @ParameterizedTest
    @EnumSource
    void stagedRowsThatAreGoneAreNotPublishedAsNothing(How how) {
        TableFlights flights = flights(how).withDayBefore();
        FakeBoundary losing =
                flights.attempt(2)
                        .doing(
                                ProtocolStep.CHECKED,
                                () ->
                                        execute(
                                                "TRUNCATE \"%s\""
                                                        .formatted(
                                                                flights.stagingTables()
                                                                        .getFirst())));

        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(() -> flights.publish(losing))
                .withMessageContaining("of 40 staged rows 0 are there");
        assertThat(flights.seen()).isEqualTo(onlyDayBefore());
    }

    @Test
    void rowsThatATriggerHoldsBackAreNotCalledPublished() {
        TableFlights flights = flights().withDayBefore();
        execute(
                """
                CREATE FUNCTION hold_back() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN IF NEW.flight = ''UA7'' THEN RETURN NULL; END IF; RETURN NEW; END';
                CREATE TRIGGER holding BEFORE INSERT ON flights
                FOR EACH ROW EXECUTE FUNCTION hold_back()\
                """);
        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(() -> flights.publish(flights.attempt(2)))
                .withMessageContaining("of 40 staged rows 39 are there");
        assertThat(flights.seen()).isEqualTo(onlyDayBefore());
    }

    @Test
    void whoStandsStillInsideAPublishIsPutOutByTheServer() {
        TableFlights flights = flights().withDayBefore();
        TableFlights frozen =
                flights.on(
                        flights.database()
                                .committing(
                                        session -> {
                                            session.execute(
                                                    "SET idle_in_transaction_session_timeout = 50");
                                            flights.publish(flights.attempt(3));
                                            session.execute("COMMIT");
                                        }));

        Throwable failed = catchThrowable(() -> frozen.publish(flights.attempt(2)));

        assertThat(failed).isInstanceOf(RuntimeException.class);
        assertThat(flights.seen()).isEqualTo(flights.wholeOutputOf(3));
    }

    @Test
    void aCommitIsLookedUpOnlyWhenItsTransactionIsOver() throws SQLException {
        TableFlights flights = flights().withDayBefore();
        flights.publish(flights.attempt(2));
        Fence fence = new Fence(flights.table().name(), flights.attempt(2));
        try (Session publishing = session();
                Session looking = session()) {
            publishing.execute(new Postgres().beginWriting());
            fence.hold(publishing);
            looking.execute("SET lock_timeout = 1");

            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> fence.settle(looking))
                    .matches(PostgresErrors::isConflict);
            publishing.execute("COMMIT");
            fence.settle(looking);
        }
    }

    @Test
    void whetherAPublishHappenedIsNotClaimedWhenNobodyCanSay() throws IOException {
        PostgresServer server = PostgresServer.start().orElse(null);
        Assumptions.assumeTrue(server != null, "no PostgreSQL server on this machine");
        try {
            new PostgresHome(home).write(server);
            TableFlights flights = flights().withDayBefore();
            TableFlights cut =
                    flights.on(
                            flights.database()
                                    .committing(
                                            session -> {
                                                session.execute("COMMIT");
                                                stop(server);
                                                throw new SQLException("cut off", "08006");
                                            }));

            assertThatExceptionOfType(TaskException.class)
                    .isThrownBy(() -> cut.publish(flights.attempt(2)))
                    .withMessageContaining("cannot be asked whether it happened")
                    .extracting(TaskException::errorClass)
                    .isEqualTo(ErrorClass.TRANSIENT);
            server.restart();
            flights.publish(flights.attempt(3));
            assertThat(flights.seen()).isEqualTo(flights.wholeOutputOf(3));
        } finally {
            server.close();
        }
    }

    private static void stop(PostgresServer server) {
        try {
            server.stopImmediately();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aTableStandsInTheSchemaThatItsNameSaysAndOursInThatOfTheConnection() throws SQLException {
        String schema = new PostgresHome(home).schema() + "_sales";
        TableTarget table = flights().database().table(schema + ".flights", TableFlights.SCHEMA);
        FakeBoundary boundary = flights().attempt(1);

        table.writer(boundary)
                .mergeOn("day", "flight")
                .deleteMissingWithin("day")
                .rows(Rows.of(TableFlights.SCHEMA, TableFlights.flights(boundary)));

        try (Session session = session();
                Rows rows = table.open(flights().attempt(0))) {
            assertThat(rows).hasSize(TableFlights.FLIGHTS);
            assertThat(new Postgres().tables(session))
                    .contains(Fence.TABLE, ManifestTable.TABLE)
                    .doesNotContain("flights");
            assertThat(session.count("SELECT count(*) FROM " + schema + ".flights")).isEqualTo(40);
        }
        assertThat(boundary.evidence().getFirst().manifest())
                .contains("/postgres#" + schema + ".flights");
    }

    @Test
    void noSessionWaitsForEver() throws SQLException {
        try (Session session = session()) {
            for (String setting :
                    List.of(
                            "statement_timeout",
                            "lock_timeout",
                            "idle_in_transaction_session_timeout",
                            "client_connection_check_interval")) {
                assertThat(session.first("SHOW " + setting, row -> row.getString(1)))
                        .as(setting)
                        .isPresent()
                        .get()
                        .isNotEqualTo("0");
            }
            assertThat(session.first("SHOW TimeZone", row -> row.getString(1))).contains("UTC");
        }
    }

    /** All of them would be more than a hundred million rows in memory. */
    @Test
    void aLargeResultIsReadPieceByPiece() {
        flights().withDayBefore();
        try (Rows rows =
                flights()
                        .database()
                        .query("many", "SELECT generate_series(1, 200000000) AS n")
                        .open(flights().attempt(0))) {
            assertThat(rows.iterator().next().integer("n")).isEqualTo(1);
        }
    }

    @Test
    void smallerTypesOfAQueryAreRead() {
        flights().withDayBefore();
        try (Rows rows =
                flights()
                        .database()
                        .query(
                                "small",
                                """
                                SELECT 7::smallint AS a, 0.5::real AS b, 'x'::char(1) AS c,
                                  NULL::int AS d, NULL::real AS e, 1.50::numeric(10,2) AS f\
                                """)
                        .open(flights().attempt(0))) {
            assertThat(rows.iterator().next())
                    .hasToString("{a=7, b=0.5, c=x, d=null, e=null, f=1.5}");
        }
    }

    @Test
    void whatMeansSomethingToCopyIsOnlyText() {
        Schema texts = Schema.of().date("day").text("value");
        LocalDate day = LocalDate.parse(TableFlights.DAY);
        List<Row> rows =
                List.of(
                                "\t",
                                "\n",
                                "\r\n",
                                "\\",
                                "\\N",
                                "\\.",
                                "",
                                "a\\tb",
                                "½ ✈ 😀",
                                "x".repeat(3 << 20))
                        .stream()
                        .map(text -> texts.row(day, text))
                        .toList();
        TableTarget table = flights().database().table("texts", texts);

        table.writer(flights().attempt(1)).replaceWindow("day").rows(Rows.of(texts, rows));

        try (Rows read = table.open(flights().attempt(0))) {
            assertThat(read).containsExactlyInAnyOrderElementsOf(rows);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "half \ud83d", "\ude00 half"})
    void aTextThatCannotComeBackIsRefused(String text) {
        Schema texts = Schema.of().date("day").text("value");
        LocalDate day = LocalDate.parse(TableFlights.DAY);
        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(
                        () ->
                                flights()
                                        .database()
                                        .table("texts", texts)
                                        .writer(flights().attempt(1))
                                        .replaceWindow("day")
                                        .rows(Rows.of(texts, List.of(texts.row(day, text)))))
                .satisfies(Errors.has(ErrorCode.CHECK_FAILED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"numeric(10,2)", "real", "character(5)", "timestamp(0)"})
    void aColumnThatWouldRoundOrPadIsNotTheDeclaredOne(String type) {
        Schema schema =
                switch (type) {
                    case "numeric(10,2)" -> Schema.of().date("day").decimal("value");
                    case "real" -> Schema.of().date("day").floating("value");
                    case "character(5)" -> Schema.of().date("day").text("value");
                    default -> Schema.of().date("day").timestamp("value");
                };
        execute("CREATE TABLE narrow (day date, value %s)".formatted(type));
        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(
                        () ->
                                flights()
                                        .database()
                                        .table("narrow", schema)
                                        .writer(flights().attempt(1))
                                        .replaceWindow("day")
                                        .rows(Rows.of(schema, List.of())))
                .withMessageContaining("value is " + type.replace("timestamp(0)", "timestamp(0) "))
                .satisfies(Errors.has(ErrorCode.SCHEMA_CHANGED));
    }

    /** Each try would fail again; the fence's own keys are another matter. */
    @Test
    void aKeyOfTheUsersThatRepeatsIsNoConflict() {
        flights().withDayBefore();
        execute("CREATE UNIQUE INDEX one_delay ON flights (day, delay) WHERE delay = 2");
        Throwable refused = catchThrowable(() -> flights().publish(flights().attempt(2)));

        assertThat(refused)
                .isInstanceOf(TidemarkException.class)
                .hasMessageContaining("one_delay")
                .satisfies(Errors.has(ErrorCode.STORE_FAILED));
        assertThat(flights().seen()).isEqualTo(onlyDayBefore());
    }

    /** Views, rights and indexes of others hang on the table, so a publish leaves it standing. */
    @ParameterizedTest
    @EnumSource
    void whatOthersHungOnATableStaysWithEachPublish(How how) throws SQLException {
        TableFlights flights = flights(how).withDayBefore();
        execute("CREATE VIEW delays AS SELECT day, sum(delay) AS delay FROM flights GROUP BY day");

        flights.publish(flights.attempt(2));

        try (Session session = session()) {
            assertThat(session.count("SELECT delay FROM delays WHERE day = '2001-02-03'"))
                    .isEqualTo(80);
        }
    }

    /** Why the whole table is not replaced by renaming another one into its place. */
    @Test
    void aTableThatIsRenamedIntoPlaceLooksEmptyToAnEarlierSnapshot() throws SQLException {
        execute("CREATE TABLE t (n int); INSERT INTO t VALUES (1)");
        try (Session reader = session();
                Session writer = session()) {
            new Postgres().beginReading(reader);
            assertThat(reader.count("SELECT count(*) FROM pg_class WHERE relname = 'x'")).isZero();
            writer.execute("CREATE TABLE beside (n int); INSERT INTO beside VALUES (2), (3)");
            writer.execute("BEGIN; ALTER TABLE t RENAME TO gone");
            writer.execute("ALTER TABLE beside RENAME TO t; DROP TABLE gone; COMMIT");

            assertThat(reader.count("SELECT count(*) FROM t")).isZero();
        }
    }
}
