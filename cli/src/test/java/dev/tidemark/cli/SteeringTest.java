package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.BackfillState;
import dev.tidemark.core.RunState;
import dev.tidemark.core.TaskState;
import dev.tidemark.store.AttemptView;
import dev.tidemark.store.BackfillSummary;
import dev.tidemark.store.RunFilter;
import dev.tidemark.store.SqliteStore;
import dev.tidemark.store.StoreReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real server is asked to do with work that is under way. */
class SteeringTest {
    private static final String DAY = "2001-02-01";

    @TempDir private Path folder;

    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void begin() throws Exception {
        BackfillsTest.writeGates(folder);
        server();
    }

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    private Process server() throws Exception {
        Path log = folder.resolve("server" + processes.size());
        Process server =
                Program.start(
                        log,
                        "server",
                        gates(),
                        "--home",
                        home(),
                        "--port=0",
                        "--lease=2",
                        "--no-schedules");
        processes.add(server);
        awaitSaid(log, "active, epoch");
        return server;
    }

    private static void awaitSaid(Path log, String text) throws InterruptedException {
        Polling.until(
                text,
                () -> {
                    try {
                        return Optional.of(Files.readString(log)).filter(it -> it.contains(text));
                    } catch (IOException _) {
                        return Optional.empty();
                    }
                });
    }

    private Path gates() {
        return folder.resolve("Gates.java");
    }

    private Path home() {
        return folder.resolve("home");
    }

    private Path said() {
        return folder.resolve("request");
    }

    private Process request(String to) throws IOException {
        Process request =
                Program.start(
                        said(),
                        "backfill",
                        gates(),
                        "--from=" + DAY,
                        "--to=" + to,
                        "--max-active=1",
                        "--home",
                        home());
        processes.add(request);
        return request;
    }

    private Program.Result tidemark(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--home", home()));
        return Program.run(all.toArray());
    }

    private void open(String gate) throws IOException {
        Files.createFile(folder.resolve(gate));
    }

    private <T> T await(String what, Function<StoreReader, Optional<T>> question)
            throws InterruptedException {
        return Polling.until(
                what,
                () -> {
                    try (StoreReader store = SqliteStore.reader(home().resolve("tidemark.db"))) {
                        return question.apply(store);
                    }
                });
    }

    private void awaitRunning() throws InterruptedException {
        await(
                "the first task runs",
                store ->
                        store.tasks(1).stream()
                                .filter(task -> task.state() == TaskState.RUNNING)
                                .findFirst());
    }

    private BackfillSummary backfill() throws InterruptedException {
        return await("the backfill", store -> store.backfillInShort(1));
    }

    private int runs() throws InterruptedException {
        return await("runs", store -> Optional.of(store.runs(RunFilter.ALL).size()));
    }

    @Test
    void aPausedBackfillStartsNothingAlsoUnderTheNextServerUntilItIsResumed() throws Exception {
        Process request = request("2001-02-03");
        awaitRunning();
        assertThat(tidemark("backfills", "pause", "1").out()).contains("Backfill 1 is paused");
        awaitSaid(said(), "Backfill 1 is paused. This waits until somebody resumes it");
        open("open");
        await(
                "the run under way ends",
                store -> store.run(1).filter(run -> run.state() == RunState.SUCCEEDED));
        processes.getFirst().destroyForcibly().waitFor();
        server();
        assertThat(tidemark("backfills", "pause", "1").exitCode()).isZero();
        assertThat(runs()).isEqualTo(1);
        assertThat(backfill().state()).isEqualTo(BackfillState.PAUSED);

        assertThat(tidemark("backfills", "resume", "1").out()).contains("Backfill 1 goes on.");
        assertThat(request.waitFor()).as(Files.readString(said())).isZero();
        assertThat(runs()).isEqualTo(3);
        assertThat(Files.readString(said())).contains("3 succeeded");
    }

    @Test
    void aCancelledBackfillStopsAndWhatItLeftIsRunByItsNumber() throws Exception {
        Process request = request("2001-02-03");
        awaitRunning();
        Program.Result cancelled =
                tidemark("backfills", "cancel", "1", "--reason=the wrong source");
        assertThat(cancelled.exitCode()).as(cancelled.err()).isZero();
        assertThat(request.waitFor()).isEqualTo(ExitCode.FAILED.number());
        assertThat(Files.readString(said()))
                .contains("1 cancelled, 2 not started")
                .contains("Cancelled: the wrong source");

        open("open");
        Program.Result rerun = tidemark("backfills", "rerun", "1");
        assertThat(rerun.exitCode()).as(rerun.out() + rerun.err()).isZero();
        assertThat(rerun.out()).contains("Backfill 2: of 3 intervals 3 succeeded");
        assertThat(tidemark("backfills", "rerun", "1").err()).contains("left nothing to rerun");
    }

    /** The task goes on as if nobody had stopped it; what it publishes then is void. */
    @Test
    void anAttemptThatDoesNotListenIsFencedAndPublishesNothing() throws Exception {
        Process request = request(DAY);
        awaitRunning();
        Program.Result plan = tidemark("cancel", "1", "pass", "--dry-run");
        assertThat(plan.out())
                .contains("pass: running → cancelled, its attempt is stopped")
                .contains("after: waiting → upstream_failed");
        Program.Result cancelled = tidemark("cancel", "1", "pass", "--reason=hangs");
        assertThat(cancelled.exitCode()).as(cancelled.err()).isZero();
        assertThat(request.waitFor()).isEqualTo(ExitCode.FAILED.number());

        open("open");
        AttemptView late =
                await(
                        "the attempt tells how it ended",
                        store ->
                                store.attempts(1, "pass").stream()
                                        .filter(it -> it.status().late().isPresent())
                                        .findFirst());
        assertThat(late.status().message()).contains("hangs");
        assertThat(published()).isEmpty();
        assertThat(tidemark("tasks", "logs", "1", "pass").out())
                .contains("was stopped; it publishes nothing any more");

        Program.Result again = tidemark("rerun", "1");
        assertThat(again.exitCode()).as(again.out() + again.err()).isZero();
        assertThat(published()).hasSize(1);
    }

    /** What readers are led to. */
    private List<Path> published() throws IOException {
        Path data = home().resolve("data");
        if (!Files.exists(data)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(file -> file.getFileName().toString().startsWith("current."))
                    .toList();
        }
    }

    @Test
    void aRunningTaskCanBeMarkedAndARunCancelledAsAWhole() throws Exception {
        Process request = request("2001-02-02");
        awaitRunning();
        Program.Result marked = tidemark("mark", "1", "pass", "--success");
        assertThat(marked.exitCode()).as(marked.err()).isZero();
        await(
                "the second interval runs",
                store -> store.run(2).filter(run -> run.state() == RunState.RUNNING));
        assertThat(tidemark("runs", "show", "1").out()).contains("succeeded");
        assertThat(tidemark("cancel", "2").out()).contains("Cancelled backfill__2001-02-02");
        assertThat(request.waitFor()).isEqualTo(ExitCode.FAILED.number());
        assertThat(Files.readString(said())).contains("1 succeeded, 1 cancelled");
    }
}
