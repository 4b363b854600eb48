package dev.tidemark.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;

/**
 * Notices that files below a folder have changed: by their times and sizes, so that it is cheap.
 */
final class FileWatch {
    private final Path place;
    private Map<Path, Mark> marks;

    private record Mark(FileTime changed, long bytes) {}

    /** What is there now is the beginning. */
    FileWatch(Path place) {
        this.place = place;
        this.marks = marks();
    }

    /** Whether anything is other than when this was last asked. */
    boolean hasChanged() {
        Map<Path, Mark> now = marks();
        boolean changed = !now.equals(marks);
        marks = now;
        return changed;
    }

    private Map<Path, Mark> marks() {
        Map<Path, Mark> found = new HashMap<>();
        try {
            Files.walkFileTree(
                    place,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(
                                Path folder, BasicFileAttributes attributes) {
                            boolean hidden = folder.getFileName().toString().startsWith(".");
                            return hidden && !folder.equals(place)
                                    ? FileVisitResult.SKIP_SUBTREE
                                    : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(
                                Path file, BasicFileAttributes attributes) {
                            found.put(
                                    file,
                                    new Mark(attributes.lastModifiedTime(), attributes.size()));
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException why) {
                            return FileVisitResult.CONTINUE; // Gone since its folder was listed.
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}
