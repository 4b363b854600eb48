/**
 * All that the author of a pipeline sees: pipelines and their tasks, schedules and intervals,
 * retries, parameters, assets, rows, and the receipts that publishing leaves.
 *
 * <p>What reaches the engine is a {@link dev.tidemark.PipelineDefinition}, plain data; user code
 * stays in the {@link dev.tidemark.Pipeline} and runs only where attempts run.
 */
@NullMarked
package dev.tidemark;

import org.jspecify.annotations.NullMarked;
