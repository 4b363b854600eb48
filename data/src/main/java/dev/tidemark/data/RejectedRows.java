package dev.tidemark.data;

import dev.tidemark.Boundary;
import dev.tidemark.Column;
import dev.tidemark.ColumnType;
import dev.tidemark.Rejection;
import dev.tidemark.Row;
import dev.tidemark.Rows;
import dev.tidemark.Schema;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The dead letter of one attempt: a file beside its data, written only when a row was rejected; one
 * more for each other shape that rejected rows have.
 */
final class RejectedRows implements Closeable {
    static final String REASON = "rejection_reason";
    static final String POSITION = "rejection_position";
    static final String ATTEMPT = "rejection_attempt";

    /** What a row has that was read from a dead letter, and has not when it goes there again. */
    private static final Set<String> OWN = Set.of(REASON, POSITION, ATTEMPT);

    private final Path folder;
    private final AttemptName attempt;
    private final Format format;
    private final Map<Schema, PartFile> files = new LinkedHashMap<>();

    RejectedRows(Path folder, AttemptName attempt, Format format) {
        this.folder = folder;
        this.attempt = attempt;
        this.format = format;
    }

    /**
     * The rows with the attempt that rejected them. It is not kept with each row, so that equal
     * rows give equal files whichever attempt writes them.
     */
    static Rows withAttempt(Rows rows, Manifest manifest) {
        Boundary.Writer writer = manifest.origin().writer();
        String attempt = writer.run() + "/" + writer.task() + "/" + writer.attempt();
        Schema shape = rows.schema().with(ATTEMPT, ColumnType.TEXT);
        return rows.map(shape, row -> with(shape, row, attempt));
    }

    private static Row with(Schema shape, Row row, String attempt) {
        @Nullable Object[] values = new @Nullable Object[shape.size()];
        for (int i = 0; i < values.length - 1; i++) {
            values[i] = row.value(i);
        }
        values[values.length - 1] = attempt;
        return shape.row(values);
    }

    /** These columns, then why the row was rejected and where it stood. */
    static Schema shape(Schema rows) {
        List<Column> columns = new ArrayList<>();
        for (Column column : rows.columns()) {
            if (!OWN.contains(column.name())) {
                columns.add(column);
            }
        }
        return Schema.of(columns).with(REASON, ColumnType.TEXT).with(POSITION, ColumnType.INTEGER);
    }

    void accept(Rejection rejection) {
        Schema shape = shape(rejection.row().schema());
        @Nullable Object[] values = new @Nullable Object[shape.size()];
        for (int i = 0; i < shape.size() - 2; i++) {
            values[i] = rejection.row().value(shape.columns().get(i).name());
        }
        values[shape.size() - 2] = rejection.reason();
        values[shape.size() - 1] = rejection.position();
        fileOf(shape).write(shape.row(values));
    }

    private PartFile fileOf(Schema shape) {
        return files.computeIfAbsent(
                shape,
                missing -> {
                    try {
                        return PartFile.create(
                                folder,
                                part -> attempt.rejected(missing, part, format.extension()),
                                missing,
                                format);
                    } catch (IOException e) {
                        throw Durable.failed("writing rejected rows to " + folder, e);
                    }
                });
    }

    List<Manifest.Part> finish() throws IOException {
        List<Manifest.Part> parts = new ArrayList<>();
        for (PartFile file : files.values()) {
            parts.add(file.finish());
        }
        return parts;
    }

    @Override
    public void close() throws IOException {
        for (PartFile file : files.values()) {
            file.close();
        }
    }
}
