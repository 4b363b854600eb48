package dev.tidemark.cli;

import dev.tidemark.Asset;
import dev.tidemark.Boundary;
import dev.tidemark.Consumption;
import dev.tidemark.Evidence;
import dev.tidemark.FencingToken;
import dev.tidemark.Partition;
import dev.tidemark.ProtocolStep;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * For whoever looks at what is published, and neither runs nor writes anything.
 *
 * @param data where relative targets lie
 * @param folder that of the pipeline's file
 */
record AuditBoundary(Partition partition, Path data, Path folder, Instant now) implements Boundary {
    @Override
    public Path sourcePath(String path) {
        return folder.resolve(path);
    }

    @Override
    public Path dataPath(String path) {
        return data.resolve(path);
    }

    @Override
    public Optional<Partition> previousPartition() {
        return Optional.empty();
    }

    @Override
    public Map<String, String> parameters() {
        return Map.of();
    }

    @Override
    public boolean isExperiment() {
        return false;
    }

    @Override
    public boolean adopts() {
        return false;
    }

    @Override
    public void consumed(Consumption consumption) {
        // Nothing is made of it.
    }

    @Override
    public List<Consumption> consumptions() {
        return List.of();
    }

    @Override
    public Writer writer() {
        throw onlyReads();
    }

    @Override
    public FencingToken token() {
        throw onlyReads();
    }

    @Override
    public void published(Evidence evidence) {
        throw onlyReads();
    }

    @Override
    public void reached(ProtocolStep step, Asset asset) {
        throw onlyReads();
    }

    private static IllegalStateException onlyReads() {
        return new IllegalStateException("an audit only reads");
    }
}
