package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.TidemarkException;
import dev.tidemark.core.RunState;
import dev.tidemark.store.AttemptState;
import dev.tidemark.store.AttemptView;
import dev.tidemark.store.PostgresServer;
import dev.tidemark.store.PostgresStore;
import dev.tidemark.store.RunFilter;
import dev.tidemark.store.RunView;
import dev.tidemark.store.StoreReader;
import dev.tidemark.store.TaskView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three servers over one database; the active one is killed, paused beyond its lease, or cut off
 * from the database, and the database itself is restarted, while runs are under way.
 */
class FailoverTest {
    private static final int FAILOVERS = Integer.getInteger("tidemark.failovers", 4);
    private static final long SEED = Long.getLong("tidemark.seed", 20010203);
    private static final int LEASE_SECONDS = 2;

    /** Beyond the lease: a process that was waiting for a core, and the recovery. */
    private static final Duration LATEST = Duration.ofSeconds(LEASE_SECONDS + 10);

    /** The request is under way for so long, at most, when something happens to the server. */
    private static final int LATEST_MILLIS = 1_500;

    private static final LocalDate FIRST = LocalDate.parse("2001-01-01");
    private static final int DAYS = 12;

    @TempDir private Path folder;

    @Test
    void whateverBecomesOfTheActiveServerNothingIsLostOrDoubled() throws Exception {
        PostgresServer database = PostgresServer.start().orElse(null);
        assumeTrue(database != null, "no PostgreSQL server on this machine");
        Path pipelines = pipelines();
        String url = database.newDatabase();
        try (Servers servers = new Servers(database, url, folder, pipelines, LEASE_SECONDS)) {
            for (int i = 0; i < 3; i++) {
                servers.start();
            }
            try (StoreReader reader = awaitStore(url)) {
                Random random = new Random(SEED);
                List<Duration> took = new ArrayList<>();
                for (int round = 0; round < FAILOVERS; round++) {
                    Process request = request(servers, pipelines, url, round);
                    awaitFirstRun(reader, round);
                    request.waitFor(random.nextInt(LATEST_MILLIS), TimeUnit.MILLISECONDS);
                    took.add(disturb(servers, reader, round % 4, database));
                    assertThat(request.waitFor()).as(output(round)).isZero();
                }
                System.err.println("nobody owned the store for " + took);
                assertThat(took).allMatch(each -> each.compareTo(LATEST) < 0);
                assertNothingLostOrDoubled(reader, FAILOVERS * DAYS);
            }
            assertThat(hashes(url)).isEqualTo(undisturbed(pipelines));
        } finally {
            database.close();
        }
    }

    private Path pipelines() throws IOException {
        Path pipelines = Files.createDirectory(folder.resolve("pipelines"));
        try (var source = FailoverTest.class.getResourceAsStream("Numbers.java.txt")) {
            Files.write(
                    pipelines.resolve("Numbers.java"),
                    Objects.requireNonNull(source).readAllBytes());
        }
        return pipelines;
    }

    private static StoreReader awaitStore(String url) throws InterruptedException {
        StoreReader reader =
                Polling.until(
                        "the first server makes the store",
                        () -> {
                            try {
                                return Optional.of(PostgresStore.reader(url));
                            } catch (TidemarkException _) {
                                return Optional.empty();
                            }
                        });
        Servers.awaitOwner(reader, 0);
        return reader;
    }

    private Process request(Servers servers, Path pipelines, String url, int round)
            throws IOException {
        LocalDate from = FIRST.plusDays((long) round * DAYS);
        return Program.start(
                folder.resolve("request" + round),
                "backfill",
                pipelines.resolve("Numbers.java"),
                "--from=" + from,
                "--to=" + from.plusDays(DAYS - 1),
                "--max-active=3",
                "--reprocess=failed",
                "--home",
                servers.home(),
                "--store",
                url);
    }

    /** Before that, a request that finds no database says so and ends, which is right. */
    private static void awaitFirstRun(StoreReader reader, int round) throws InterruptedException {
        Polling.until(
                "the first run of round " + round,
                () ->
                        reader.runs(RunFilter.ALL).stream()
                                .filter(run -> !run.state().isFinal())
                                .findFirst());
    }

    private String output(int round) throws IOException {
        return Files.readString(folder.resolve("request" + round));
    }

    /** How long nobody owned the store. */
    private static Duration disturb(
            Servers servers, StoreReader reader, int how, PostgresServer database)
            throws Exception {
        Servers.Server active = servers.active(reader);
        long epoch = reader.owner().orElseThrow().epoch();
        long since = System.nanoTime();
        switch (how) {
            case 0 -> {
                servers.kill(active);
                Servers.awaitOwner(reader, epoch);
                Duration took = Duration.ofNanos(System.nanoTime() - since);
                servers.start();
                return took;
            }
            case 1 -> Servers.pause(active);
            case 2 -> active.line().cut();
            default -> {
                database.stopImmediately();
                database.restart();
                return Duration.ZERO;
            }
        }
        Servers.awaitOwner(reader, epoch);
        Duration took = Duration.ofNanos(System.nanoTime() - since);
        Servers.goOn(active);
        active.line().mend();
        return took;
    }

    private static void assertNothingLostOrDoubled(StoreReader reader, int intervals) {
        List<RunView> runs = reader.runs(RunFilter.ALL.limit(RunFilter.MAX_LIMIT_RUNS));
        assertThat(runs).hasSize(intervals).allMatch(run -> run.state() == RunState.SUCCEEDED);
        assertThat(runs).extracting(run -> run.identity().interval()).doesNotHaveDuplicates();
        Set<Long> tokens = new HashSet<>();
        for (RunView run : runs) {
            for (String task : List.of("parts", "sum", "publish", "double")) {
                Map<Integer, Integer> successes = new HashMap<>();
                for (AttemptView attempt : reader.attempts(run.number(), task)) {
                    assertThat(tokens.add(attempt.token())).as("%s", attempt).isTrue();
                    if (attempt.status().state() == AttemptState.SUCCEEDED) {
                        successes.merge(attempt.task().element(), 1, Integer::sum);
                    }
                }
                assertThat(successes.values()).as("%s of %s", task, run).containsOnly(1);
                assertThat(successes).hasSize(task.equals("sum") ? 4 : 1);
            }
            assertThat(reader.tasks(run.number()))
                    .extracting(TaskView::state)
                    .allMatch(state -> state.isFinal());
        }
    }

    /** What lies in the files, by asset and day. */
    private static Map<String, String> hashes(String url) {
        Map<String, String> hashes = new HashMap<>();
        try (StoreReader reader = PostgresStore.reader(url)) {
            for (RunView run : reader.runs(RunFilter.ALL.limit(RunFilter.MAX_LIMIT_RUNS))) {
                reader.manifests(run.number())
                        .forEach(
                                manifest -> {
                                    var receipt = manifest.evidence().receipt();
                                    hashes.put(
                                            receipt.asset() + " " + receipt.partition(),
                                            receipt.contentHash());
                                });
            }
        }
        return hashes;
    }

    private Map<String, String> undisturbed(Path pipelines) {
        Program.Result result =
                Program.run(
                        "backfill",
                        pipelines.resolve("Numbers.java"),
                        "--from=" + FIRST,
                        "--to=" + FIRST.plusDays((long) FAILOVERS * DAYS - 1),
                        "--max-active=16",
                        "--home",
                        folder.resolve("undisturbed"),
                        "--json");
        assertThat(result.exitCode()).as(result.err()).isZero();
        Map<String, String> hashes = new HashMap<>();
        for (var run : result.json().get("runs")) {
            for (var manifest : run.get("manifests")) {
                hashes.put(
                        manifest.get("asset").asString()
                                + " "
                                + manifest.get("partition").asString(),
                        manifest.get("content_hash").asString());
            }
        }
        return hashes;
    }
}
