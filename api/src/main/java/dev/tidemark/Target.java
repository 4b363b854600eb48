package dev.tidemark;

/**
 * Something a task can publish into through {@link TaskContext#into}: claimed, staged, checked,
 * fenced.
 *
 * @param <W> the writer that says how rows are published
 */
public interface Target<W> extends Asset {
    /** A writer for the boundary's partition. Nothing is claimed before its final call. */
    W writer(Boundary boundary);
}
