package dev.tidemark.data;

import dev.tidemark.Boundary;
import dev.tidemark.Consumption;
import dev.tidemark.ErrorCode;
import dev.tidemark.Evidence;
import dev.tidemark.FencingToken;
import dev.tidemark.Partition;
import dev.tidemark.Receipt;
import dev.tidemark.RowCounts;
import dev.tidemark.Schema;
import dev.tidemark.TidemarkException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one publish did: which rows, from what, by whom, and how it was checked. Each names the one
 * before it for the same partition, so that the manifests of a partition form a chain.
 *
 * @param piece what was published
 * @param origin by whom and with which right
 * @param inputs what had been consumed
 * @param output where the rows lie
 * @param outcome what became of the rows and how the checks ended
 */
public record Manifest(
        Piece piece, Origin origin, List<Consumption> inputs, Output output, Outcome outcome) {

    /**
     * @throws TidemarkException {@link ErrorCode#UNBALANCED} where a row is not accounted for
     */
    public Manifest {
        inputs = List.copyOf(inputs);
        if (!outcome.rows().balance()) {
            throw unbalanced(piece.asset(), piece.partition().key(), outcome.rows());
        }
    }

    static TidemarkException unbalanced(String asset, String partition, RowCounts rows) {
        return new TidemarkException(
                ErrorCode.UNBALANCED,
                ("%s %s: %d rows read, but %d accepted + %d rejected + %d filtered = %d; "
                                + "nothing is published")
                        .formatted(
                                asset,
                                partition,
                                rows.read(),
                                rows.accepted(),
                                rows.rejected(),
                                rows.filtered(),
                                rows.accepted() + rows.rejected() + rows.filtered()));
    }

    /**
     * What was published.
     *
     * @param asset the asset's name
     * @param version the version that readers then saw
     * @param previous the hash of the manifest that was visible before, for this partition
     */
    public record Piece(
            String asset, Partition partition, long version, Optional<String> previous) {}

    /**
     * By whom and with which right.
     *
     * @param parameters the run's parameters, secrets masked, sorted by name
     * @param started when the attempt began to write
     * @param ended when its rows had passed the checks
     */
    public record Origin(
            Boundary.Writer writer,
            FencingToken token,
            SortedMap<String, String> parameters,
            Instant started,
            Instant ended) {
        public Origin {
            parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        }

        static Origin of(Boundary boundary, Instant started, Instant ended) {
            Map<String, String> parameters = boundary.parameters();
            return new Origin(
                    boundary.writer(), boundary.token(), new TreeMap<>(parameters), started, ended);
        }
    }

    /**
     * Where the rows lie.
     *
     * @param location a folder or a table
     * @param files the files that hold the rows; none for a table
     * @param rejected where rejected rows lie: files, or a table by its name
     * @param schema the columns
     * @param contentHash the {@link ContentHash} of the published rows
     */
    public record Output(
            String location,
            List<Part> files,
            List<Part> rejected,
            Schema schema,
            String contentHash) {
        public Output {
            files = List.copyOf(files);
            rejected = List.copyOf(rejected);
        }

        /** Bytes of all files that hold rows; 0 for a table. */
        public long bytes() {
            return files.stream().mapToLong(Part::bytes).sum();
        }

        /** Names the columns and their types, in whatever order, in one value. */
        public String schemaFingerprint() {
            return Conformity.fingerprint(schema);
        }
    }

    /**
     * One file, or one table of rejected rows.
     *
     * @param name the file's name in the location, or the table's
     * @param bytes its size, 0 for a table
     * @param sha256 of its bytes, in hex; empty for a table
     */
    public record Part(String name, long rows, long bytes, String sha256) {}

    /** What became of the rows, and how the checks ended. */
    public record Outcome(RowCounts rows, List<CheckResult> checks) {
        public Outcome {
            checks = List.copyOf(checks);
        }
    }

    /** The reference to this. */
    public Receipt receipt() {
        return new Receipt(
                piece.asset(),
                piece.partition().key(),
                piece.version(),
                outcome.rows(),
                output.contentHash());
    }

    /** This as the engine keeps it: the receipt, the document and its hash. */
    public Evidence evidence() {
        String document = ManifestJson.write(this);
        return new Evidence(receipt(), document, Sha256.hex(document));
    }
}
