package dev.tidemark.bench;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Folders for the time of a bench. */
final class Folders {
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");

    private Folders() {}

    /** A new folder among the temporary ones, which have to be on a disk. */
    static Path temporary() throws IOException {
        Path folder = Files.createTempDirectory("tidemark-bench");
        String type = Files.getFileStore(folder).type();
        if (IN_MEMORY.contains(type)) {
            Files.delete(folder);
            throw new IOException(
                    folder.getParent()
                            + " is in memory ("
                            + type
                            + "), where a sync costs nothing; set TMPDIR to a folder on a disk");
        }
        return folder;
    }

    static void remove(Path folder) throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path visited, @Nullable IOException error) throws IOException {
                        Files.delete(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
