package dev.tidemark.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code tidemark.yaml} may say, and what it is told where it says something else. */
class ConnectionsTest {
    private static final String SECRET = "hunter2";
    private static final String SERVER =
            """
            connections:
              warehouse:
                url: jdbc:postgresql://127.0.0.1:1/orders?sslmode=disable
                user: etl
            """;

    @TempDir Path home;

    private FakeBoundary attempt() {
        return FakeBoundary.attempt(home, "2001-02-03", 1);
    }

    private void write(String folder, String text) throws IOException {
        Path file = home.resolve(folder).resolve(Connections.FILE);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private TidemarkException refused() {
        TidemarkException refused =
                catchThrowableOfType(
                        TidemarkException.class,
                        () -> Database.connection("warehouse").reach(attempt()).open());
        assertThat(refused).isNotNull();
        return refused;
    }

    @Test
    void theFileBesideThePipelineLeadsToAFile() throws IOException {
        write("source", "connections: {warehouse: {url: 'jdbc:duckdb:local.duckdb'}}");
        write(".", "connections: {warehouse: {url: 'jdbc:sqlite:other.db'}}");

        Reach reach = Database.connection("warehouse").reach(attempt());

        assertThat(reach.dialect()).isEqualTo(new DuckDb());
        assertThat(reach.location(TableName.parse("orders"))).isEqualTo("local.duckdb#orders");
    }

    @Test
    void withoutOneTheNearestFolderAboveHasIt() throws IOException {
        write(".", "connections: {warehouse: {url: 'jdbc:sqlite:other.db'}}");
        assertThat(Database.connection("warehouse").reach(attempt()).dialect())
                .isEqualTo(new Sqlite());
    }

    @Test
    void aFolderThatEverybodyMayWriteIntoIsPassedOver() throws IOException {
        write(".", "connections: {warehouse: {url: 'jdbc:sqlite:other.db'}}");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(refused()).hasMessageContaining("there is no tidemark.yaml beside");
    }

    @Test
    void anUnknownNameIsToldWhichThereAre() throws IOException {
        write(".", SERVER.replace("warehouse", "lake"));
        assertThat(refused())
                .hasMessageContaining("../tidemark.yaml names no connection 'warehouse'")
                .hasMessageContaining("it names [lake]");
    }

    @Test
    void aServerIsReachedWithWhatTheFileSays() throws IOException {
        write("source", SERVER + "    schema: sales\n    password: {env: WAREHOUSE_PASSWORD}\n");
        Connections connections =
                Connections.nearest(
                        attempt(), "warehouse", Map.of("WAREHOUSE_PASSWORD", SECRET)::get);

        PostgresReach reach = (PostgresReach) connections.reachOf(attempt(), "warehouse");

        assertThat(reach.settings().properties())
                .containsEntry("user", "etl")
                .containsEntry("password", SECRET)
                .containsEntry("sslmode", "disable");
        assertThat(reach.settings().jdbc()).isEqualTo("jdbc:postgresql://127.0.0.1:1/orders");
        assertThat(reach.location(TableName.parse("daily")))
                .isEqualTo("postgresql://127.0.0.1:1/orders#sales.daily");
        assertThat(reach.toString()).doesNotContain(SECRET);
    }

    @Test
    void aPasswordFromAFileIsTakenWithoutItsLineEnd() throws IOException {
        write("source", SERVER + "    password: {file: secrets/warehouse}\n");
        Files.createDirectories(home.resolve("source/secrets"));
        Files.writeString(home.resolve("source/secrets/warehouse"), SECRET + "\n");

        PostgresReach reach = (PostgresReach) Database.connection("warehouse").reach(attempt());

        assertThat(reach.settings().properties()).containsEntry("password", SECRET);
    }

    @Test
    void aServerThatIsAwayIsNamedWithoutThePassword() throws IOException {
        write("source", SERVER + "    password: {file: secret}\n");
        Files.writeString(home.resolve("source/secret"), SECRET);
        Throwable away =
                catchThrowableOfType(
                        Exception.class,
                        () ->
                                TableFlights.in(
                                                TableFlights.Engine.POSTGRESQL,
                                                TableFlights.How.REPLACE_WINDOW,
                                                home)
                                        .publish(attempt()));
        assertThat(away).hasMessageContaining("nothing is published");
        assertThat(everythingSaidBy(away)).contains("127.0.0.1:1").doesNotContain(SECRET);
    }

    @Test
    void anExperimentDoesNotWriteIntoAServer() throws IOException {
        write("source", SERVER);
        TidemarkException refused =
                catchThrowableOfType(
                        TidemarkException.class,
                        () ->
                                Database.connection("warehouse")
                                        .reach(attempt().experimenting())
                                        .open());
        assertThat(refused).hasMessageContaining("does not write into a server");
        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    /** Each with a line and words that the message has to have. */
    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake(SERVER + "    password: hunter2", 5, "stands in the file", "{env: NAME}"),
                mistake(SERVER + "    password: [hunter2]", 5, "stands in the file"),
                mistake(SERVER + "    password: {value: hunter2}", 5, "no key 'value'"),
                mistake(SERVER + "    password: {}", 5, "in one place"),
                mistake(SERVER + "    password: {env: TIDEMARK_IS_NOT_SET}", 0, "which is not set"),
                mistake(SERVER + "    password: {file: nowhere}", 0, "cannot be read"),
                mistake(SERVER + "    pasword: {env: X}", 5, "no key 'pasword'", "password"),
                mistake(SERVER + "    user: other", 5, "'user' is there twice"),
                mistake(SERVER.replace("//", "//etl:hunter2@"), 3, "keys of their own"),
                mistake(SERVER.replace("sslmode", "socketFactory"), 3, "something else than"),
                mistake(SERVER.replace("sslmode=disable", "password=hunter2"), 3, "sslmode"),
                mistake(SERVER.replace("postgresql", "mysql"), 3, "none that Tidemark takes"),
                mistake(SERVER.replace("    user: etl", ""), 3, "'user' is missing"),
                mistake("connections: {warehouse: {user: etl}}", 1, "'url' is missing"),
                mistake("connections:\n  warehouse: {url: 'jdbc:sqlite:a?x=1'}", 2, "none that"),
                mistake("connections:\n  warehouse: [a]", 2, "below 'warehouse' belong"),
                mistake("connection:\n  warehouse: {}", 1, "no key 'connection'"),
                mistake("", 0, "it names none"),
                mistake("connections:\n  warehouse: {url: hunter2: x}", 2, "is not YAML"),
                mistake("connections:\n  warehouse: *hunter2", 2, "no aliases"),
                mistake("connections:\n  warehouse: !!java.net.URL {}", 2, "'url' is missing"),
                mistake("a: " + "[".repeat(30_000), 1, "levels, one in another"),
                mistake("# " + "x".repeat(70_000), 0, "more than 65,536 bytes"));
    }

    private static Arguments mistake(String text, int line, String... words) {
        return Arguments.of(text, line, words);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsShownByItsLineAndNeverByAValue(String text, int line, String... words)
            throws IOException {
        write("source", text);
        TidemarkException refused = refused();
        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_DEFINITION);
        assertThat(refused).hasMessageContainingAll(words);
        if (line > 0) {
            assertThat(refused).hasMessageContaining("tidemark.yaml, line " + line + ":");
        }
        assertThat(everythingSaidBy(refused)).doesNotContain(SECRET);
    }

    /** With its causes, as a log shows it. */
    private static String everythingSaidBy(Throwable error) {
        StringWriter said = new StringWriter();
        error.printStackTrace(new PrintWriter(said));
        return said.toString();
    }
}
