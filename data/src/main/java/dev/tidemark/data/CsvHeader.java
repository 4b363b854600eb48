package dev.tidemark.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.tidemark.Column;
import dev.tidemark.ColumnType;
import dev.tidemark.ErrorCode;
import dev.tidemark.Schema;
import dev.tidemark.TidemarkException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The names in the first line of a CSV file.
 *
 * @param file for messages
 * @param names as they stand there
 */
record CsvHeader(Path file, List<String> names) {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    CsvHeader {
        names = List.copyOf(names);
    }

    /** Empty where the file has none that can be read; whoever reads its rows finds out why. */
    static Optional<CsvHeader> of(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file);
                CsvReader<CsvRecord> reader =
                        CsvReader.builder()
                                .ofCsvRecord(
                                        CsvFileRows.text(file, bytes), StandardCharsets.UTF_8)) {
            return reader.stream().findFirst().map(first -> new CsvHeader(file, named(first)));
        } catch (CsvParseException | TidemarkException _) {
            return Optional.empty();
        }
    }

    private static List<String> named(CsvRecord first) {
        List<String> names = new ArrayList<>(first.getFields());
        names.set(0, names.getFirst().replace(BYTE_ORDER_MARK, ""));
        return names;
    }

    /**
     * The columns of the file's rows as the contract wants to see them: in texts where values are
     * to be doubted, else with the declared types. A name that no column can have gets one of its
     * place.
     */
    Schema columns(Schema declared, SchemaContract contract) {
        if (new HashSet<>(names).size() < names.size()) {
            throw new TidemarkException(
                    ErrorCode.SCHEMA_CHANGED,
                    file + ": its header names a column twice: " + names + "; get it again");
        }
        List<Column> columns = new ArrayList<>();
        for (String name : names) {
            boolean typed = contract == SchemaContract.EVOLVE && declared.has(name);
            ColumnType type = typed ? declared.column(name).type() : ColumnType.TEXT;
            columns.add(column(name, type, columns.size() + 1));
        }
        return Schema.of(columns);
    }

    private static Column column(String name, ColumnType type, int place) {
        try {
            return new Column(name, type);
        } catch (TidemarkException _) {
            return new Column("column-" + place, type);
        }
    }
}
