package dev.tidemark.cli.load;

import dev.tidemark.Pipeline;
import dev.tidemark.cli.inspect.Finding;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A pipeline that is ready to run.
 *
 * @param pipeline as its author declared it, with what was found of tasks that say nothing
 * @param version a hash of its sources or its jar, of the holidays of its schedule, and of
 *     Tidemark's version; the same wherever the files lie
 * @param folder the folder it was loaded from, absolute; relative source paths start here
 * @param code what it was made of
 * @param findings what a look at the code of each task found, whatever its author says of it
 */
public record LoadedPipeline(
        Pipeline pipeline, String version, Path folder, Code code, Map<String, Finding> findings) {
    public LoadedPipeline {
        findings = Map.copyOf(findings);
    }

    /**
     * What a pipeline was made of.
     *
     * @param classes the loader of its classes, which also finds resources beside its sources
     * @param source the name of the class that declares it
     * @param root the folder of its sources where packages begin, absolute; nothing for a jar
     */
    public record Code(URLClassLoader classes, String source, Optional<Path> root) {}

    /** The loader of its classes. */
    public ClassLoader classes() {
        return code.classes();
    }
}
