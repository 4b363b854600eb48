package dev.tidemark.cli.load;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All the sources below a folder, but for hidden files and folders. */
final class SourceFolder extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final List<Path> found = new ArrayList<>();

    private SourceFolder(Path folder) {
        this.folder = folder;
    }

    static PipelineCode.Sources read(Path folder) {
        SourceFolder walk = new SourceFolder(folder);
        try {
            Files.walkFileTree(folder, walk);
        } catch (IOException e) {
            throw Unloadable.unreadable(folder, e);
        }
        if (walk.found.isEmpty()) {
            throw Unloadable.because(
                    "folder "
                            + folder.toAbsolutePath().normalize()
                            + " has no .java file in it or below it");
        }
        List<SourceFile> files = new ArrayList<>();
        for (Path file : walk.found) {
            files.add(SourceFile.read(walk.nameOf(file), file, files));
        }
        Path absolute = folder.toAbsolutePath().normalize();
        return new PipelineCode.Sources(folder, absolute, absolute, files, Optional.empty());
    }

    @Override
    public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
        return hidden(visited) && !visited.equals(folder)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (isSource(file)) {
            found.add(file);
        }
        return found.size() > SourceFile.MAX_FILES
                ? FileVisitResult.TERMINATE
                : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
        if (hidden(file) && !file.equals(folder)) {
            return FileVisitResult.CONTINUE;
        }
        throw Unloadable.unreadable(file, e);
    }

    /**
     * A module declaration is left out: pipelines live on the class path, where Tidemark itself is.
     * Editors leave hidden files behind that end in .java and are none.
     */
    private static boolean isSource(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(SourceFile.SUFFIX)
                && !name.equals("module-info.java")
                && !hidden(file)
                && Files.isRegularFile(file);
    }

    private static boolean hidden(Path path) {
        Path name = path.getFileName();
        return name != null && name.toString().startsWith(".");
    }

    private String nameOf(Path file) {
        String separator = file.getFileSystem().getSeparator();
        return folder.relativize(file).toString().replace(separator, "/");
    }
}
