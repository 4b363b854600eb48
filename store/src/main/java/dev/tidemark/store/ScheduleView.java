package dev.tidemark.store;

import dev.tidemark.core.ScheduleState;
import java.util.Optional;

/**
 * How a pipeline's schedule stands.
 *
 * @param pauseReason why it is paused; empty where it is not
 */
public record ScheduleView(
        String pipeline, ScheduleState.Kept kept, Optional<String> pauseReason) {}
