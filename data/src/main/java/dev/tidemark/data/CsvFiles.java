package dev.tidemark.data;

import dev.tidemark.Asset;
import dev.tidemark.Boundary;
import dev.tidemark.ErrorCode;
import dev.tidemark.Partition;
import dev.tidemark.Row;
import dev.tidemark.Rows;
import dev.tidemark.Schema;
import dev.tidemark.Source;
import dev.tidemark.TidemarkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;

/**
 * CSV files of a source system, one a partition: UTF-8, with a header, plain or ({@code .gz})
 * compressed. Nothing in them is believed: columns, types, the interval, and that a file is not the
 * one of the day before under a new name.
 */
public final class CsvFiles implements Source<Rows> {
    private final String name;
    private final String template;
    private final Schema schema;
    private final Optional<String> cursor;
    private final Doubts doubts;

    private CsvFiles(
            String name, String template, Schema schema, Optional<String> cursor, Doubts doubts) {
        this.name = Asset.named(name).name();
        this.template = template;
        this.schema = schema;
        this.cursor = cursor;
        this.doubts = doubts;
    }

    /**
     * What is not believed of a file.
     *
     * @param contract what becomes of columns and values that are not as declared
     * @param mayRepeat whether it may be the file of the partition before
     */
    private record Doubts(SchemaContract contract, boolean mayRepeat) {}

    /**
     * Files of one source.
     *
     * @param name the asset's name
     * @param path where the files lie, beside the pipeline's file where relative; {@code {date}}
     *     stands for the local date on which the interval starts, {@code {partition}} for the key
     */
    public static CsvFiles named(String name, String path, Schema schema) {
        return new CsvFiles(
                name, path, schema, Optional.empty(), new Doubts(SchemaContract.FREEZE, false));
    }

    /**
     * Names the column of dates or times by which every row must lie in the partition's interval.
     */
    public CsvFiles cursor(String column) {
        return new CsvFiles(name, template, schema, Optional.of(column), doubts);
    }

    /** A file may be the same, byte for byte, as that of the partition before. */
    public CsvFiles mayRepeat() {
        return new CsvFiles(name, template, schema, cursor, new Doubts(doubts.contract(), true));
    }

    /**
     * What becomes of columns and values of a file that are not as declared. Without it nothing of
     * a file that differs is taken: {@link SchemaContract#FREEZE}.
     */
    public CsvFiles contract(SchemaContract contract) {
        return new CsvFiles(
                name, template, schema, cursor, new Doubts(contract, doubts.mayRepeat()));
    }

    @Override
    public String name() {
        return name;
    }

    public Schema schema() {
        return schema;
    }

    /**
     * The rows of the partition's file, one after another.
     *
     * @throws TidemarkException {@link ErrorCode#INPUT_MISSING} where there is no file; while
     *     reading {@link ErrorCode#INPUT_UNREADABLE}, {@link ErrorCode#SCHEMA_CHANGED}, {@link
     *     ErrorCode#OUTSIDE_INTERVAL}, {@link ErrorCode#SAME_INPUT_AS_BEFORE}
     */
    @Override
    public Rows open(Boundary boundary) {
        Partition partition = boundary.partition();
        Path file = file(boundary, partition);
        if (!Files.isRegularFile(file)) {
            throw new TidemarkException(
                    ErrorCode.INPUT_MISSING,
                    "%s has no file for %s: there is no %s. It may not have arrived yet"
                            .formatted(name, partition.key(), file));
        }
        try {
            return open(boundary, file);
        } catch (IOException e) {
            throw Durable.failed("reading " + file, e);
        }
    }

    private Rows open(Boundary boundary, Path file) throws IOException {
        Optional<Window> window =
                cursor.map(column -> new Window(boundary.partition(), schema, column));
        Optional<Path> sameAs = sameAsBefore(boundary, file);
        Optional<CsvHeader> header =
                doubts.contract() == SchemaContract.FREEZE ? Optional.empty() : CsvHeader.of(file);
        Rows rows =
                header.isEmpty()
                        ? consumed(boundary, new CsvFileRows(file, schema, window, sameAs), schema)
                        : fitted(boundary, header.get(), window, sameAs);
        return window.isEmpty() ? rows : rows.map(schema, row -> seen(window.get(), row));
    }

    private static Row seen(Window window, Row row) {
        window.see(row);
        return row;
    }

    private Rows fitted(
            Boundary boundary, CsvHeader header, Optional<Window> window, Optional<Path> sameAs)
            throws IOException {
        Schema columns = header.columns(schema, doubts.contract());
        Fitting fitting =
                new Fitting(
                        header.file().toString(),
                        columns,
                        schema,
                        doubts.contract(),
                        SchemaDrift.between(schema.names(), header.names()));
        CsvFileRows rows = new CsvFileRows(header, columns, window, sameAs);
        try {
            return fitting.fitted(consumed(boundary, rows, columns));
        } catch (TidemarkException e) {
            rows.close();
            throw e;
        }
    }

    private Rows consumed(Boundary boundary, CsvFileRows rows, Schema columns) {
        return new ConsumedRows(
                        rows,
                        count ->
                                boundary.consumed(
                                        rows.consumption(name, boundary.partition(), count)))
                .as(columns, rows::close);
    }

    private Path file(Boundary boundary, Partition partition) {
        LocalDate date = LocalDate.ofInstant(partition.interval().start(), partition.zone());
        return boundary.sourcePath(
                template.replace("{date}", date.toString())
                        .replace("{partition}", partition.key()));
    }

    /** The file of the partition before, where it exists and has the same bytes. */
    private Optional<Path> sameAsBefore(Boundary boundary, Path file) throws IOException {
        if (doubts.mayRepeat() || boundary.previousPartition().isEmpty()) {
            return Optional.empty();
        }
        Path before = file(boundary, boundary.previousPartition().get());
        boolean same =
                !before.equals(file)
                        && Files.isRegularFile(before)
                        && Files.size(before) == Files.size(file)
                        && Files.mismatch(before, file) == -1;
        return same ? Optional.of(before) : Optional.empty();
    }

    @Override
    public String toString() {
        return "CSV files " + template;
    }
}
