package dev.tidemark.store;

import dev.tidemark.core.Change;
import java.time.Instant;

/** A watermark moved, and when. */
public record WatermarkMove(Instant at, Change.WatermarkMoved moved) {}
