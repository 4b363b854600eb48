package dev.tidemark.simulation;

import dev.tidemark.core.Change;
import java.time.Instant;
import java.util.List;

/** A commit that the store has kept: by which process, under which epoch, at which time of it. */
record Committed(EngineProcess by, long epoch, Instant at, List<Change> changes) {}
