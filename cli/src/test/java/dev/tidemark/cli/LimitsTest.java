package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Pools over a real server: who waits, what is said about it, and what a change does. */
class LimitsTest {
    /** Two tasks that run until a file is there. */
    private static final String GUARDED =
            """
            import dev.tidemark.*;
            import java.nio.file.*;
            import java.util.concurrent.*;

            public final class Guarded implements PipelineSource {
                @Override
                public Pipeline pipeline() {
                    var p = Pipeline.named("guarded")
                            .schedule(Schedule.daily()).startingOn("2001-02-01");
                    p.task("first", Integer.class, Guarded::waits).pool("door");
                    p.task("second", Integer.class, Guarded::waits).pool("door");
                    return p.build();
                }

                static int waits(TaskContext task) throws InterruptedException {
                    while (!Files.exists(Path.of("OPEN"))) {
                        new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
                    }
                    return 1;
                }
            }
            """;

    @TempDir private Path folder;

    @BeforeEach
    void writePipeline() throws IOException {
        String open = folder.resolve("open").toString().replace("\\", "/");
        Program.write(pipeline(), GUARDED.replace("OPEN", open));
    }

    private Path pipelines() {
        return folder.resolve("pipelines");
    }

    private Path pipeline() {
        return pipelines().resolve("Guarded.java");
    }

    private Program.Result tidemark(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--home", folder.resolve("home")));
        return Program.run(all.toArray());
    }

    private Process server(String log) throws IOException, InterruptedException {
        Path output = folder.resolve(log);
        Process server =
                Program.start(
                        output,
                        "server",
                        pipelines(),
                        "--home",
                        folder.resolve("home"),
                        "--no-schedules",
                        "--port=0");
        Polling.until(
                "the server is active",
                () -> Optional.of(read(output)).filter(said -> said.contains("active, epoch")));
        return server;
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** Waits until a task waits for this, and gives all that is said of the run then. */
    private JsonNode untilItWaits(String task, String kind) throws InterruptedException {
        return Polling.until(
                task + " is " + kind,
                () ->
                        Optional.of(tidemark("why", "1/" + task, "--json"))
                                .filter(why -> why.exitCode() == 0)
                                .map(Program.Result::json)
                                .filter(why -> kind(why).equals(kind)));
    }

    private static String kind(JsonNode why) {
        return why.at("/tasks/0/conditions/0/kind").asString();
    }

    @Test
    void whoWaitsForAPoolIsToldByWhomItIsHeldUntilThereIsRoom() throws Exception {
        Process server = server("first.log");
        try {
            Program.Result set = tidemark("pools", "set", "door", "--slots=1");
            assertThat(set.exitCode()).as(set.err()).isZero();
            assertThat(set.out()).contains("Pool door has 1 slot.");
            Process request =
                    Program.start(
                            folder.resolve("request"),
                            "run",
                            pipeline(),
                            "--date=2001-02-01",
                            "--home",
                            folder.resolve("home"));

            JsonNode held = untilItWaits("second", "pool_full").at("/tasks/0/conditions/0");
            assertThat(held.at("/tasks/0").asString()).isEqualTo("1/first");
            assertThat(tidemark("why", "1").out())
                    .contains("it is under way", "1 of 1 slots of pool door; first");
            JsonNode pool = tidemark("pools", "list", "--json").json().at("/pools/0");
            assertThat(pool.get("held").asInt()).isEqualTo(1);
            assertThat(pool.get("waiting").asInt()).isEqualTo(1);

            server.destroyForcibly().waitFor();
            assertThat(tidemark("why", "1").out()).contains("no engine is at work here");

            server = server("second.log");
            // What was lost is tried again behind the one that waited meanwhile.
            untilItWaits("first", "pool_full");
            assertThat(tidemark("pools", "set", "door", "--slots=2").exitCode()).isZero();
            untilItWaits("first", "task_running");
            Files.createFile(folder.resolve("open"));
            assertThat(request.waitFor()).as(read(folder.resolve("request"))).isZero();
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    @Test
    void poolsAreChangedWithoutAServerToo() {
        assertThat(tidemark("pools", "list").out()).isEqualTo("No pools.\n");
        Program.Result set = tidemark("pools", "set", "crm", "--slots=2", "--starts-per-minute=60");
        assertThat(set.out()).contains("2 slots, 60 starts a minute");
        assertThat(tidemark("pools", "list").out()).contains("crm", "2 slots, 60 starts a minute");

        assertThat(tidemark("pools", "remove", "crm").out()).contains("no limit any more");
        assertThat(tidemark("pools", "list").out()).isEqualTo("No pools.\n");
        Program.Result again = tidemark("pools", "remove", "crm");
        assertThat(again.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(again.err()).contains("pool 'crm' is not set");
    }

    @Test
    void limitsThatMakeNoSenseAreRefusedWithTheReason() {
        Program.Result none = tidemark("pools", "set", "crm", "--slots=0");
        assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(none.err()).contains("1 to 10000 slots, not 0", "remove the pool");
        Program.Result still =
                tidemark("pools", "set", "crm", "--slots=1", "--starts-per-minute=0");
        assertThat(still.err()).contains("1 to 100000 starts a minute, not 0");
    }
}
