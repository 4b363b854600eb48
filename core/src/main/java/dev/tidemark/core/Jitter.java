package dev.tidemark.core;

import dev.tidemark.PipelineDefinition;
import java.time.Duration;

/** How much later than they are due the runs of a pipeline start. */
final class Jitter {
    /** Spreads names that resemble each other over all of a range. */
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private Jitter() {}

    /** A part of what the pipeline allows for that depends on its name alone, to a millisecond. */
    static Duration of(PipelineDefinition pipeline) {
        long most = pipeline.timing().filling().jitter().toMillis();
        if (most == 0) {
            return Duration.ZERO;
        }
        long mixed = pipeline.name().hashCode() * MIX;
        return Duration.ofMillis(Math.floorMod(mixed ^ (mixed >>> Integer.SIZE), most));
    }
}
