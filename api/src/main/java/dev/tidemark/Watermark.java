package dev.tidemark;

/**
 * How far a pipeline's data is complete and proven: the end of the last interval before which none
 * is missing. The task that proves an interval {@linkplain Task#advances advances} it.
 *
 * @param name unique in its pipeline
 */
public record Watermark(String name) {
    public Watermark {
        Names.check("watermark", name);
    }

    /** A watermark with this name. */
    public static Watermark named(String name) {
        return Place.named(() -> new Watermark(name));
    }
}
