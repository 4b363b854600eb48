package dev.tidemark.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The log of one partition: entries that are created once, never changed and never removed. The
 * highest version is the truth about the partition; nothing else is.
 */
final class FileLog {
    /** The folder that makes its parent a partition of a {@link FileDataset}. */
    static final String FOLDER = "_tidemark";

    private static final Pattern ENTRY = Pattern.compile("(\\d{10})\\.json");

    private final Path folder;

    FileLog(Path partitionFolder) {
        this.folder = partitionFolder.resolve(FOLDER);
    }

    Path folder() {
        return folder;
    }

    /** The highest entry; empty for a partition that nobody claimed yet. */
    Optional<LogEntry> head() throws IOException {
        List<Long> versions = versions();
        return versions.isEmpty() ? Optional.empty() : Optional.of(read(versions.getLast()));
    }

    List<LogEntry> entries() throws IOException {
        List<LogEntry> entries = new ArrayList<>();
        for (long version : versions()) {
            entries.add(read(version));
        }
        return entries;
    }

    /**
     * Creates an entry, durably.
     *
     * @return false where there is one of this version already, which is left as it is
     */
    boolean append(LogEntry entry, AttemptName attempt) throws IOException {
        Durable.createFolders(folder);
        String name = name(entry.version());
        return Durable.createOnlyIfAbsent(
                folder,
                name,
                name + "." + attempt + Durable.DRAFT,
                LogEntryJson.write(entry).getBytes(StandardCharsets.UTF_8));
    }

    private LogEntry read(long version) throws IOException {
        Path file = folder.resolve(name(version));
        return LogEntryJson.read(Files.readString(file), file.toString());
    }

    private List<Long> versions() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> ENTRY.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(entry -> Long.valueOf(entry.group(1)))
                    .sorted()
                    .toList();
        }
    }

    private static String name(long version) {
        return "%010d.json".formatted(version);
    }
}
