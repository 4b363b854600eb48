package dev.tidemark.core;

/** Which watermark of which pipeline. */
public record WatermarkKey(String pipeline, String watermark) {
    @Override
    public String toString() {
        return watermark + " of " + pipeline;
    }
}
