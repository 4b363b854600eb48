package dev.tidemark.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.tidemark.ErrorCode;
import dev.tidemark.Row;
import dev.tidemark.Schema;
import dev.tidemark.TidemarkException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.ZipException;

/** Typed rows of a CSV stream with a header; every error names the file and the line. */
final class CsvRows implements Format.RowReader {
    private final String where;
    private final CsvReader<Row> reader;
    private final Iterator<Row> rows;
    private final CsvLine line;

    /** The stream is plain text; it is closed with this. */
    CsvRows(Schema schema, InputStream in, String where) {
        this(new CsvLine(schema, where), in, where);
    }

    CsvRows(CsvLine line, InputStream in, String where) {
        this.where = where;
        this.line = line;
        this.reader =
                CsvReader.builder()
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .allowUnclosedQuote(false)
                        .skipEmptyLines(false)
                        .build(
                                line,
                                new InputStreamReader(
                                        in,
                                        StandardCharsets.UTF_8
                                                .newDecoder()
                                                .onMalformedInput(CodingErrorAction.REPORT)
                                                .onUnmappableCharacter(CodingErrorAction.REPORT)));
        this.rows = reader.iterator();
    }

    @Override
    public boolean hasNext() {
        try {
            boolean more = rows.hasNext();
            if (!more) {
                line.requireHeader();
            }
            return more;
        } catch (CsvParseException e) {
            throw e.getCause() instanceof TidemarkException known ? known : unreadable(e);
        } catch (UncheckedIOException e) {
            IOException cause = e.getCause();
            throw cause != null && isGarbage(cause) ? unreadable(cause) : e;
        }
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return rows.next();
    }

    /** Bytes that are not what they claim to be, in contrast to a disk that cannot be read. */
    static boolean isGarbage(IOException error) {
        return error instanceof EOFException
                || error instanceof ZipException
                || error instanceof CharacterCodingException;
    }

    private TidemarkException unreadable(Exception cause) {
        return new TidemarkException(
                ErrorCode.INPUT_UNREADABLE,
                "%s cannot be read after line %d: %s. The file is truncated or no CSV; get it again"
                        .formatted(where, line.number(), cause.getMessage()),
                cause);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
