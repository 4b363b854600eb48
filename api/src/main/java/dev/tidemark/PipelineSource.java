package dev.tidemark;

/**
 * What a pipeline file holds: a public class with a public constructor without parameters that
 * gives one pipeline.
 */
public interface PipelineSource {
    /** The pipeline. Called once when the file is loaded; it must not do the pipeline's work. */
    Pipeline pipeline();
}
