package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The audit receipt of a run: its manifests, each with its hash and that of the one before. */
class ManifestCommandTest {
    @TempDir private Path folder;

    @BeforeEach
    void writePipeline() throws IOException {
        Program.write(
                folder.resolve("Shop.java"),
                """
                import dev.tidemark.*;
                import dev.tidemark.data.*;
                import java.util.List;

                public final class Shop implements PipelineSource {
                    static final Schema SALE = Schema.of().date("day").integer("cents");
                    static final FileDataset SALES = FileDataset.csv("sales", SALE);
                    static final FileDataset GIFTS = FileDataset.csv("gifts", SALE);

                    @Override public Pipeline pipeline() {
                        var shop = Pipeline.named("shop").schedule(Schedule.daily())
                                .startingOn("2001-02-01");
                        var sales = shop.task("sell", Receipt.class, Shop::sell).produces(SALES);
                        shop.task("give", Receipt.class, sales, Shop::give).produces(GIFTS);
                        return shop.build();
                    }

                    static Receipt sell(TaskContext task) {
                        return task.into(SALES).check(Check.rowsAtLeast(1))
                                .publish(Rows.of(SALE, List.of(SALE.row(task.date(), 100))));
                    }

                    static Receipt give(TaskContext task, Receipt sales) {
                        return task.into(GIFTS).publish(task.from(SALES));
                    }
                }
                """);
        assertThat(tidemark("run", folder.resolve("Shop.java"), "--date=2001-02-01").exitCode())
                .isZero();
    }

    private Program.Result tidemark(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--home", folder.resolve("home")));
        return Program.run(all.toArray());
    }

    private JsonNode sales() {
        Program.Result shown = tidemark("manifest", "1", "--json", "--asset=sales");
        assertThat(shown.exitCode()).as(shown.err()).isZero();
        assertThat(shown.json().get("manifests")).hasSize(1);
        return shown.json().get("manifests").get(0);
    }

    @Test
    void eachPartitionHasItsManifestWithItsHash() {
        Program.Result shown = tidemark("manifest", "1", "--json");
        assertThat(shown.json().get("run_id").stringValue())
                .isEqualTo("backfill__2001-02-01T00:00:00Z");
        assertThat(shown.json().get("manifests"))
                .extracting(it -> it.get("manifest").get("asset").stringValue())
                .containsExactlyInAnyOrder("sales", "gifts");
        assertThat(sales().get("intact").booleanValue()).isTrue();
        assertThat(sales().get("manifest").get("rows").get("published").intValue()).isEqualTo(1);
    }

    @Test
    void aManifestNamesTheOneThatItFollows() {
        String first = sales().get("hash").stringValue();
        assertThat(sales().get("manifest").get("previous").isNull()).isTrue();
        assertThat(
                        tidemark("run", folder.resolve("Shop.java"), "--date=2001-02-01", "--rerun")
                                .exitCode())
                .isZero();
        assertThat(sales().get("manifest").get("previous").stringValue()).isEqualTo(first);
        assertThat(tidemark("manifest", "1").out()).contains("follows     " + first);
    }

    @Test
    void itReadsAsAnAuditorReadsIt() {
        assertThat(tidemark("manifest", "1").out())
                .contains(
                        "sales 2001-02-01, version 2",
                        "follows     none",
                        "written by  sell, attempt 1",
                        "1 read = 1 accepted + 0 rejected + 0 filtered; 1 published",
                        "check       rows at least: expected 1, found 1 rows",
                        "read        sales 2001-02-01, version ");
    }

    @Test
    void oneThatWasAlteredIsNoticed() throws SQLException {
        try (Connection store =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + folder.resolve("home/tidemark.db"));
                Statement statement = store.createStatement()) {
            assertThat(
                            statement.executeUpdate(
                                    """
                                    UPDATE manifests
                                    SET manifest = replace(manifest, '"read":1', '"read":2')
                                    WHERE asset = 'gifts'
                                    """))
                    .isEqualTo(1);
        }
        Program.Result shown = tidemark("manifest", "1");
        assertThat(shown.exitCode()).isEqualTo(ExitCode.FAILED.number());
        assertThat(shown.out().lines().filter(line -> line.contains("it was altered"))).hasSize(1);
        assertThat(tidemark("manifest", "1", "--asset=sales").exitCode()).isZero();
    }
}
