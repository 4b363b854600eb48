package dev.tidemark.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * A link to the visible file of a partition, for people and for tools that know no log. It follows
 * the log, which alone is the truth: after a crash it may lag until the next claim, publish or read
 * puts it right.
 */
final class CurrentLink {
    /** Each further try means that yet another version was published meanwhile. */
    private static final int MAX_TRIES = 100;

    private final Path folder;
    private final FileLog log;
    private final String name;

    CurrentLink(Path partitionFolder, FileLog log, Format format) {
        this.folder = partitionFolder;
        this.log = log;
        this.name = "current." + format.extension();
    }

    /**
     * Points the link to what the log says, where the file system has such links and the process
     * the right to write them. Where not, nothing is lost: nobody else relies on the link.
     */
    void follow() {
        try {
            followLog();
        } catch (IOException | UnsupportedOperationException e) {
            return;
        }
    }

    /** Looks again after each change, since the log may have moved on. */
    private void followLog() throws IOException {
        for (int i = 0; i < MAX_TRIES; i++) {
            Optional<Path> visible = visibleFile();
            if (visible.isEmpty() || visible.equals(linked())) {
                return;
            }
            swapTo(visible.get());
        }
    }

    private Optional<Path> visibleFile() throws IOException {
        return log.head()
                .flatMap(LogEntry::visible)
                .map(visible -> Path.of(visible.manifest().output().files().getFirst().name()));
    }

    private Optional<Path> linked() throws IOException {
        Path link = folder.resolve(name);
        return Files.isSymbolicLink(link)
                ? Optional.of(Files.readSymbolicLink(link))
                : Optional.empty();
    }

    private void swapTo(Path file) throws IOException {
        Path draft =
                folder.resolve(
                        "%s.%d-%d%s"
                                .formatted(
                                        name,
                                        ProcessHandle.current().pid(),
                                        Thread.currentThread().threadId(),
                                        Durable.DRAFT));
        if (Files.exists(draft, LinkOption.NOFOLLOW_LINKS)) {
            Files.delete(draft);
        }
        Files.createSymbolicLink(draft, file);
        Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
