package dev.tidemark.store;

import dev.tidemark.Evidence;
import dev.tidemark.core.TaskKey;

/**
 * What a run left in one partition of an asset.
 *
 * @param task the task instance that published it
 * @param token the token of the attempt that published it
 * @param evidence the receipt, and the manifest it stands for
 */
public record ManifestView(TaskKey task, long token, Evidence evidence) {
    public String asset() {
        return evidence.receipt().asset();
    }

    public String partition() {
        return evidence.receipt().partition();
    }
}
