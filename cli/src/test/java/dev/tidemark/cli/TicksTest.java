package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.Interval;
import dev.tidemark.core.RunState;
import dev.tidemark.store.PostgresServer;
import dev.tidemark.store.RunFilter;
import dev.tidemark.store.RunView;
import dev.tidemark.store.StoreReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers over one database that keep a schedule of seconds while things happen to them. */
class TicksTest {
    private static final int ROUNDS = Integer.getInteger("tidemark.ticks", 4);
    private static final int LEASE_SECONDS = 2;
    private static final int TICKS_BETWEEN = 3;
    private static final String PIPELINE =
            """
            import dev.tidemark.*;

            public final class Ticking implements PipelineSource {
                @Override
                public Pipeline pipeline() {
                    var p = Pipeline.named("ticking").schedule(Schedule.every("1s"))
                            .maxActiveRuns(5);
                    p.task("only", String.class, task -> task.partition().key());
                    return p.build();
                }
            }
            """;

    @TempDir private Path folder;

    @Test
    void eachSecondHasOneRunWhateverBecomesOfTheServers() throws Exception {
        PostgresServer database = PostgresServer.start().orElse(null);
        assumeTrue(database != null, "no PostgreSQL server on this machine");
        Path pipelines = folder.resolve("ticking");
        Program.write(pipelines.resolve("Ticking.java"), PIPELINE);
        String url = database.newDatabase();
        Rounds rounds = new Rounds(folder, url);
        try (Servers servers = new Servers(database, url, folder, pipelines, LEASE_SECONDS)) {
            servers.start();
            servers.start();
            try (StoreReader reader = rounds.awaitStore()) {
                for (int round = 0; round < ROUNDS; round++) {
                    awaitTicks(reader, TICKS_BETWEEN);
                    servers.disturb(reader, round % 4);
                }
                awaitTicks(reader, TICKS_BETWEEN);
                assertNoneMissingNoneTwice(reader);
            }
        } finally {
            database.close();
        }
    }

    private static void awaitTicks(StoreReader reader, int more) throws InterruptedException {
        long before = reader.lastNumbers().run();
        Polling.until(
                more + " ticks",
                () ->
                        Optional.of(reader.lastNumbers().run())
                                .filter(last -> last >= before + more));
    }

    private static void assertNoneMissingNoneTwice(StoreReader reader) {
        List<RunView> runs =
                reader.runs(RunFilter.ALL.limit(RunFilter.MAX_LIMIT_RUNS)).stream()
                        .sorted(Comparator.comparing(run -> run.identity().interval().start()))
                        .toList();
        assertThat(runs.size()).isGreaterThan(ROUNDS * TICKS_BETWEEN);
        Interval before = runs.getFirst().identity().interval();
        for (RunView run : runs.subList(1, runs.size())) {
            Interval interval = run.identity().interval();
            assertThat(interval.start()).isEqualTo(before.end());
            assertThat(Duration.between(interval.start(), interval.end())).hasSeconds(1);
            before = interval;
        }
        assertThat(runs).noneMatch(run -> run.state() == RunState.FAILED);
        assertThat(reader.schedule("ticking").orElseThrow().kept().last()).contains(before);
    }
}
