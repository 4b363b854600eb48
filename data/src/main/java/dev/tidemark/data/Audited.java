package dev.tidemark.data;

import dev.tidemark.Asset;
import dev.tidemark.Boundary;

/** An asset whose published versions can be looked at again, with the manifests they stand for. */
public interface Audited extends Asset {
    /**
     * Looks whether the manifests of the boundary's partition are as they were published, each
     * following the one before, and whether what readers see is what the last one says.
     */
    Audit audit(Boundary boundary);
}
