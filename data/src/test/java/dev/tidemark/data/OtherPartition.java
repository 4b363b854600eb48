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

/** An attempt on another piece than a calendar day. */
record OtherPartition(Boundary attempt, Partition partition) implements Boundary {
    @Override
    public Writer writer() {
        return attempt.writer();
    }

    @Override
    public FencingToken token() {
        return attempt.token();
    }

    @Override
    public boolean adopts() {
        return attempt.adopts();
    }

    @Override
    public Optional<Partition> previousPartition() {
        return Optional.empty();
    }

    @Override
    public Map<String, String> parameters() {
        return attempt.parameters();
    }

    @Override
    public Path sourcePath(String path) {
        return attempt.sourcePath(path);
    }

    @Override
    public Path dataPath(String path) {
        return attempt.dataPath(path);
    }

    @Override
    public boolean isExperiment() {
        return attempt.isExperiment();
    }

    @Override
    public Instant now() {
        return attempt.now();
    }

    @Override
    public void consumed(Consumption consumption) {
        attempt.consumed(consumption);
    }

    @Override
    public List<Consumption> consumptions() {
        return attempt.consumptions();
    }

    @Override
    public void published(Evidence evidence) {
        attempt.published(evidence);
    }

    @Override
    public void reached(ProtocolStep step, Asset asset) {
        attempt.reached(step, asset);
    }
}
