package dev.tidemark.cli.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Makes classes of sources. */
@FunctionalInterface
interface Compiler {
    /**
     * Compiles all sources together into a jar.
     *
     * @return the source's name for each class
     */
    Map<String, String> compile(PipelineCode.Sources sources, Path jar) throws IOException;
}
