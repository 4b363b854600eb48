package dev.tidemark.cli.load;

import dev.tidemark.Pipeline;
import java.nio.file.Path;

/**
 * A pipeline that is ready to run.
 *
 * @param pipeline as its author declared it
 * @param version a hash of its sources or its jar, of the holidays of its schedule, and of
 *     Tidemark's version; the same wherever the files lie
 * @param folder the folder it was loaded from, absolute; relative source paths start here
 * @param classes the loader of its code, which also finds resources beside its sources
 */
public record LoadedPipeline(Pipeline pipeline, String version, Path folder, ClassLoader classes) {}
