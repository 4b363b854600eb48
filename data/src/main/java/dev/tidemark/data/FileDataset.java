package dev.tidemark.data;

import dev.tidemark.Asset;
import dev.tidemark.Boundary;
import dev.tidemark.Consumption;
import dev.tidemark.ErrorCode;
import dev.tidemark.Partition;
import dev.tidemark.Rows;
import dev.tidemark.Schema;
import dev.tidemark.Source;
import dev.tidemark.Target;
import dev.tidemark.TidemarkException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Files with typed rows, a folder a partition. What readers see is what the highest entry of the
 * partition's log lists, so that a reader sees one complete version, also while the next one is
 * written. A link {@code current.csv.gz} in the folder points to it.
 */
public final class FileDataset implements Source<Rows>, Target<FileWriter>, Audited {
    private static final Pattern FOLDER_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.=+-]*");

    private final String name;
    private final Schema schema;
    private final String folder;
    private final Format format;

    private FileDataset(String name, Schema schema, String folder, Format format) {
        this.name = Asset.named(name).name();
        this.schema = schema;
        this.folder = folder;
        this.format = format;
    }

    /** Compressed CSV files in a folder of the asset's name, under the home's data. */
    public static FileDataset csv(String name, Schema schema) {
        return new FileDataset(name, schema, name, new CsvFormat());
    }

    /** The same dataset in another folder; a relative one lies under the home's data. */
    public FileDataset in(String otherFolder) {
        return new FileDataset(name, schema, otherFolder, format);
    }

    @Override
    public String name() {
        return name;
    }

    public Schema schema() {
        return schema;
    }

    /** Rejected rows that have this dataset's columns; see {@link #deadLetter(Schema)}. */
    public Source<Rows> deadLetter() {
        return deadLetter(schema);
    }

    /**
     * The rows that were rejected on the way into the visible version, with three more columns:
     * {@code rejection_reason}; {@code rejection_position}, the place among the rows read, from 1;
     * and {@code rejection_attempt}, as {@code run/task/attempt}.
     *
     * @param columns the columns that the rows had where they were rejected
     */
    public Source<Rows> deadLetter(Schema columns) {
        return new DeadLetter(this, RejectedRows.shape(columns));
    }

    /**
     * The rows of the visible version, then those that it rejected, all with this dataset's
     * columns: to be mended, and published into the same partition again. What is rejected once
     * more stays in the dead letter. To do it twice is to do it once, if to mend a row twice is.
     *
     * <p>Refused with {@link ErrorCode#SCHEMA_CHANGED} where rows were rejected that have other
     * columns: publishing without them would lose them.
     */
    public Source<Rows> replay() {
        DeadLetter rejected = new DeadLetter(this, RejectedRows.shape(schema));
        return new Replay(this, rejected, schema, rejected::hasOthers);
    }

    /**
     * The rows of the visible version of the boundary's partition, one after another.
     *
     * @throws TidemarkException {@link ErrorCode#INPUT_MISSING} where nothing is published; while
     *     reading {@link ErrorCode#EVIDENCE_MISMATCH} where a file was changed by hand
     */
    @Override
    public Rows open(Boundary boundary) {
        Manifest manifest = visible(boundary).manifest();
        List<String> differences = Conformity.differences(manifest.output().schema(), schema);
        if (!differences.isEmpty()) {
            throw new TidemarkException(
                    ErrorCode.SCHEMA_CHANGED,
                    ("%s %s is published with other columns than its reader declares: %s. "
                                    + "Publish it again with the new columns, or "
                                    + "read it with the old ones")
                            .formatted(
                                    name,
                                    boundary.partition().key(),
                                    String.join(", ", differences)));
        }
        return read(
                boundary, this, schema, manifest.output().files(), manifest.output().contentHash());
    }

    @Override
    public FileWriter writer(Boundary boundary) {
        return new FileWriter(this, boundary, PublishRules.STRICT);
    }

    @Override
    public Audit audit(Boundary boundary) {
        Audit.Findings findings = new Audit.Findings();
        return findings.of(
                () -> {
                    findings.chain(links(boundary));
                    Manifest head = visible(boundary).manifest();
                    try (Rows rows = open(boundary)) {
                        findings.rows(head, rows);
                    }
                    return true;
                });
    }

    /** Each entry of the log says what is visible, also where it only claims. */
    private List<Audit.Link> links(Boundary boundary) {
        Path path = folder(boundary, boundary.partition());
        try {
            return new FileLog(path)
                    .entries().stream()
                            .flatMap(entry -> entry.visible().stream())
                            .map(it -> new Audit.Link(it.document(), it.hash()))
                            .distinct()
                            .toList();
        } catch (IOException e) {
            throw Durable.failed("reading the log of " + path, e);
        }
    }

    Format format() {
        return format;
    }

    /** What the manifest names as the place: the same on every machine. */
    String location(Partition partition) {
        return folder + "/" + partition.key();
    }

    Path folder(Boundary boundary, Partition partition) {
        if (!FOLDER_NAME.matcher(partition.key()).matches() || partition.key().contains("..")) {
            throw new TidemarkException(
                    ErrorCode.INVALID_REQUEST,
                    "%s: partition '%s' cannot be the name of a folder"
                            .formatted(name, partition.key()));
        }
        return boundary.dataPath(folder).resolve(partition.key());
    }

    /** The visible version, with its link put right if a crash left it behind. */
    VisibleVersion visible(Boundary boundary) {
        Path path = folder(boundary, boundary.partition());
        FileLog log = new FileLog(path);
        try {
            Optional<VisibleVersion> visible = log.head().flatMap(LogEntry::visible);
            if (visible.isEmpty()) {
                throw new TidemarkException(
                        ErrorCode.INPUT_MISSING,
                        "%s has nothing published for %s; looked in %s. Run what produces it first"
                                .formatted(name, boundary.partition().key(), path));
            }
            new CurrentLink(path, log, format).follow();
            return visible.get();
        } catch (IOException e) {
            throw Durable.failed("reading the log of " + path, e);
        }
    }

    /** Rows of published files; that they were read is told at their end. */
    Rows read(
            Boundary boundary,
            Asset source,
            Schema shape,
            List<Manifest.Part> parts,
            String version) {
        PublishedRows rows =
                new PublishedRows(folder(boundary, boundary.partition()), parts, shape, format);
        long bytes = parts.stream().mapToLong(Manifest.Part::bytes).sum();
        String key = boundary.partition().key();
        return new ConsumedRows(
                        rows,
                        count ->
                                boundary.consumed(
                                        new Consumption(source.name(), key, version, count, bytes)))
                .as(shape, rows::close);
    }

    @Override
    public String toString() {
        return "files " + name;
    }
}
