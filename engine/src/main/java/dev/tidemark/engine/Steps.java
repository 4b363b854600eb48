package dev.tidemark.engine;

import dev.tidemark.ProtocolStep;

/** Is told of each protocol step that an attempt has reached. */
@FunctionalInterface
public interface Steps {
    /** Nobody is told. */
    Steps UNHEARD = (task, step, asset) -> {};

    /**
     * A step is durable.
     *
     * @param task the task's label
     * @param asset the asset's name; empty for steps of the task itself
     */
    void reached(String task, ProtocolStep step, String asset);
}
