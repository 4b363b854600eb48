package dev.tidemark.store;

import dev.tidemark.core.WatermarkKey;
import dev.tidemark.core.Watermarks;
import java.time.Instant;
import java.util.Optional;

/**
 * How a watermark stands.
 *
 * @param movedAt when it came to where it stands; empty where it never stood anywhere
 */
public record WatermarkView(WatermarkKey key, Watermarks.Kept kept, Optional<Instant> movedAt) {}
