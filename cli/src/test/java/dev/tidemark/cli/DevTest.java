package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A scheduler over a folder that somebody works in, as a process of its own. */
class DevTest {
    private static final String PIPELINE =
            """
            import dev.tidemark.*;

            public final class Tick implements PipelineSource {
                @Override
                public Pipeline pipeline() {
                    var p = Pipeline.named("%s").schedule(Schedule.every("1s"));
                    p.task("%s", String.class, task -> task.partition().key());
                    return p.build();
                }
            }
            """;

    @TempDir private Path folder;
    private Optional<Process> started = Optional.empty();

    @AfterEach
    void stop() throws InterruptedException {
        if (started.isPresent()) {
            started.get().destroyForcibly().waitFor();
        }
    }

    private Path file() {
        return folder.resolve("pipelines").resolve("Tick.java");
    }

    private Path home() {
        return folder.resolve("home");
    }

    private void start(Object... more) throws IOException, InterruptedException {
        Object[] arguments = {"dev", folder.resolve("pipelines"), "--home", home()};
        Object[] all = new Object[arguments.length + more.length];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        started = Optional.of(Program.start(log(), all));
    }

    private Path log() {
        return folder.resolve("dev.log");
    }

    private void awaitLine(String text) throws InterruptedException {
        Polling.until(
                text,
                () -> {
                    try {
                        return Files.exists(log())
                                ? Optional.of(Files.readString(log()))
                                        .filter(log -> log.contains(text))
                                : Optional.empty();
                    } catch (IOException e) {
                        return Optional.empty();
                    }
                });
    }

    /** None as long as the process has not begun. */
    private Optional<JsonNode> intervals(String pipeline) {
        Program.Result shown = Program.run("intervals", pipeline, "--json", "--home", home());
        return shown.exitCode() == 0 ? Optional.of(shown.json()) : Optional.empty();
    }

    private long count(String pipeline, String state) {
        return intervals(pipeline).map(them -> count(them, state)).orElse(0L);
    }

    private static long count(JsonNode intervals, String state) {
        return intervals
                .valueStream()
                .filter(it -> it.get("state").asString().equals(state))
                .count();
    }

    private void awaitDone(String pipeline, int least) throws InterruptedException {
        Polling.until(
                least + " intervals are done",
                () -> Optional.of(count(pipeline, "done")).filter(done -> done >= least));
    }

    @Test
    void whatChangesInTheFolderIsLoadedAndWhatIsBrokenLeavesTheRestAlone() throws Exception {
        Program.write(file(), PIPELINE.formatted("tick", "first"));
        start();
        awaitLine("tick scheduled__");
        awaitDone("tick", 2);

        Program.write(file(), PIPELINE.formatted("tick", "second"));
        awaitLine("version " + versionAfter(1));
        Program.write(file(), "public final class Tick {");
        awaitLine("what it held before goes on");
        long done = count("tick", "done");
        awaitDone("tick", (int) done + 2);

        Program.write(
                folder.resolve("pipelines").resolve("Other.java"),
                PIPELINE.formatted("other", "only").replace("Tick", "Other"));
        awaitDone("other", 1);
        Files.delete(file());
        awaitLine("pipeline tick is gone");
    }

    /** The version that was said so many lines after the first. */
    private String versionAfter(int more) throws InterruptedException {
        return Polling.until(
                "another version",
                () -> {
                    try {
                        return Files.readAllLines(log()).stream()
                                .filter(line -> line.contains("pipeline tick, version "))
                                .skip(more)
                                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                                .findFirst();
                    } catch (IOException e) {
                        return Optional.empty();
                    }
                });
    }

    @Test
    void aPausedPipelineStartsNothingUntilItGoesOn() throws Exception {
        Program.write(file(), PIPELINE.formatted("tick", "only"));
        start();
        awaitDone("tick", 1);

        Program.Result paused = Program.run("pause", "tick", "--reason=why", "--home", home());
        assertThat(paused.exitCode()).as(paused.err()).isZero();
        Polling.until(
                "intervals are passed over",
                () -> Optional.of(count("tick", "paused")).filter(it -> it >= 2));
        Program.Result again = Program.run("pause", "tick", "--home", home());
        assertThat(again.err()).contains("pipeline tick is paused already");

        long done = count("tick", "done");
        assertThat(Program.run("unpause", "tick", "--home", home()).exitCode()).isZero();
        awaitDone("tick", (int) done + 1);
        assertThat(Program.run("unpause", "tick", "--home", home()).err())
                .contains("pipeline tick is not paused");
        assertThat(Program.run("pause", "tock", "--home", home()).err())
                .contains("there is no pipeline 'tock'");
    }

    @Test
    void aPauseOutlivesTheProcessAndNeedsNone() throws Exception {
        Program.write(file(), PIPELINE.formatted("tick", "only"));
        start();
        awaitDone("tick", 1);
        stop();
        assertThat(Program.run("pause", "tick", "--home", home()).exitCode()).isZero();
        start();
        Polling.until(
                "intervals are passed over",
                () -> Optional.of(count("tick", "paused")).filter(it -> it >= 2));
    }

    @Test
    void somebodyOutsideIsCalledWhileItIsWell() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        HttpServer outside =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        outside.createContext(
                "/beat",
                exchange -> {
                    calls.incrementAndGet();
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        outside.start();
        try {
            Program.write(file(), PIPELINE.formatted("tick", "only"));
            start("--heartbeat=http://localhost:" + outside.getAddress().getPort() + "/beat");
            Polling.until("a call comes", () -> Optional.of(calls.get()).filter(made -> made == 1));
        } finally {
            outside.stop(0);
        }
        assertThat(Program.run("dev", folder, "--heartbeat=ftp://x", "--home", home()).err())
                .contains("'ftp://x' cannot be called");
    }
}
