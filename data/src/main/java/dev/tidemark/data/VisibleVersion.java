package dev.tidemark.data;

import dev.tidemark.Evidence;

/**
 * The version of a partition that readers see.
 *
 * @param document the manifest exactly as it was published
 * @param hash of the document
 */
record VisibleVersion(Manifest manifest, String document, String hash) {
    static VisibleVersion of(Manifest manifest) {
        String document = ManifestJson.write(manifest);
        return new VisibleVersion(manifest, document, Sha256.hex(document));
    }

    Evidence evidence() {
        return new Evidence(manifest.receipt(), document, hash);
    }
}
