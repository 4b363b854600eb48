package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What is published is what the manifests say, unless somebody changed it by hand. */
class AuditCommandTest {
    @TempDir private Path folder;

    @BeforeEach
    void runTwoDays() throws IOException {
        Program.write(
                folder.resolve("Shop.java"),
                """
                import dev.tidemark.*;
                import dev.tidemark.data.*;
                import java.util.List;

                public final class Shop implements PipelineSource {
                    static final Schema SALE =
                            Schema.of().date("day").integer("id").integer("cents");
                    static final FileDataset LANDED = FileDataset.csv("landed", SALE);
                    static final Database BOOKS = Database.sqlite("books", "books.db");
                    static final TableTarget SALES = BOOKS.table("sales", SALE);
                    static final TableTarget PRICES = BOOKS.table("prices", SALE);

                    @Override public Pipeline pipeline() {
                        var shop = Pipeline.named("shop").schedule(Schedule.daily())
                                .startingOn("2001-02-01");
                        var landed = shop.task("land", Receipt.class, Shop::land)
                                .produces(LANDED);
                        var sold = shop.task("sell", Receipt.class, landed, Shop::sell)
                                .produces(SALES);
                        shop.task("price", Receipt.class, sold, Shop::price).produces(PRICES);
                        return shop.build();
                    }

                    static Receipt land(TaskContext task) {
                        return task.into(LANDED).publish(Rows.of(SALE, List.of(
                                SALE.row(task.date(), 1, 100), SALE.row(task.date(), 2, 50))));
                    }

                    static Receipt sell(TaskContext task, Receipt landed) {
                        return task.into(SALES).replaceWindow("day").rows(task.from(LANDED));
                    }

                    static Receipt price(TaskContext task, Receipt sold) {
                        return task.into(PRICES).mergeOn("id").rows(task.from(LANDED));
                    }
                }
                """);
        for (int time = 0; time < 2; time++) {
            assertThat(
                            tidemark(
                                            "backfill",
                                            folder.resolve("Shop.java"),
                                            "--from=2001-02-01",
                                            "--to=2001-02-02",
                                            "--reprocess=all")
                                    .exitCode())
                    .isZero();
        }
    }

    private Program.Result tidemark(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--home", folder.resolve("home")));
        return Program.run(all.toArray());
    }

    private Program.Result audit(Object... more) {
        List<Object> all = new ArrayList<>(List.of("audit", folder.resolve("Shop.java")));
        all.addAll(List.of(more));
        return tidemark(all.toArray());
    }

    private void byHand(String sql) throws SQLException {
        try (Connection books =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + folder.resolve("home/data/books.db"));
                Statement statement = books.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }

    @Test
    void whatNobodyTouchedIsAsItWasPublished() {
        Program.Result sound = audit("--json");
        assertThat(sound.exitCode()).as(sound.out()).isZero();
        assertThat(sound.json()).hasSize(6);
        for (JsonNode piece : sound.json()) {
            assertThat(piece.get("as_published").booleanValue()).isTrue();
            assertThat(piece.get("manifests")).as("published twice").hasSize(2);
            assertThat(piece.get("looked_at").stringValue())
                    .isEqualTo(
                            piece.get("asset").stringValue().equals("books/prices")
                                    ? "manifests_only"
                                    : "rows");
        }
        assertThat(audit("--asset=landed").out()).doesNotContain("books/sales");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE sales SET cents = 99 WHERE day = '2001-02-01' AND id = 1 | content hash",
                "DELETE FROM sales WHERE day = '2001-02-01' AND id = 1 | it has 1 rows, and 2",
                "INSERT INTO sales VALUES ('2001-02-01', 3, 1) | it has 3 rows, and 2",
                "UPDATE tidemark_manifest SET document = replace(document, '\"read\":2',"
                        + " '\"read\":3') WHERE asset = 'books/sales' AND partition_key ="
                        + " '2001-02-01' AND version = 1 | a manifest was altered",
                "DELETE FROM tidemark_manifest WHERE asset = 'books/sales' AND partition_key ="
                        + " '2001-02-01' AND version = 1 | before it lies none",
                "DELETE FROM tidemark_manifest WHERE asset = 'books/sales' AND partition_key ="
                        + " '2001-02-01' | was never published"
            })
    void whatSomebodyChangedInATableIsFound(String change, String found) throws SQLException {
        byHand(change);
        Program.Result altered = audit();
        assertThat(altered.exitCode()).isEqualTo(ExitCode.FAILED.number());
        assertThat(
                        altered.out()
                                .lines()
                                .filter(line -> line.startsWith("books/sales 2001-02-01: ")))
                .isNotEmpty()
                .anySatisfy(line -> assertThat(line).contains(found));
        assertThat(altered.out().lines().filter(line -> line.endsWith("altered"))).hasSize(1);
    }

    @Test
    void aFileThatSomebodyChangedIsFound() throws IOException {
        Path day = folder.resolve("home/data/landed/2001-02-02");
        try (Stream<Path> files = Files.list(day)) {
            Path current =
                    files.filter(Files::isSymbolicLink).findFirst().orElseThrow().toRealPath();
            Files.write(current, new byte[] {1, 2, 3});
        }
        Program.Result altered = audit("--asset=landed");
        assertThat(altered.exitCode()).isEqualTo(ExitCode.FAILED.number());
        assertThat(altered.out()).contains("landed 2001-02-02: ", "it has 3 bytes");
    }

    @Test
    void whatLiesNobodyKnowsWhereIsSaid() throws IOException {
        Path source = folder.resolve("Shop.java");
        Program.write(source, Files.readString(source).replace(".produces(LANDED)", ""));
        Program.Result unknown = audit("--asset=landed");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.FAILED.number());
        assertThat(unknown.out()).contains("no task says that it produces");
    }
}
