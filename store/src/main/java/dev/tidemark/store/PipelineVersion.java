package dev.tidemark.store;

import java.util.Comparator;

/** Names a version of a pipeline. */
public record PipelineVersion(String pipeline, String version) {
    static final Comparator<PipelineVersion> ORDER =
            Comparator.comparing(PipelineVersion::pipeline).thenComparing(PipelineVersion::version);
}
