package dev.tidemark.cli.load;

import dev.tidemark.Pipeline;
import dev.tidemark.cli.inspect.Finding;
import java.nio.file.Path;
import java.util.Map;

/**
 * A pipeline that is ready to run.
 *
 * @param pipeline as its author declared it, with what was found of tasks that say nothing
 * @param version a hash of its sources or its jar, of the holidays of its schedule, and of
 *     Tidemark's version; the same wherever the files lie
 * @param folder the folder it was loaded from, absolute; relative source paths start here
 * @param classes the loader of its code, which also finds resources beside its sources
 * @param findings what a look at the code of each task found, whatever its author says of it
 */
public record LoadedPipeline(
        Pipeline pipeline,
        String version,
        Path folder,
        ClassLoader classes,
        Map<String, Finding> findings) {
    public LoadedPipeline {
        findings = Map.copyOf(findings);
    }
}
