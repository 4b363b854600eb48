package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Home;
import dev.tidemark.engine.HomeLock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the commands say and how they end, on small pipelines that are compiled as users' are. */
class CommandsTest {
    private static final String COUNT =
            """
            import dev.tidemark.*;

            public final class Count implements PipelineSource {
                @Override
                public Pipeline pipeline() {
                    var p = Pipeline.named("count")
                            .schedule(Schedule.daily()).startingOn("2001-02-01");
                    var one = p.task("one", Integer.class, Count::one);
                    var two = p.task("two", Integer.class, one, (task, n) -> n + 1);
                    p.task("three", Integer.class, two, (task, n) -> n + 1);
                    return p.build();
                }

                static int one(TaskContext task) {
                    task.log("one is %d", 1);
                    return 1;
                }
            }
            """;

    @TempDir private Path folder;

    @BeforeEach
    void writePipeline() throws IOException {
        Program.write(folder.resolve("Count.java"), COUNT);
    }

    @Test
    void aCircleIsRefusedWithItsNamesAndItsPlace() throws IOException {
        Program.write(
                folder.resolve("Circle.java"),
                """
                import dev.tidemark.*;

                public final class Circle implements PipelineSource {
                    public Pipeline pipeline() {
                        var p = Pipeline.named("circle");
                        var a = p.task("a", Integer.class, task -> 1);
                        var b = p.task("b", Integer.class, a, (task, n) -> n);
                        a.after(b);
                        return p.build();
                    }
                }
                """);
        Program.Result result = tidemark("run", folder.resolve("Circle.java"));

        assertThat(result.exitCode()).isEqualTo(ExitCode.PIPELINE.number());
        assertThat(result.err()).contains("a → b → a", "(Circle.java:9)");
    }

    @Test
    void aCompileErrorIsShownAsTheCompilerShowsIt() throws IOException {
        Program.write(
                folder.resolve("Count.java"), COUNT.replace("return p.build();", "return p;"));
        Program.Result result = tidemark("run", folder.resolve("Count.java"));

        assertThat(result.exitCode()).isEqualTo(ExitCode.PIPELINE.number());
        assertThat(result.err())
                .contains("Count.java:11: error: incompatible types", "return p;", "^");
    }

    @Test
    void aRangeThatMakesNoSenseIsAMisuse() {
        assertThat(count("run", "--from=2001-02-03", "--to=2001-02-01").exitCode())
                .isEqualTo(ExitCode.USAGE.number());
        assertThat(count("run", "--date=2001-01-31").err())
                .contains("2001-01-31 is before count starts, on 2001-02-01");
        assertThat(count("run", "--date=2001-02-30").exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(count("run", "--from=2001-02-01").err()).contains("--from and --to go together");
        assertThat(count("run", "--date=2999-01-01").err()).contains("an interval that is over");
    }

    @Test
    void aHomeThatAnotherHasIsRefused() {
        try (HomeLock lock = HomeLock.take(Home.at(home()))) {
            Program.Result result = count("run", "--date=2001-02-01");
            assertThat(lock).isNotNull();
            assertThat(result.exitCode()).isEqualTo(ExitCode.IN_USE.number());
            assertThat(result.err())
                    .contains("is in use by process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void theJsonOfARunIsTheDocumentedObjectAndNothingElse() {
        JsonNode json = count("run", "--date=2001-02-01", "--json").json();

        assertThat(json)
                .hasToString(
                        "{\"runs\":[{\"run_id\":\"backfill__2001-02-01T00:00:00Z\","
                                + "\"pipeline\":\"count\","
                                + "\"interval\":{\"start\":\"2001-02-01T00:00:00Z\","
                                + "\"end\":\"2001-02-02T00:00:00Z\"},\"state\":\"succeeded\","
                                + "\"tasks\":["
                                + "{\"task\":\"one\",\"state\":\"succeeded\",\"attempts\":1},"
                                + "{\"task\":\"two\",\"state\":\"succeeded\",\"attempts\":1},"
                                + "{\"task\":\"three\",\"state\":\"succeeded\",\"attempts\":1}],"
                                + "\"manifests\":[]}]}");
    }

    @Test
    void aBackfillOverIntervalsThatRanMustSayWhichRunAgain() {
        assertThat(count("run", "--date=2001-02-01").exitCode()).isZero();
        Object[] range = {"--from=2001-02-01", "--to=2001-02-03"};

        Program.Result refused = count("backfill", range);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(refused.err()).contains("1 of the 3 intervals ran already", "--reprocess");

        Program.Result missing = count("backfill", with(range, "--reprocess=missing", "--json"));
        assertThat(missing.exitCode()).isZero();
        assertThat(attempts(missing)).containsExactly(1, 1, 1);
        Program.Result all = count("backfill", with(range, "--reprocess=all", "--json"));
        assertThat(attempts(all)).containsExactly(2, 2, 2);
    }

    @Test
    void aDryRunPrintsThePlanAndChangesNothing() {
        Object[] range = {"--from=2001-02-01", "--to=2001-02-03"};
        Program.Result plan = count("backfill", with(range, "--dry-run"));

        assertThat(plan.exitCode()).isZero();
        assertThat(plan.out()).contains("2001-02-03", "create", "3 of 3 intervals would run");
        assertThat(tidemark("runs", "list").exitCode()).isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void aClearedTaskAndWhatWaitsForItRunAgain() {
        count("run", "--date=2001-02-01");
        String run = "backfill__2001-02-01T00:00:00Z";

        assertThat(tidemark("clear", run, "--task=two", "--downstream", "--dry-run").out())
                .contains("Would change", "two: → waiting", "three: → waiting");
        assertThat(tidemark("clear", run, "--task=two", "--downstream").exitCode()).isZero();
        assertThat(tidemark("runs", "show", run).out()).contains("try 2", "waiting");

        JsonNode tasks = count("run", "--date=2001-02-01", "--json").json().at("/runs/0/tasks");
        assertThat(tasks.valueStream().map(task -> task.get("attempts").asInt()))
                .containsExactly(1, 2, 2);
        assertThat(tidemark("clear", run, "--task=four").err()).contains("no task 'four'");
    }

    @Test
    void whatATaskLoggedCanBeRead() {
        count("run", "--date=2001-02-01");

        Program.Result log = tidemark("tasks", "logs", "1", "one");
        assertThat(log.exitCode()).isZero();
        assertThat(log.out()).contains("one is 1");
        assertThat(tidemark("tasks", "logs", "1", "four").err())
                .contains("no attempt of task 'four'");
        assertThat(tidemark("runs", "show", "99").err()).contains("there is no run '99'");
    }

    private Path home() {
        return folder.resolve("home");
    }

    private Program.Result tidemark(Object... arguments) {
        return Program.run(with(arguments, "--home", home()));
    }

    private Program.Result count(String command, Object... options) {
        return tidemark(with(new Object[] {command, folder.resolve("Count.java")}, options));
    }

    private static Object[] with(Object[] some, Object... more) {
        List<Object> all = new ArrayList<>(List.of(some));
        all.addAll(List.of(more));
        return all.toArray();
    }

    private static List<Integer> attempts(Program.Result result) {
        return result.json()
                .get("runs")
                .valueStream()
                .map(run -> run.at("/tasks/0/attempts").asInt())
                .toList();
    }
}
