package dev.tidemark.cli.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Compiled pipelines by version. An entry is made in a folder of its own and appears by one rename,
 * so any number of threads and processes may use one cache, and one that is killed leaves nothing
 * but a folder that is swept away later.
 */
final class Cache {
    /** How many versions are kept: those used last. */
    static final int KEPT_VERSIONS = 20;

    /** After this long, nobody is still writing. */
    static final Duration ABANDONED_AFTER = Duration.ofHours(1);

    static final String WRITING = "writing-";

    private static final Pattern VERSION = Pattern.compile("[0-9a-f]{" + Version.LENGTH_HEX + "}");

    private final Path folder;
    private final String built;
    private final InstantSource clock;

    /**
     * A cache in a folder, which need not exist yet.
     *
     * @param built an entry built by something else is made anew
     */
    Cache(Path folder, String built, InstantSource clock) {
        this.folder = folder;
        this.built = built;
        this.clock = clock;
    }

    /** Makes the classes of a version. */
    @FunctionalInterface
    interface Recipe {
        /** Writes the jar and says which pipelines are in it. */
        List<Candidate> make(Path jar) throws IOException;
    }

    /** The entry of a version: the one there is, or else a new one. */
    CacheEntry entry(String version, Recipe recipe) {
        Path place = folder.resolve(version);
        Optional<CacheEntry> kept = CacheEntry.read(place, built);
        if (kept.isPresent()) {
            touch(place);
            return kept.get();
        }
        try {
            CacheEntry made = add(version, recipe);
            touch(place);
            sweep(version);
            return made;
        } catch (IOException e) {
            throw Unloadable.because(
                    "cannot write the cache folder " + folder + ": " + Unloadable.reason(e), e);
        }
    }

    /** Adds a file to an entry, or replaces it. Where that is not allowed it stays as it is. */
    void keep(Path entry, String name, String text) {
        try {
            Path writing = Files.createTempFile(entry, WRITING, "");
            try {
                Files.writeString(writing, text);
                move(writing, entry.resolve(name));
            } finally {
                Files.deleteIfExists(writing);
            }
        } catch (IOException _) {
            return;
        } finally {
            // The file system has just marked the folder as used, by its own clock.
            touch(entry);
        }
    }

    private CacheEntry add(String version, Recipe recipe) throws IOException {
        Files.createDirectories(folder);
        Path writing = Files.createTempDirectory(folder, WRITING);
        try {
            List<Candidate> candidates = recipe.make(writing.resolve(CacheEntry.JAR));
            CacheEntry.write(writing, built, candidates);
            Path place = folder.resolve(version);
            Optional<CacheEntry> other = publish(writing, place);
            return other.orElse(new CacheEntry(place.resolve(CacheEntry.JAR), candidates));
        } finally {
            delete(writing);
        }
    }

    /**
     * Renames into place. Where another was quicker its entry is as good, and returned. A broken
     * one is replaced file by file: another process may be about to open its jar, so there must be
     * one at any moment. The same sources give the same bytes, so it does not matter whose.
     */
    private Optional<CacheEntry> publish(Path writing, Path place) throws IOException {
        try {
            move(writing, place);
            return Optional.empty();
        } catch (FileSystemException _) {
            Optional<CacheEntry> other = CacheEntry.read(place, built);
            if (other.isPresent()) {
                return other;
            }
        }
        if (Files.isDirectory(place)) {
            move(writing.resolve(CacheEntry.JAR), place.resolve(CacheEntry.JAR));
            move(writing.resolve(CacheEntry.INDEX), place.resolve(CacheEntry.INDEX));
        } else {
            Files.deleteIfExists(place);
            move(writing, place);
        }
        return Optional.empty();
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Marks a version as used now. Where that is not allowed it only grows old sooner. */
    private void touch(Path place) {
        try {
            Files.setLastModifiedTime(place, FileTime.from(clock.instant()));
        } catch (IOException _) {
            return;
        }
    }

    /** Deletes what was used longest ago, and what was never finished. */
    private void sweep(String inUse) throws IOException {
        Instant abandoned = clock.instant().minus(ABANDONED_AFTER);
        List<Path> versions = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path each : all) {
                String name = each.getFileName().toString();
                if (VERSION.matcher(name).matches() && !name.equals(inUse)) {
                    versions.add(each);
                } else if (name.startsWith(WRITING) && lastUse(each).isBefore(abandoned)) {
                    delete(each);
                }
            }
        }
        // The times are read once, since other processes change them while this one sorts.
        Map<Path, Instant> uses = new HashMap<>();
        versions.forEach(each -> uses.put(each, lastUse(each)));
        versions.stream()
                .sorted(Comparator.comparing(uses::get, Comparator.reverseOrder()))
                .skip(KEPT_VERSIONS - 1)
                .forEach(Cache::delete);
    }

    private static Instant lastUse(Path place) {
        try {
            return Files.getLastModifiedTime(place).toInstant();
        } catch (IOException _) {
            return Instant.MIN;
        }
    }

    /** Deletes a folder of files; what is gone, or held open on Windows, is left to the next. */
    private static void delete(Path place) {
        try (Stream<Path> tree = Files.walk(place)) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException | UncheckedIOException _) {
            return;
        }
    }
}
