package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What {@code tidemark schedule} prints. */
class ScheduleCommandTest {
    @TempDir private Path folder;

    @Test
    void itPrintsTheFirstIntervalsOnOrAfterADate() {
        Program.Result result =
                schedule("0 2 * * *", "--zone=Europe/Zurich", "--from=2023-03-25", "--count=3");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).startsWith("PARTITION").contains("LENGTH", "RUNS AT");
        assertThat(result.out().lines().skip(2).map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "20230325T010000Z 2023-03-25T02:00:00+01:00 2023-03-26T03:00:00+02:00 1 d"
                                + " 2023-03-26T03:00:00+02:00",
                        "20230326T010000Z 2023-03-26T03:00:00+02:00 2023-03-27T02:00:00+02:00 23 h"
                                + " 2023-03-27T02:00:00+02:00",
                        "20230327T000000Z 2023-03-27T02:00:00+02:00 2023-03-28T02:00:00+02:00 1 d"
                                + " 2023-03-28T02:00:00+02:00");
    }

    @Test
    void jsonIsAnArrayOfIntervalsInUtc() {
        JsonNode intervals =
                schedule(
                                "0 2 * * *",
                                "--zone",
                                "Europe/Zurich",
                                "--from",
                                "2023-03-25",
                                "--count",
                                "2",
                                "--json")
                        .json();
        assertThat(intervals.toString())
                .isEqualTo(
                        """
                        [{"start":"2023-03-25T01:00:00Z","end":"2023-03-26T01:00:00Z",\
                        "logical_date":"2023-03-25T01:00:00Z"},\
                        {"start":"2023-03-26T01:00:00Z","end":"2023-03-27T00:00:00Z",\
                        "logical_date":"2023-03-26T01:00:00Z"}]\
                        """);
    }

    @Test
    void aPipelinesOwnScheduleIsReadWithItsZoneAndItsBounds() throws IOException {
        Path pipeline =
                pipeline(
                        "Schedule.daily().at(\"05:00\").in(\"Europe/Zurich\")",
                        ".startingOn(\"2023-03-25\").endingOn(\"2023-03-26\")");
        JsonNode intervals = schedule(pipeline, "--from=2023-01-01", "--json").json();
        assertThat(intervals.valueStream().map(it -> it.get("start").asString()))
                .containsExactly("2023-03-24T23:00:00Z", "2023-03-25T23:00:00Z");
        assertThat(schedule(pipeline, "--from=2023-01-01").out())
                .contains("2023-03-26  ", "2023-03-27T05:00:00+02:00", "23 h");
        assertThat(schedule(pipeline, "--from=2023-03-27").out())
                .isEqualTo("No interval starts on that date or later.\n");
        assertThat(schedule(pipeline, "--from=2023-03-27", "--json").out()).isEqualTo("[]\n");
        assertThat(schedule(pipeline, "--zone=UTC").err()).contains("has its own zone");
    }

    @Test
    void macrosStandForSchedules() {
        assertThat(schedule("@monthly", "--from=2026-06-18", "--count=1", "--json").out())
                .contains("\"start\":\"2026-07-01T00:00:00Z\",\"end\":\"2026-08-01T00:00:00Z\"");
        assertThat(schedule("@once", "--from=2026-06-18", "--json").json()).hasSize(1);
        assertThat(schedule("@continuous", "--from=2026-06-18").err())
                .contains("@continuous has no intervals to print");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0 0 30 2 *  | never fires, since no month 2 has a day 30; name a day that exists
                    0 2 * *     | has 4 fields; write five
                    61 * * * *  | minute 61 does not exist; write 0 to 59
                    @nightly    | no such macro; there are @annually, @daily
                    """)
    void anExpressionThatMakesNoSenseIsRefusedWithoutAPlaceInCode(
            String expression, String message) {
        Program.Result result = schedule(expression);
        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(result.err())
                .startsWith("error: cron '" + expression + "': ")
                .contains(message)
                .doesNotContain(".java");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void aPipelineThatEndsBeforeItStartsIsRefusedWithItsPlace() throws IOException {
        Path pipeline =
                pipeline(
                        "Schedule.daily()", ".startingOn(\"2023-03-25\").endingOn(\"2023-03-24\")");
        Program.Result result = schedule(pipeline);
        assertThat(result.exitCode()).isEqualTo(ExitCode.PIPELINE.number());
        assertThat(result.err())
                .contains("endingOn 2023-03-24 is before startingOn 2023-03-25", "(Flow.java:");
    }

    @Test
    void aPipelineWithoutAScheduleHasNoIntervals() throws IOException {
        Program.Result result = schedule(pipeline("Schedule.onDemand()", ""));
        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(result.err()).contains("has no intervals to print");
    }

    private Path pipeline(String schedule, String bounds) throws IOException {
        Path file = folder.resolve("Flow.java");
        Program.write(
                file,
                """
                import dev.tidemark.*;

                public final class Flow implements PipelineSource {
                    public Pipeline pipeline() {
                        var p = Pipeline.named("flow").schedule(%s)%s;
                        p.task("one", Integer.class, task -> 1);
                        return p.build();
                    }
                }
                """
                        .formatted(schedule, bounds));
        return file;
    }

    private Program.Result schedule(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("schedule"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--home", folder.resolve("home")));
        return Program.run(all.toArray());
    }
}
