package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.TidemarkException;
import dev.tidemark.core.RunState;
import dev.tidemark.store.AttemptState;
import dev.tidemark.store.AttemptView;
import dev.tidemark.store.PostgresStore;
import dev.tidemark.store.RunFilter;
import dev.tidemark.store.RunView;
import dev.tidemark.store.StoreReader;
import dev.tidemark.store.TaskView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Requests for the pipeline {@code numbers}, round after round, each for other days, and what must
 * be so after them, whatever became of the servers meanwhile.
 */
final class Rounds {
    private static final LocalDate FIRST = LocalDate.parse("2001-01-01");
    private static final int DAYS = 12;

    private final Path folder;
    private final String url;
    private final Path pipelines;
    private int begun;

    /**
     * @param folder for pipelines, homes and output
     * @param url where the store is
     */
    Rounds(Path folder, String url) throws IOException {
        this.folder = folder;
        this.url = url;
        this.pipelines = Files.createDirectory(folder.resolve("pipelines"));
        try (var source = Rounds.class.getResourceAsStream("Numbers.java.txt")) {
            Files.write(
                    pipelines.resolve("Numbers.java"),
                    Objects.requireNonNull(source).readAllBytes());
        }
    }

    Path pipelines() {
        return pipelines;
    }

    StoreReader awaitStore() throws InterruptedException {
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

    /** A request, which waits until a server has done it. */
    Process request(Servers servers) throws IOException {
        LocalDate from = FIRST.plusDays((long) begun * DAYS);
        begun++;
        return Program.start(
                output(),
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

    /**
     * Waits until the latest request has a run under way; before that, one that finds no database
     * says so and ends, which is right.
     */
    void awaitFirstRun(StoreReader reader) throws InterruptedException {
        Polling.until(
                "the first run of round " + begun,
                () -> asked(reader).stream().filter(run -> !run.state().isFinal()).findFirst());
    }

    void awaitSuccess(Process request) throws IOException, InterruptedException {
        assertThat(request.waitFor()).as(Files.readString(output())).isZero();
    }

    private Path output() {
        return folder.resolve("request" + begun);
    }

    void assertNothingLostOrDoubled(StoreReader reader) {
        assertNothingLostOrDoubled(reader, begun * DAYS);
        assertThat(hashes(reader)).isEqualTo(undisturbed());
    }

    private static void assertNothingLostOrDoubled(StoreReader reader, int intervals) {
        List<RunView> runs = asked(reader);
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

    /** What was asked for: the pipeline's schedule runs the latest day by itself. */
    private static List<RunView> asked(StoreReader reader) {
        return reader.runs(RunFilter.ALL.limit(RunFilter.MAX_LIMIT_RUNS)).stream()
                .filter(run -> run.name().startsWith("backfill__"))
                .toList();
    }

    /** What lies in the files, by asset and day. */
    private static Map<String, String> hashes(StoreReader reader) {
        Map<String, String> hashes = new HashMap<>();
        for (RunView run : asked(reader)) {
            reader.manifests(run.number())
                    .forEach(
                            manifest -> {
                                var receipt = manifest.evidence().receipt();
                                hashes.put(
                                        receipt.asset() + " " + receipt.partition(),
                                        receipt.contentHash());
                            });
        }
        return hashes;
    }

    private Map<String, String> undisturbed() {
        Program.Result result =
                Program.run(
                        "backfill",
                        pipelines.resolve("Numbers.java"),
                        "--from=" + FIRST,
                        "--to=" + FIRST.plusDays((long) begun * DAYS - 1),
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
