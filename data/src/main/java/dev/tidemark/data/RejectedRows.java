package dev.tidemark.data;

import dev.tidemark.Column;
import dev.tidemark.ColumnType;
import dev.tidemark.Rejection;
import dev.tidemark.Schema;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The dead letter of one attempt: a file beside its data, written only when a row was rejected; one
 * more for each other shape that rejected rows have.
 */
final class RejectedRows implements Closeable {
    static final String REASON = "rejection_reason";
    static final String POSITION = "rejection_position";

    private final Path folder;
    private final AttemptName attempt;
    private final Format format;
    private final Map<Schema, PartFile> files = new LinkedHashMap<>();

    RejectedRows(Path folder, AttemptName attempt, Format format) {
        this.folder = folder;
        this.attempt = attempt;
        this.format = format;
    }

    /** These columns, then why the row was rejected and where it stood. */
    static Schema shape(Schema rows) {
        List<Column> columns = new ArrayList<>();
        for (Column column : rows.columns()) {
            if (!column.name().equals(REASON) && !column.name().equals(POSITION)) {
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
