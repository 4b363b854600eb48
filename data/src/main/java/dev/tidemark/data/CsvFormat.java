package dev.tidemark.data;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import dev.tidemark.Row;
import dev.tidemark.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * CSV (RFC 4180), UTF-8, with a header, lines ending in LF, compressed by gzip without a time, so
 * that equal rows give equal bytes. Null is an empty field, an empty text is a quoted one.
 */
final class CsvFormat implements Format {
    static final int BUFFER_BYTES = 1 << 16;

    @Override
    public String extension() {
        return "csv.gz";
    }

    @Override
    public RowWriter writer(Schema schema, OutputStream out) throws IOException {
        CsvWriter csv =
                CsvWriter.builder()
                        .quoteStrategy(QuoteStrategies.EMPTY)
                        .lineDelimiter(LineDelimiter.LF)
                        .build(new GZIPOutputStream(out, BUFFER_BYTES), StandardCharsets.UTF_8);
        csv.writeRecord(schema.names());
        return new Writer(csv, schema.size());
    }

    private record Writer(CsvWriter csv, int columns) implements RowWriter {
        @Override
        public void write(Row row) {
            CsvWriter.CsvWriterRecord line = csv.writeRecord();
            for (int i = 0; i < columns; i++) {
                line.writeField(text(row.value(i)));
            }
            line.endRecord();
        }

        /** As in the hash, but a decimal keeps its scale and a float its sign of zero. */
        private static @Nullable String text(@Nullable Object value) {
            return switch (value) {
                case null -> null;
                case Double number -> number.toString();
                case BigDecimal decimal -> decimal.toPlainString();
                default -> ValueText.of(value);
            };
        }

        @Override
        public void close() throws IOException {
            csv.close();
        }
    }

    @Override
    public RowReader reader(Schema schema, InputStream in, String where) throws IOException {
        return new CsvRows(schema, new GZIPInputStream(in, BUFFER_BYTES), where);
    }
}
