package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Backfills, and what is done by hand, over a home without a server. */
class BackfillsTest {
    @TempDir private Path folder;

    @BeforeEach
    void writePipeline() throws IOException {
        writeGates(folder);
        Files.createFile(folder.resolve("open"));
    }

    /** Writes the pipeline, whose gates and walls are files of that folder. */
    static Path writeGates(Path folder) throws IOException {
        Path file = folder.resolve("Gates.java");
        try (var source = BackfillsTest.class.getResourceAsStream("Gates.java.txt")) {
            Program.write(
                    file,
                    new String(
                                    Objects.requireNonNull(source).readAllBytes(),
                                    StandardCharsets.UTF_8)
                            .replace("@FOLDER@", folder.toString()));
        }
        return file;
    }

    private Path gates() {
        return folder.resolve("Gates.java");
    }

    private void wall(String day) throws IOException {
        Files.createFile(folder.resolve("wall-" + day));
    }

    private void noWall(String day) throws IOException {
        Files.delete(folder.resolve("wall-" + day));
    }

    private Program.Result tidemark(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--home", folder.resolve("home")));
        return Program.run(all.toArray());
    }

    private Program.Result backfill(Object... options) {
        List<Object> all = new ArrayList<>(List.of("backfill", gates()));
        all.addAll(List.of(options));
        return tidemark(all.toArray());
    }

    @Test
    void whatFailedIsNamedAndRunAgainByItsNumber() throws IOException {
        wall("2001-02-03");
        Program.Result first =
                backfill("--from=2001-02-01", "--to=2001-02-05", "--reason=the source was mended");
        assertThat(first.exitCode()).isEqualTo(ExitCode.FAILED.number());
        assertThat(first.out())
                .contains("Backfill 1: of 5 intervals 4 succeeded, 1 failed; it took")
                .contains("failed: IllegalArgumentException: there is a wall on 2001-02-03")
                .contains("tidemark backfills rerun 1");

        Program.Result shown = tidemark("backfills", "show", "1");
        assertThat(shown.out())
                .contains("Backfill 1 of gates: completed with failures, 1 intervals failed")
                .contains("Reason: the source was mended")
                .contains("4 succeeded, 1 failed, 0 cancelled, 0 under way, 0 left alone")
                .contains("there is a wall on 2001-02-03");

        Program.Result plan = tidemark("backfills", "rerun", "1", "--dry-run");
        assertThat(plan.out()).contains("2001-02-03").contains("1 of 1 intervals would run");
        Program.Result noCode = tidemark("backfills", "rerun", "1");
        assertThat(noCode.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(noCode.err()).contains("name its file, folder or jar after the number");

        noWall("2001-02-03");
        Program.Result again = tidemark("backfills", "rerun", "1", gates(), "--reason=no wall");
        assertThat(again.exitCode()).as(again.out() + again.err()).isZero();
        JsonNode list = tidemark("backfills", "list", "--json").json().get("backfills");
        assertThat(list.valueStream().map(one -> one.get("backfill").asInt()))
                .containsExactly(2, 1);
        assertThat(list.get(0).get("reason").asString()).isEqualTo("rerun of backfill 1: no wall");
        assertThat(list.get(0).at("/intervals/succeeded").asInt()).isEqualTo(1);

        Program.Result nothing = tidemark("backfills", "rerun", "1", gates());
        assertThat(nothing.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(nothing.err()).contains("backfill 1 left nothing to rerun");
    }

    @Test
    void aListOfDatesRunsNewestFirstAndHaltsWhereItWasTold() throws IOException {
        wall("2001-02-09");
        wall("2001-02-07");
        Program.Result halted =
                backfill(
                        "--dates=2001-02-03,2001-02-09,2001-02-07",
                        "--order=newest",
                        "--max-active=1",
                        "--halt-after=2");
        assertThat(halted.exitCode()).isEqualTo(ExitCode.FAILED.number());
        assertThat(halted.out())
                .contains("of 3 intervals 2 failed, 1 not started")
                .contains("Halted: 2 intervals failed in a row");
        JsonNode shown = tidemark("backfills", "show", "1", "--json").json();
        assertThat(shown.get("state").asString()).isEqualTo("halted");
        assertThat(shown.get("order").asString()).isEqualTo("newest");
        assertThat(shown.at("/intervals/not_started").asInt()).isEqualTo(1);
        assertThat(shown.get("failed").valueStream().map(one -> one.get("error").asString()))
                .containsExactlyInAnyOrder(
                        "IllegalArgumentException: there is a wall on 2001-02-07",
                        "IllegalArgumentException: there is a wall on 2001-02-09");

        noWall("2001-02-09");
        noWall("2001-02-07");
        assertThat(tidemark("backfills", "rerun", "1", gates()).exitCode()).isZero();
        assertThat(tidemark("runs", "list", "--backfill=2").out())
                .contains("2001-02-03", "2001-02-07", "2001-02-09");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--from=2001-02-03 | --to=2001-02-01 | before it starts on 2001-02-03",
                "--from=2001-02-03 | --dates=2001-02-04 | say which dates",
                "--from=2001-02-03 | --max-active=2 | --from and --to go together",
                "--max-active=2 | --halt-after=2 | say which dates",
                "--dates=2001-02-30 | --halt-after=2 | '2001-02-30' is not a date",
                "--dates=2001-02-03 | --halt-after=0 | halt after must be 1 to 100000",
                "--from=0001-01-01 | --to=9999-01-01 | before gates starts, on 2001-01-01"
            })
    void whatMakesNoSenseIsRefusedWithWhatToDo(String one, String other, String message) {
        Program.Result refused = backfill(one, other);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(refused.err()).contains(message);
    }

    @Test
    void tenMillionIntervalsAreRefusedWithTheDaysToAskForFirst() throws IOException {
        Program.write(
                folder.resolve("Seconds.java"),
                """
                import dev.tidemark.*;

                public final class Seconds implements PipelineSource {
                    public Pipeline pipeline() {
                        var p = Pipeline.named("seconds")
                                .schedule(Schedule.every("1s")).startingOn("2001-01-01");
                        p.task("tick", Integer.class, task -> 1);
                        return p.build();
                    }
                }
                """);
        Program.Result refused =
                tidemark(
                        "backfill",
                        folder.resolve("Seconds.java"),
                        "--from=2001-01-01",
                        "--to=2001-04-26");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(refused.err())
                .contains("holds more than 100000 intervals")
                .contains("Ask for the days up to 2001-01-01 first");
    }

    @Test
    void aTaskMarkedByHandLetsTheRunGoOn() throws IOException {
        wall("2001-02-03");
        assertThat(backfill("--dates=2001-02-03").exitCode()).isEqualTo(1);

        Program.Result plan =
                tidemark("mark", "1", "pass", "--success", "--reason=by Ann", "--dry-run");
        assertThat(plan.out())
                .contains("nothing was changed")
                .contains("the run: try 2 begins")
                .contains("pass: → waiting")
                .contains("pass: waiting → succeeded, marked by hand: by Ann")
                .contains("after: → waiting");
        assertThat(tidemark("runs", "show", "1").out()).contains("failed");

        Program.Result marked = tidemark("mark", "1", "pass", "--success", "--reason=by Ann");
        assertThat(marked.exitCode()).as(marked.err()).isZero();
        assertThat(marked.out())
                .contains("Marked pass in backfill__2001-02-03")
                .contains("Run the pipeline for this interval");
        Program.Result goesOn = tidemark("run", gates(), "--date=2001-02-03");
        assertThat(goesOn.exitCode()).as(goesOn.out()).isZero();

        Program.Result failed = tidemark("mark", "1", "after", "--failed");
        assertThat(failed.out()).contains("the run is failed");
        assertThat(tidemark("mark", "1", "after", "--failed").err())
                .contains("has already ended as FAILED");
        assertThat(tidemark("mark", "1", "after").err()).contains("either --success or --failed");
        assertThat(tidemark("mark", "1", "--failed").err()).contains("say which tasks");
        assertThat(tidemark("mark", "1", "nobody", "--failed").err())
                .contains("there is no task 'nobody'; the tasks are [pass, after]");
    }

    @Test
    void aRunIsRunAgainAtOnce() throws IOException {
        wall("2001-02-03");
        backfill("--dates=2001-02-03");
        noWall("2001-02-03");

        Program.Result plan = tidemark("rerun", "1", "--only-failed", "--dry-run");
        assertThat(plan.out()).contains("pass: → waiting").contains("after: → waiting");
        Program.Result again = tidemark("rerun", "1", gates(), "--only-failed");
        assertThat(again.exitCode()).as(again.out() + again.err()).isZero();
        assertThat(tidemark("rerun", "1", gates(), "--only-failed").out())
                .contains("Nothing to run again");
        Program.Result all = tidemark("rerun", "1", gates(), "--json");
        assertThat(all.json().at("/runs/0/tasks/0/attempts").asInt()).isEqualTo(3);
        assertThat(tidemark("backfills", "list").out()).contains("rerun of run 1");
    }

    @Test
    void whatHasEndedIsNotCancelledOrPaused() {
        backfill("--dates=2001-02-03");
        assertThat(tidemark("cancel", "1").err()).contains("has already SUCCEEDED");
        assertThat(tidemark("cancel", "1", "after").err()).contains("has already SUCCEEDED");
        assertThat(tidemark("backfills", "pause", "1").err())
                .contains("backfill 1 has ended: completed");
        assertThat(tidemark("backfills", "cancel", "9").err()).contains("there is no backfill 9");
    }
}
