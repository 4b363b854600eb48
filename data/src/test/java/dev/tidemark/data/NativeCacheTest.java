package dev.tidemark.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Native libraries that are unpacked once. */
class NativeCacheTest {
    private static final int AT_ONCE = 8;

    @TempDir Path folder;

    private NativeCache cache() {
        return new NativeCache(folder.resolve("cache").resolve("tidemark"));
    }

    private URL packed(String content) throws Exception {
        return Files.writeString(folder.resolve("packed.so"), content).toUri().toURL();
    }

    @Test
    void aFileThatWasCutShortIsUnpackedAgain() throws Exception {
        URL packed = packed("whole library");
        Path file = cache().unpacked(packed, "one-1", "lib.so").orElseThrow();
        Files.writeString(file, "whole");

        assertThat(cache().unpacked(packed, "one-1", "lib.so")).contains(file);
        assertThat(file).hasContent("whole library");
    }

    @Test
    void versionsLieApartAndOnlyTheOwnerMayPutThemThere() throws Exception {
        Path one = cache().unpacked(packed("first"), "one-1", "lib.so").orElseThrow();
        Path two = cache().unpacked(packed("second"), "one-2", "lib.so").orElseThrow();

        assertThat(one).hasContent("first");
        assertThat(two).hasContent("second");
        assertThat(Files.getPosixFilePermissions(one.getParent()))
                .hasSize(3)
                .allSatisfy(permission -> assertThat(permission.name()).startsWith("OWNER_"));
    }

    @Test
    void manyAtOnceFindOneWholeFile() throws Exception {
        URL packed = packed("x".repeat(1 << 20));
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            Callable<Optional<Path>> unpack = () -> cache().unpacked(packed, "one-1", "lib.so");
            for (var found :
                    threads.invokeAll(Stream.generate(() -> unpack).limit(AT_ONCE).toList())) {
                assertThat(found.get().orElseThrow()).hasSize(1 << 20);
            }
        }
        try (Stream<Path> left = Files.list(cache().folder().resolve("one-1"))) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .isEqualTo(List.of("lib.so"));
        }
    }

    @Test
    void whereThereIsNoPlaceTheDriverDoesAsItAlwaysDid() throws Exception {
        NativeCache inTheWay = new NativeCache(Files.writeString(folder.resolve("file"), "x"));
        assertThat(inTheWay.unpacked(packed("library"), "one-1", "lib.so")).isEmpty();
    }
}
