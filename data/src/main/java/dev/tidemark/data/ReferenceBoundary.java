package dev.tidemark.data;

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
 * An attempt's boundary for what a check compares with. That is no input of the data: it is named
 * in the check's result, and may be the same every day.
 */
record ReferenceBoundary(Boundary of) implements Boundary {
    @Override
    public Writer writer() {
        return of.writer();
    }

    @Override
    public FencingToken token() {
        return of.token();
    }

    @Override
    public boolean adopts() {
        return of.adopts();
    }

    @Override
    public boolean isExperiment() {
        return of.isExperiment();
    }

    @Override
    public Partition partition() {
        return of.partition();
    }

    @Override
    public Optional<Partition> previousPartition() {
        return Optional.empty();
    }

    @Override
    public Map<String, String> parameters() {
        return of.parameters();
    }

    @Override
    public Path sourcePath(String path) {
        return of.sourcePath(path);
    }

    @Override
    public Path dataPath(String path) {
        return of.dataPath(path);
    }

    @Override
    public Instant now() {
        return of.now();
    }

    @Override
    public void consumed(Consumption consumption) {
        // Not an input.
    }

    @Override
    public List<Consumption> consumptions() {
        return of.consumptions();
    }

    @Override
    public void published(Evidence evidence) {
        throw new IllegalStateException("a check only reads");
    }

    @Override
    public void reached(ProtocolStep step, Asset asset) {
        throw new IllegalStateException("a check only reads");
    }
}
