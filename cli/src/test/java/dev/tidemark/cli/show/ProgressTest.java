package dev.tidemark.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.cli.show.Status.Running;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Terminal LIVE =
            new Terminal(80, EnumSet.of(Terminal.Ability.REDRAW, Terminal.Ability.UNICODE));
    private static final Ended FAILURE =
            new Ended(
                    "2001-02-03 extract",
                    Ended.Outcome.FAILED,
                    Duration.ofMillis(1_250),
                    "no such file");
    private static final Ended SUCCESS =
            new Ended("2001-02-03 curate", Ended.Outcome.SUCCEEDED, Duration.ofMillis(12), "");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void aBlockShowsIntervalsRunningTasksAndTheLast() {
        Progress progress = new Progress(out, LIVE);

        progress.tick(status(7, running(2), Optional.of("2001-02-07, 3.2 s")), START);

        assertThat(screen())
                .isEqualTo(
                        """
                        flights  ██████░░░░░░░░░░░░░░░░░░  7/28 intervals
                          task-0  0 ms
                          task-1  1.0 s
                          last: 2001-02-07, 3.2 s
                        """);
    }

    @Test
    void withoutUnicodeTheBarIsAscii() {
        Progress progress = new Progress(out, new Terminal(80, Set.of(Terminal.Ability.REDRAW)));

        progress.tick(status(14, List.of(), Optional.empty()), START);

        assertThat(screen()).isEqualTo("flights  [############------------]  14/28 intervals\n");
    }

    @Test
    void theNextBlockIsDrawnOverTheLast() {
        Progress progress = new Progress(out, LIVE);
        progress.tick(status(7, running(3), Optional.empty()), START);
        progress.tick(status(28, List.of(), Optional.empty()), START.plusMillis(100));

        assertThat(screen()).isEqualTo("flights  ████████████████████████  28/28 intervals\n");
    }

    @Test
    void itIsDrawnAtMostTenTimesASecond() {
        Progress progress = new Progress(out, LIVE);
        progress.tick(status(1, List.of(), Optional.empty()), START);
        int drawn = bytes.size();
        progress.tick(status(2, List.of(), Optional.empty()), START.plusMillis(99));
        assertThat(bytes.size()).isEqualTo(drawn);

        progress.tick(status(2, List.of(), Optional.empty()), START.plusMillis(100));
        assertThat(bytes.size()).isGreaterThan(drawn);
    }

    @Test
    void aClockSetBackDoesNotStopIt() {
        Progress progress = new Progress(out, LIVE);
        progress.tick(status(1, List.of(), Optional.empty()), START);
        progress.tick(status(2, List.of(), Optional.empty()), START.minusSeconds(3_600));

        assertThat(screen()).contains("2/28 intervals");
    }

    @Test
    void itErasesItselfAtTheEndAndLeavesFailures() {
        Progress progress = new Progress(out, LIVE);
        progress.tick(status(1, running(2), Optional.empty()), START);
        progress.ended(SUCCESS);
        progress.ended(FAILURE);
        assertThat(screen())
                .startsWith("✗ failed 2001-02-03 extract, 1.2 s, no such file\nflights  ")
                .endsWith("task-1  1.0 s\n");

        progress.close();
        assertThat(screen()).isEqualTo("✗ failed 2001-02-03 extract, 1.2 s, no such file\n");
    }

    @Test
    void manyRunningTasksAreCounted() {
        Progress progress = new Progress(out, LIVE);

        progress.tick(status(1, running(20), Optional.empty()), START);

        assertThat(screen().lines()).hasSize(8).last().isEqualTo("  and 14 more");
    }

    @Test
    void noLineIsAsWideAsTheTerminal() {
        Progress progress =
                new Progress(out, new Terminal(30, EnumSet.of(Terminal.Ability.REDRAW)));

        progress.tick(status(1, running(20), Optional.of("x".repeat(200))), START);

        assertThat(screen().lines()).allMatch(line -> line.length() <= 29);
    }

    @Test
    void workOfUnknownLengthIsCounted() {
        Progress progress = new Progress(out, LIVE);

        progress.tick(
                new Status(
                        "flights",
                        new Status.Measure(3, 0, Optional.empty()),
                        List.of(),
                        Optional.empty()),
                START);

        assertThat(screen()).isEqualTo("flights  3 intervals\n");
    }

    @Test
    void whereNothingCanBeRedrawnALineNowAndThenSaysHowFarItIs() {
        Progress progress = new Progress(out, Terminal.PLAIN);
        for (int seconds = 0; seconds <= 25; seconds++) {
            Status.Measure measure =
                    new Status.Measure(seconds, 28, Optional.of(Duration.ofSeconds(28 - seconds)));
            progress.tick(
                    new Status("flights", measure, List.of(), Optional.empty()),
                    START.plusSeconds(seconds));
        }
        assertThat(screen())
                .isEqualTo(
                        """
                        flights: 10/28 intervals, about 18.0 s left
                        flights: 20/28 intervals, about 8.0 s left
                        """);
    }

    @Test
    void whereNothingCanBeRedrawnEachEndIsALine() {
        Progress progress = new Progress(out, Terminal.PLAIN);
        progress.tick(status(1, running(2), Optional.empty()), START);
        progress.ended(SUCCESS);
        progress.ended(FAILURE);
        progress.close();

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        """
                        succeeded 2001-02-03 curate, 12 ms
                        failed 2001-02-03 extract, 1.2 s, no such file
                        """);
    }

    private static Status status(long done, List<Running> running, Optional<String> last) {
        return new Status("flights", new Status.Measure(done, 28, Optional.empty()), running, last);
    }

    private static List<Running> running(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Running("task-" + i, Duration.ofSeconds(i)))
                .toList();
    }

    /** What a terminal would show of all that was written. */
    private String screen() {
        return Screen.showing(bytes.toString(StandardCharsets.UTF_8));
    }
}
