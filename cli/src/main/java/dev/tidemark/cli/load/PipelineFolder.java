package dev.tidemark.cli.load;

import dev.tidemark.TidemarkException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * All pipelines of a place that a server runs: those in each {@code .java} file and jar below a
 * folder. Each file is loaded by itself, so that one that is broken stands in nobody's way.
 */
public final class PipelineFolder {
    private final PipelineLoader loader;
    private final Path cacheFolder;

    public PipelineFolder(PipelineLoader loader, Path cacheFolder) {
        this.loader = loader;
        this.cacheFolder = cacheFolder;
    }

    /** What came of a file. */
    public sealed interface Found {
        /** The file that it was found in. */
        Path file();

        /** A pipeline. */
        record Loaded(Path file, LoadedPipeline pipeline) implements Found {}

        /** Something that could not be loaded. */
        record Broken(Path file, TidemarkException why) implements Found {}
    }

    /**
     * Loads all that is there. A file without a pipeline gives nothing.
     *
     * @param place a folder, or one {@code .java} file or jar
     */
    public List<Found> load(Path place) {
        List<Found> found = new ArrayList<>();
        for (Path file : files(place)) {
            try {
                for (LoadedPipeline pipeline : loader.loadAll(file, cacheFolder)) {
                    found.add(new Found.Loaded(file, pipeline));
                }
            } catch (TidemarkException e) {
                found.add(new Found.Broken(file, e));
            }
        }
        return found;
    }

    private static List<Path> files(Path place) {
        if (!Files.exists(place)) {
            throw Unloadable.because("there is no " + place.toAbsolutePath().normalize());
        }
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(
                    place,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(
                                Path folder, BasicFileAttributes attributes) {
                            return isHidden(folder) && !folder.equals(place)
                                    ? FileVisitResult.SKIP_SUBTREE
                                    : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(
                                Path file, BasicFileAttributes attributes) {
                            if (isCode(file)) {
                                files.add(file);
                            }
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw Unloadable.unreadable(place, e);
        }
        Collections.sort(files);
        return files;
    }

    private static boolean isCode(Path file) {
        String name = file.getFileName().toString();
        return !isHidden(file)
                && !name.equals("module-info.java")
                && !name.equals("package-info.java")
                && (name.endsWith(SourceFile.SUFFIX) || name.endsWith(".jar"));
    }

    private static boolean isHidden(Path path) {
        Path name = path.getFileName();
        return name != null && name.toString().startsWith(".");
    }
}
