package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the commands show of a run of more task instances than anybody reads. */
class TasksListTest {
    private static final String RUN = "backfill__2001-02-01T00:00:00Z";
    private static final int ELEMENTS = 250;

    /** Every tenth of 250 elements fails. */
    private static final String WIDE =
            """
            import dev.tidemark.*;
            import java.util.List;
            import java.util.stream.IntStream;

            public final class Wide implements PipelineSource {
                @Override
                public Pipeline pipeline() {
                    var p = Pipeline.named("wide")
                            .schedule(Schedule.daily()).startingOn("2001-02-01");
                    var digits = p.list("digits", Integer.class, Wide::digits);
                    p.map("half", Integer.class, digits, Wide::half);
                    return p.build();
                }

                static List<Integer> digits(TaskContext task) {
                    return IntStream.range(0, 250).boxed().toList();
                }

                static int half(TaskContext task, int digit) {
                    if (digit % 10 == 9) {
                        throw new IllegalStateException("no half of " + digit);
                    }
                    return digit / 2;
                }
            }
            """;

    @TempDir private Path folder;

    @BeforeEach
    void writePipeline() throws IOException {
        Program.write(folder.resolve("Wide.java"), WIDE);
    }

    private Program.Result tidemark(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--home", folder.resolve("home")));
        return Program.run(all.toArray());
    }

    private Program.Result run(Object... options) {
        return tidemark(
                Stream.concat(
                                Stream.of("run", folder.resolve("Wide.java"), "--date=2001-02-01"),
                                Stream.of(options))
                        .toArray());
    }

    private static List<String> names(JsonNode page) {
        return page.get("tasks").valueStream().map(task -> task.get("task").asString()).toList();
    }

    @Test
    void aRunOfManyInstancesIsReportedAndShownByTask() {
        Program.Result report = run();

        assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED.number());
        assertThat(report.out())
                .contains("half[9] of 2001-02-01 failed: ", "half[199] of 2001-02-01 failed: ")
                .doesNotContain("half[209]")
                .contains(
                        "5 more of 2001-02-01 failed: tidemark tasks list "
                                + RUN
                                + " --state=failed lists them all.");

        assertThat(tidemark("runs", "show", RUN).out())
                .containsPattern("digits +1 +1 +0 +1 succeeded\n")
                .containsPattern("half +250 +250 +0 +225 succeeded, 25 failed\n")
                .contains("251 task instances. tidemark tasks list " + RUN)
                .doesNotContain("half[");
        assertThat(tidemark("runs", "show", RUN, "--json").json().at("/runs/0/tasks"))
                .hasSize(ELEMENTS + 1);
    }

    @Test
    void pagesOfInstancesJoinUp() {
        run();
        List<String> all = new ArrayList<>();
        List<Object> command = List.of("tasks", "list", RUN, "--limit=100", "--json");
        JsonNode page = tidemark(command.toArray()).json();
        all.addAll(names(page));
        while (!page.get("next_after").isNull()) {
            List<Object> next = new ArrayList<>(command);
            next.add("--after=" + page.get("next_after").asString());
            page = tidemark(next.toArray()).json();
            all.addAll(names(page));
        }

        List<String> expected = new ArrayList<>(List.of("digits"));
        IntStream.range(0, ELEMENTS).mapToObj(i -> "half[" + i + "]").forEach(expected::add);
        assertThat(all).isEqualTo(expected);
    }

    @Test
    void theJsonOfAPageIsTheDocumentedObject() {
        run();

        assertThat(
                        tidemark(
                                        "tasks",
                                        "list",
                                        RUN,
                                        "--task=half",
                                        "--state=failed",
                                        "--limit=1",
                                        "--json")
                                .json())
                .hasToString(
                        "{\"run_id\":\"backfill__2001-02-01T00:00:00Z\",\"pipeline\":\"wide\","
                                + "\"tasks\":[{\"task\":\"half[9]\",\"state\":\"failed\","
                                + "\"attempts\":1,\"losses\":0,"
                                + "\"message\":\"IllegalStateException:"
                                + " no half of 9\"}],"
                                + "\"next_after\":\"half[9]\"}");
    }

    @Test
    void aPageIsATableThatSaysHowToGoOn() {
        run();
        Program.Result first = tidemark("tasks", "list", RUN, "--limit=3");
        Program.Result last =
                tidemark("tasks", "list", RUN, "--state=FAILED", "--after=half[229]", "--limit=2");

        assertThat(first.out())
                .contains("TASK", "digits", "half[0]", "half[1]")
                .endsWith("There are more: add --after='half[1]' to go on.\n");
        assertThat(last.out())
                .contains("half[239]", "half[249]", "no half of 249")
                .doesNotContain("There are more");
        assertThat(tidemark("tasks", "list", RUN, "--state=running").out())
                .isEqualTo("No task instances.\n");
    }

    @Test
    void whatThereIsNoPageOfIsRefused() {
        run();

        Program.Result task = tidemark("tasks", "list", RUN, "--task=third");
        assertThat(task.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(task.err()).contains("has no task 'third'; runs show " + RUN);
        assertThat(tidemark("tasks", "list", RUN, "--after=third[3]").err())
                .contains("has no task 'third' for a page to begin after");
        assertThat(tidemark("tasks", "list", RUN, "--limit=0").err())
                .contains("must be 1 to 10000 task instances, not 0");
        assertThat(tidemark("tasks", "list", "99").err()).contains("there is no run '99'");
    }
}
