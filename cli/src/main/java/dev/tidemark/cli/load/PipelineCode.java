package dev.tidemark.cli.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The code that an address leads to, before it is compiled or loaded. */
sealed interface PipelineCode {
    /** Where packages begin, of sources. */
    default Optional<Path> sourceRoot() {
        return switch (this) {
            case Sources sources -> Optional.of(sources.root());
            case Jar _ -> Optional.empty();
        };
    }

    /** What the user named, as the user wrote it. */
    Path named();

    /** The pipeline's folder, absolute. */
    Path folder();

    /**
     * Java sources.
     *
     * @param root where packages begin; resources are found below it
     * @param main the name of the source that was named; empty for a folder
     */
    record Sources(
            Path named, Path folder, Path root, List<SourceFile> files, Optional<String> main)
            implements PipelineCode {}

    /** Classes that are compiled already. */
    record Jar(Path named, Path folder) implements PipelineCode {}

    /** Looks at what a path is, and reads it if it is sources. */
    static PipelineCode at(Path named) {
        if (Files.isDirectory(named)) {
            return SourceFolder.read(named);
        }
        String name = String.valueOf(named.getFileName());
        boolean java = name.endsWith(".java");
        boolean jar = name.endsWith(".jar");
        if (!Files.exists(named)) {
            throw Unloadable.because(
                    "there is no file or folder "
                            + named
                            + (named.isAbsolute() ? "" : " in " + Path.of("").toAbsolutePath()));
        }
        if (!Files.isRegularFile(named) || !(java || jar)) {
            throw Unloadable.because(
                    named + " is not a pipeline; name a .java file, a folder of them, or a .jar");
        }
        return java ? SourceNeighbours.read(named) : new Jar(named, parent(named));
    }

    private static Path parent(Path file) {
        return file.resolveSibling("").toAbsolutePath().normalize();
    }
}
