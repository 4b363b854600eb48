package dev.tidemark.data;

import dev.tidemark.FencingToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Removes what attempts left that never published: files that no entry of the log lists, whose
 * attempt has lost its right, and that are old. All three, so that no reader and no running attempt
 * can miss one.
 */
final class LeftOvers {
    /** No attempt runs longer than this without its files being written to. */
    private static final Duration LEAST_AGE = Duration.ofHours(24);

    private final Path folder;
    private final FileLog log;

    LeftOvers(Path partitionFolder, FileLog log) {
        this.folder = partitionFolder;
        this.log = log;
    }

    /** Called by who holds the partition, with the entry that says so. */
    void collect(LogEntry claim, Instant now) throws IOException {
        Instant limit = now.minus(LEAST_AGE);
        delete(old(log.folder(), limit, LeftOvers::isDraft));
        delete(old(folder, limit, LeftOvers::isDraft));
        List<Path> lost = old(folder, limit, file -> isBelow(file, claim.token()));
        if (!lost.isEmpty()) {
            Set<String> listed = listed();
            delete(lost.stream().filter(file -> !listed.contains(name(file))).toList());
        }
    }

    private static boolean isDraft(Path file) {
        return name(file).endsWith(Durable.DRAFT);
    }

    private static boolean isBelow(Path file, FencingToken head) {
        return AttemptName.ofFile(name(file)).filter(attempt -> attempt.isBelow(head)).isPresent();
    }

    private Set<String> listed() throws IOException {
        Set<String> listed = new HashSet<>();
        for (LogEntry entry : log.entries()) {
            entry.visible()
                    .map(visible -> visible.manifest().output())
                    .ifPresent(
                            output ->
                                    Stream.concat(
                                                    output.files().stream(),
                                                    output.rejected().stream())
                                            .map(Manifest.Part::name)
                                            .forEach(listed::add));
        }
        return listed;
    }

    private static List<Path> old(Path folder, Instant limit, Predicate<Path> wanted)
            throws IOException {
        List<Path> old = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(wanted).toList()) {
                if (isOlder(file, limit)) {
                    old.add(file);
                }
            }
        }
        return old;
    }

    /** A file that another attempt has just removed is gone, not old. */
    private static boolean isOlder(Path file, Instant limit) throws IOException {
        try {
            return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                    .toInstant()
                    .isBefore(limit);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static void delete(List<Path> files) throws IOException {
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
