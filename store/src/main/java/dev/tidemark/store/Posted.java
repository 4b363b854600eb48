package dev.tidemark.store;

import dev.tidemark.core.Command;
import java.time.Instant;

/** A command that waits for its answer. */
public record Posted(String key, Command command, Instant at) {}
