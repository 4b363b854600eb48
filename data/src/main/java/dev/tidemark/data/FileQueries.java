package dev.tidemark.data;

import dev.tidemark.Column;
import dev.tidemark.Partition;
import dev.tidemark.Schema;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** Asks staged CSV files in SQL: a DuckDB in memory reads them where they lie. */
record FileQueries(Partition partition, Schema schema, List<Path> files)
        implements CheckedRows.Queries {
    private static final String MEMORY = "1GiB";

    FileQueries {
        files = List.copyOf(files);
    }

    @Override
    public CheckResult judge(SqlRule rule) {
        DuckDb dialect = new DuckDb();
        try (Session session = new Session(dialect, dialect.connect(Path.of("")))) {
            session.execute("SET memory_limit = '" + MEMORY + "'");
            session.execute("SET temp_directory = ''");
            return rule.judge(session, table(dialect), partition);
        } catch (SQLException e) {
            throw DatabaseErrors.reading("check '" + rule.name() + "'", dialect, e);
        }
    }

    /** The files in the form that {@link CsvFormat} writes. */
    private String table(Dialect dialect) {
        return """
        read_csv([%s], auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
          nullstr = '', allow_quoted_nulls = false, compression = 'gzip', columns = {%s})\
        """
                .formatted(
                        files.stream()
                                .map(file -> literal(file.toString()))
                                .collect(Collectors.joining(", ")),
                        schema.columns().stream()
                                .map(column -> declared(dialect, column))
                                .collect(Collectors.joining(", ")));
    }

    private static String declared(Dialect dialect, Column column) {
        return literal(column.name()) + ": " + literal(dialect.declared(column.type()));
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
