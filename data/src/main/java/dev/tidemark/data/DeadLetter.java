package dev.tidemark.data;

import dev.tidemark.Boundary;
import dev.tidemark.ErrorCode;
import dev.tidemark.Rows;
import dev.tidemark.Schema;
import dev.tidemark.Source;
import dev.tidemark.TidemarkException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The rows that were rejected on the way into a dataset's visible version.
 *
 * @param shape their columns, the reason and the position among them
 */
record DeadLetter(FileDataset dataset, Schema shape) implements Source<Rows> {
    @Override
    public String name() {
        return dataset.name() + ".rejected";
    }

    @Override
    public Rows open(Boundary boundary) {
        Manifest manifest = dataset.visible(boundary).manifest();
        List<Manifest.Part> all = manifest.output().rejected();
        List<Manifest.Part> parts =
                all.stream().filter(part -> AttemptName.isRejected(part.name(), shape)).toList();
        if (parts.isEmpty() && !all.isEmpty()) {
            throw new TidemarkException(
                    ErrorCode.SCHEMA_CHANGED,
                    ("%s %s: no row with the columns %s was rejected, but rows with "
                                    + "others were. Say deadLetter(columns) with "
                                    + "those the rows had where "
                                    + "they were rejected")
                            .formatted(name(), boundary.partition().key(), shape.names()));
        }
        String version =
                Sha256.hex(parts.stream().map(Manifest.Part::sha256).collect(Collectors.joining()));
        Rows rows = dataset.read(boundary, this, shape, parts, version);
        return RejectedRows.withAttempt(rows, manifest);
    }

    /** Whether rows were rejected that have other columns than these. */
    boolean hasOthers(Boundary boundary) {
        return dataset.visible(boundary).manifest().output().rejected().stream()
                .anyMatch(part -> !AttemptName.isRejected(part.name(), shape));
    }
}
