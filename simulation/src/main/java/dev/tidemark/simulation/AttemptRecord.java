package dev.tidemark.simulation;

import dev.tidemark.core.TaskKey;
import java.time.Instant;

/** An attempt that the history says was started: by whom, and when by the clock of that one. */
record AttemptRecord(TaskKey task, long token, EngineProcess by, long epoch, Instant at) {}
