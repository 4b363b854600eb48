package dev.tidemark.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {
    @TempDir Path temp;
    private Desk desk;

    @BeforeEach
    void aDesk() {
        desk = new Desk(temp);
        desk.write("Flights.java", Desk.pipeline("Flights", "flights"));
    }

    @Test
    void theSecondLoadNeedsNoCompiler() {
        desk.load("Flights.java");
        Compiler forbidden =
                (sources, jar) -> {
                    throw new AssertionError("the compiler was asked for");
                };

        LoadedPipeline again =
                new PipelineLoader(forbidden, "1.0", InstantSource.system())
                        .load(temp.resolve("Flights.java"), desk.cache);

        assertThat(again.pipeline().definition().name()).isEqualTo("flights");
    }

    @Test
    void aDamagedEntryIsMadeAnew() throws IOException {
        Path kept = desk.kept(desk.load("Flights.java"));
        List<Path> parts = List.of(kept.resolve(CacheEntry.JAR), kept.resolve(CacheEntry.INDEX));
        for (Path part : parts) {
            byte[] whole = Files.readAllBytes(part);
            for (byte[] damaged : damages(whole)) {
                Files.write(part, damaged);
                int before = desk.compilations();

                assertThat(desk.nameIn("Flights.java")).isEqualTo("flights");
                assertThat(desk.compilations()).isEqualTo(before + 1);
                assertThat(part).hasBinaryContent(whole);
            }
        }
    }

    private static List<byte[]> damages(byte[] whole) {
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        byte[] flipped = whole.clone();
        flipped[whole.length / 2] ^= 1;
        byte[] zeros = new byte[whole.length];
        return List.of(new byte[0], half, flipped, zeros);
    }

    @Test
    void anEntryWithoutOneOfItsPartsIsMadeAnew() throws IOException {
        Path kept = desk.kept(desk.load("Flights.java"));
        Files.delete(kept.resolve(CacheEntry.JAR));
        assertThat(desk.nameIn("Flights.java")).isEqualTo("flights");
        Files.delete(kept.resolve(CacheEntry.INDEX));
        assertThat(desk.nameIn("Flights.java")).isEqualTo("flights");
        assertThat(desk.compilations()).isEqualTo(3);
    }

    @Test
    void aFileInTheEntrysPlaceIsReplaced() throws IOException {
        Path kept = desk.kept(desk.load("Flights.java"));
        Files.delete(kept.resolve(CacheEntry.JAR));
        Files.delete(kept.resolve(CacheEntry.INDEX));
        Files.delete(kept.resolve(KeptFindings.FILE));
        Files.delete(kept);
        Files.writeString(kept, "not a folder");

        assertThat(desk.nameIn("Flights.java")).isEqualTo("flights");
    }

    @Test
    void anEntryBuiltBySomethingElseIsMadeAnew() throws IOException {
        Path kept = desk.kept(desk.load("Flights.java"));
        assertThat(CacheEntry.read(kept, "java 99")).isEmpty();
        assertThat(Files.readString(kept.resolve(CacheEntry.INDEX)))
                .contains("java " + Runtime.version().feature());
    }

    @Test
    void whatAKilledProcessLeftIsHarmlessAndSweptAwayLater() throws IOException {
        Path young = leftover("writing-1", Duration.ofMinutes(-1));
        Path old = leftover("writing-2", Cache.ABANDONED_AFTER.negated().minusSeconds(1));

        assertThat(desk.nameIn("Flights.java")).isEqualTo("flights");

        assertThat(young).exists();
        assertThat(old).doesNotExist();
    }

    private Path leftover(String name, Duration age) throws IOException {
        Path folder = Files.createDirectories(desk.cache.resolve(name));
        Files.writeString(folder.resolve(CacheEntry.JAR), "half a j");
        Files.setLastModifiedTime(folder, FileTime.from(desk.now().plus(age)));
        return folder;
    }

    @Test
    void aFailedCompilationLeavesNothing() throws IOException {
        desk.write("Broken.java", "class Broken {");
        desk.errorOf("Broken.java");

        assertThat(entries()).isEmpty();
    }

    @Test
    void theVersionsUsedLastAreKept() throws IOException {
        LoadedPipeline first = desk.load("Flights.java");
        desk.write("Weather.java", Desk.pipeline("Weather", "weather"));
        LoadedPipeline second = desk.load("Weather.java");
        for (int i = 0; i < Cache.KEPT_VERSIONS; i++) {
            desk.advance(Duration.ofMinutes(1));
            Path other = Files.createDirectories(desk.cache.resolve("%032x".formatted(i)));
            Files.setLastModifiedTime(other, FileTime.from(desk.now()));
        }
        Files.createDirectories(desk.cache.resolve("something-else"));
        desk.advance(Duration.ofMinutes(1));
        desk.load("Flights.java");
        desk.write("Sales.java", Desk.pipeline("Sales", "sales"));
        LoadedPipeline newest = desk.load("Sales.java");

        assertThat(desk.kept(first)).as("used just now").exists();
        assertThat(desk.kept(newest)).as("in use").exists();
        assertThat(desk.kept(second)).as("used longest ago").doesNotExist();
        assertThat(desk.cache.resolve("something-else")).as("not ours").exists();
        assertThat(entries()).hasSize(Cache.KEPT_VERSIONS + 1);
    }

    @Test
    void theVersionInUseStaysEvenIfAllOthersSeemNewer() throws IOException {
        for (int i = 0; i < 2 * Cache.KEPT_VERSIONS; i++) {
            Path other = Files.createDirectories(desk.cache.resolve("%032x".formatted(i)));
            Files.setLastModifiedTime(other, FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));
        }

        LoadedPipeline loaded = desk.load("Flights.java");

        assertThat(desk.kept(loaded)).exists();
        assertThat(entries()).hasSize(Cache.KEPT_VERSIONS);
    }

    @Test
    void manyThreadsMayLoadAtOnce() throws Exception {
        int threads = 8;
        CyclicBarrier start = new CyclicBarrier(threads);
        Callable<LoadedPipeline> load =
                () -> {
                    start.await();
                    return new PipelineLoader(
                                    SourceCompiler.ofThisRuntime(), "1.0", InstantSource.system())
                            .load(temp.resolve("Flights.java"), desk.cache);
                };
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<LoadedPipeline>> loads = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                loads.add(pool.submit(load));
            }
            for (Future<LoadedPipeline> each : loads) {
                assertThat(each.get().pipeline().definition().name()).isEqualTo("flights");
            }
        }
        assertThat(entries()).hasSize(1);
    }

    @Test
    void aCacheThatCannotBeWrittenSaysSo() {
        desk.write(".cache", "a file, not a folder");

        assertThat(desk.errorOf("Flights.java"))
                .startsWith("cannot write the cache folder " + desk.cache);
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> all = Files.list(desk.cache)) {
            return all.toList();
        }
    }
}
