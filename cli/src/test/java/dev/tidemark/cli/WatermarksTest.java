package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** How far data is proven: seen, followed by incremental backfills, and put back. */
class WatermarksTest {
    @TempDir private Path folder;

    /** Nine days, of which one fails as long as there is a file {@code down} beside it. */
    @BeforeEach
    void writePipeline() throws IOException {
        Program.write(
                folder.resolve("Sales.java"),
                """
                import dev.tidemark.*;
                import java.nio.file.Files;

                public final class Sales implements PipelineSource {
                    @Override public Pipeline pipeline() {
                        var sales = Pipeline.named("sales").schedule(Schedule.daily())
                                .startingOn("2001-02-01").endingOn("2001-02-09");
                        var load = sales.task("load", String.class, Sales::load);
                        sales.task("reconcile", String.class, load, (task, text) -> text)
                                .advances(Watermark.named("reconciled"));
                        return sales.build();
                    }

                    static String load(TaskContext task) {
                        boolean down = task.date().getDayOfMonth() == 4
                                && Files.exists(task.sourcePath("down"));
                        if (down) {
                            throw new IllegalStateException("the source is down");
                        }
                        return task.date().toString();
                    }
                }
                """);
    }

    private Program.Result tidemark(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--home", folder.resolve("home")));
        return Program.run(all.toArray());
    }

    private Program.Result backfill(Object... more) {
        List<Object> all = new ArrayList<>(List.of("backfill", folder.resolve("Sales.java")));
        all.addAll(List.of(more));
        return tidemark(all.toArray());
    }

    private JsonNode watermark() {
        Program.Result list = tidemark("watermarks", "list", "--json");
        assertThat(list.exitCode()).as(list.err()).isZero();
        assertThat(list.json()).hasSize(1);
        return list.json().get(0);
    }

    private static List<String> actions(Program.Result dryRun) {
        assertThat(dryRun.exitCode()).as(dryRun.err()).isZero();
        return dryRun.json()
                .get("intervals")
                .valueStream()
                .map(
                        it ->
                                it.get("start").stringValue().substring(8, 10)
                                        + " "
                                        + it.get("action").stringValue())
                .toList();
    }

    @Test
    void anIncrementalBackfillStopsBeforeAGapAndGoesOnOnceItIsFilled() throws IOException {
        Files.createFile(folder.resolve("down"));
        assertThat(backfill("--incremental").exitCode()).isEqualTo(ExitCode.FAILED.number());
        JsonNode stands = watermark();
        assertThat(stands.get("at").stringValue()).isEqualTo("2001-02-04T00:00:00Z");
        assertThat(stands.get("intervals_ahead").intValue()).isEqualTo(5);
        assertThat(stands.get("waits_for").get("state").stringValue()).isEqualTo("failed");

        assertThat(actions(backfill("--incremental", "--to=2001-02-06", "--dry-run", "--json")))
                .containsExactly("04 rerun_failed", "05 skip", "06 skip");
        Files.delete(folder.resolve("down"));
        assertThat(backfill("--incremental").exitCode()).isZero();
        assertThat(watermark().get("at").stringValue()).isEqualTo("2001-02-10T00:00:00Z");

        Program.Result nothing = backfill("--incremental");
        assertThat(nothing.exitCode()).as(nothing.err()).isZero();
        assertThat(nothing.out()).contains("Nothing to do");
    }

    @Test
    void aRunMovesItAndAnyOtherBackfillDoesNot() {
        assertThat(backfill("--from=2001-02-02", "--to=2001-02-03").exitCode()).isZero();
        JsonNode proven = watermark();
        assertThat(proven.has("at")).isFalse();
        assertThat(proven.get("intervals_ahead").intValue()).isEqualTo(2);

        assertThat(tidemark("run", folder.resolve("Sales.java"), "--date=2001-02-01").exitCode())
                .isZero();
        assertThat(watermark().get("at").stringValue()).isEqualTo("2001-02-04T00:00:00Z");
    }

    @Test
    void putBackWhatFollowsIsRunAgainAndSomebodySaidWhy() {
        assertThat(backfill("--incremental").exitCode()).isZero();
        Program.Result set =
                tidemark("watermarks", "set", "sales", "2001-02-08", "--reason=prices changed");
        assertThat(set.exitCode()).as(set.err()).isZero();
        assertThat(set.out()).contains("2001-02-08");
        assertThat(actions(backfill("--incremental", "--dry-run", "--json")))
                .containsExactly("08 rerun_all", "09 rerun_all");

        JsonNode shown = tidemark("watermarks", "show", "sales", "--json").json().get(0);
        assertThat(shown.get("moves").get(0).get("by").stringValue())
                .isEqualTo("set: prices changed");
        assertThat(tidemark("watermarks", "show", "sales").out())
                .contains("set: prices changed", "waits for 2001-02-08");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sales 2101-01-01 --reason=x | lies ahead of now",
                "sales someday --reason=x | neither a date",
                "sales 2001-02-03 --reason= | --reason has 1 to",
                "sales 2001-02-03 | --reason",
                "hotels 2001-02-03 --reason=x | no pipeline 'hotels'",
                "sales 2001-02-03 --reason=x --watermark=loaded | no watermark 'loaded'"
            })
    void whatMakesNoSenseIsRefused(String words, String message) {
        assertThat(backfill("--from=2001-02-01", "--to=2001-02-01").exitCode()).isZero();
        List<Object> command = new ArrayList<>(List.of("watermarks", "set"));
        command.addAll(List.of(words.split(" ")));
        Program.Result refused = tidemark(command.toArray());
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(refused.err()).contains(message);
        assertThat(watermark().has("at")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--incremental --from=2001-02-01 | begins where the watermark stands",
                "--incremental --reprocess=all | takes no --reprocess",
                "--incremental --watermark=loaded | has no watermark 'loaded'",
                "--watermark=reconciled --from=2001-02-01 --to=2001-02-01 | goes with --incremental"
            })
    void anIncrementalBackfillSaysWhatItCannotDo(String words, String message) {
        Program.Result refused = backfill((Object[]) words.split(" "));
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(refused.err()).contains(message);
    }
}
