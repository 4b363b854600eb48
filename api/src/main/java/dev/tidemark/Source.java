package dev.tidemark;

/**
 * Something a task can read through {@link TaskContext#from}, so that what was consumed is known
 * without asking the author.
 *
 * @param <R> what reading gives: {@link Rows} for most
 */
public interface Source<R> extends Asset {
    /**
     * Opens the part of this source that belongs to the boundary's partition.
     *
     * @throws TidemarkException {@link ErrorCode#INPUT_MISSING} where there is nothing to read
     */
    R open(Boundary boundary);
}
