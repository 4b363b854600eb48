package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The example of the README, on its real data, as a new user runs it. */
class FlightsTest {
    private static final Path FLIGHTS = Program.example("flights");

    @TempDir private Path folder;

    @Test
    void aWeekIsRunAndCountedAndNothingIsDoubledByTheSameCommand() throws Exception {
        JsonNode first = json("--from", "2001-02-01", "--to", "2001-02-07");

        assertThat(first.get("runs").size()).isEqualTo(7);
        assertThat(rows(first, 0, "accepted")).isEqualTo("17111 = 17109 + 2 + 0, 17109");
        assertThat(rows(first, 1, "accepted")).isEqualTo("17088 = 17087 + 1 + 0, 17087");
        assertThat(rows(first, 2, "accepted")).isEqualTo("14979 = 14978 + 1 + 0, 14978");
        assertThat(rows(first, 3, "accepted")).isEqualTo("16292 = 16292 + 0 + 0, 16292");
        assertThat(rows(first, 0, "warehouse/delays_by_route"))
                .isEqualTo("17109 = 17109 + 0 + 0, 3190");

        JsonNode second = json("--from", "2001-02-01", "--to", "2001-02-07");
        assertThat(second).isEqualTo(first);
        assertThat(warehouse("SELECT sum(flights) FROM delays_by_route WHERE day = '2001-02-01'"))
                .isEqualTo(17109);
        assertThat(
                        warehouse(
                                "SELECT sum(delay_minutes) FROM delays_by_route WHERE day ="
                                        + " '2001-02-01'"))
                .isEqualTo(10534);
    }

    @Test
    void aRerunPublishesTheSameContentAgain() throws Exception {
        JsonNode first = json("--date", "2001-02-03");
        JsonNode again = json("--date", "2001-02-03", "--rerun");

        assertThat(hashes(again)).isEqualTo(hashes(first));
        assertThat(again.at("/runs/0/tasks/0/attempts").asInt()).isEqualTo(2);
        assertThat(warehouse("SELECT count(*) FROM delays_by_route")).isEqualTo(3191);
    }

    @Test
    void aBackfillOfAMonthNeverHasMoreRunsActiveThanItMay() throws Exception {
        Program.Result result =
                Program.run(
                        "backfill",
                        FLIGHTS,
                        "--from=2001-02-01",
                        "--to=2001-02-28",
                        "--max-active=3",
                        "--json",
                        "--home",
                        home());
        assertThat(result.exitCode()).as(result.err()).isZero();

        assertThat(result.json().get("runs").size()).isEqualTo(28);
        assertThat(mostActiveAtOnce()).isBetween(2, 3);
        assertThat(warehouse("SELECT sum(flights) FROM delays_by_route")).isEqualTo(458_141);
        assertThat(warehouse("SELECT sum(delay_minutes) FROM delays_by_route"))
                .isEqualTo(4_108_142);
    }

    @Test
    void aMissingFileFailsItsDayOnlyAndTheSameCommandGoesOnOnceItIsThere() throws Exception {
        Path copy = Program.copyOf(FLIGHTS, folder.resolve("copy"));
        Path file = copy.resolve("data/flights-2001-02-02.csv.gz");
        Files.move(file, folder.resolve("away"));
        Object[] command = {"run", copy, "--from=2001-02-01", "--to=2001-02-03", "--home", home()};

        Program.Result without = Program.run(command);
        assertThat(without.exitCode()).isEqualTo(ExitCode.FAILED.number());
        assertThat(without.out()).contains("INPUT_MISSING", "flights-2001-02-02.csv.gz");

        Files.move(folder.resolve("away"), file);
        Program.Result with = Program.run(command);
        assertThat(with.exitCode()).as(with.out()).isZero();
        assertThat(warehouse("SELECT count(DISTINCT day) FROM delays_by_route")).isEqualTo(3);
    }

    @Test
    void yesterdaysFileUnderTodaysNameIsNotPublished() throws Exception {
        Path copy = Program.copyOf(FLIGHTS, folder.resolve("copy"));
        Path today = copy.resolve("data/flights-2001-02-02.csv.gz");
        Files.delete(today);
        Files.copy(copy.resolve("data/flights-2001-02-01.csv.gz"), today);

        Program.Result result =
                Program.run("run", copy, "--from=2001-02-01", "--to=2001-02-02", "--home", home());

        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED.number());
        assertThat(result.out()).contains("SAME_INPUT_AS_BEFORE");
        assertThat(warehouse("SELECT count(DISTINCT day) FROM delays_by_route")).isEqualTo(1);
    }

    @Test
    void aBrokenFileIsNamedAndNothingOfItIsPublished() throws Exception {
        Path copy = Program.copyOf(FLIGHTS, folder.resolve("copy"));
        Path file = copy.resolve("data/flights-2001-02-01.csv.gz");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));

        Program.Result result = Program.run("run", copy, "--date=2001-02-01", "--home", home());

        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED.number());
        assertThat(result.out()).contains("INPUT_UNREADABLE", "flights-2001-02-01.csv.gz");
        Path landing = folder.resolve("home/data/landing/2001-02-01");
        assertThat(landing.resolve("current.csv.gz")).doesNotExist();
    }

    private Path home() {
        return folder.resolve("home");
    }

    private JsonNode json(Object... options) {
        List<Object> arguments =
                new ArrayList<>(List.of("run", FLIGHTS, "--json", "--home", home()));
        arguments.addAll(List.of(options));
        Program.Result result = Program.run(arguments.toArray());
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.json();
    }

    /** {@code read = accepted + rejected + filtered, published}. */
    private static String rows(JsonNode report, int run, String asset) {
        for (JsonNode manifest : report.at("/runs/" + run + "/manifests")) {
            if (manifest.get("asset").asString().equals(asset)) {
                JsonNode rows = manifest.get("rows");
                return "%d = %d + %d + %d, %d"
                        .formatted(
                                rows.get("read").asLong(),
                                rows.get("accepted").asLong(),
                                rows.get("rejected").asLong(),
                                rows.get("filtered").asLong(),
                                rows.get("published").asLong());
            }
        }
        return "no manifest of " + asset;
    }

    private static List<String> hashes(JsonNode report) {
        return report.get("runs")
                .valueStream()
                .flatMap(run -> run.get("manifests").valueStream())
                .map(manifest -> manifest.get("asset") + " " + manifest.get("content_hash"))
                .sorted()
                .toList();
    }

    private long warehouse(String sql) throws SQLException {
        String url = "jdbc:duckdb:" + home().resolve("data/warehouse.duckdb");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** From the store's own record of when each run began and ended. */
    private int mostActiveAtOnce() throws SQLException, IOException {
        List<Instant> starts = new ArrayList<>();
        List<Instant> ends = new ArrayList<>();
        try (var store = dev.tidemark.store.SqliteStore.reader(home().resolve("tidemark.db"))) {
            store.runs(dev.tidemark.store.RunFilter.ALL)
                    .forEach(
                            run -> {
                                starts.add(run.times().started().orElseThrow());
                                ends.add(run.times().ended().orElseThrow());
                            });
        }
        return starts.stream()
                .mapToInt(
                        at ->
                                (int)
                                        (starts.stream().filter(s -> !s.isAfter(at)).count()
                                                - ends.stream()
                                                        .filter(e -> !e.isAfter(at))
                                                        .count()))
                .max()
                .orElse(0);
    }
}
