package dev.tidemark.engine;

import dev.tidemark.Pipeline;
import java.nio.file.Path;

/**
 * A pipeline whose code is at hand.
 *
 * @param version the version of the code, a content hash
 * @param folder where relative paths of its sources lie
 */
public record PipelineCode(Pipeline pipeline, String version, Path folder) {}
