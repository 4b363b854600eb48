package dev.tidemark.data;

import dev.tidemark.Asset;
import dev.tidemark.Boundary;
import dev.tidemark.ErrorCode;
import dev.tidemark.Partition;
import dev.tidemark.Rows;
import dev.tidemark.Schema;
import dev.tidemark.Source;
import dev.tidemark.Target;
import dev.tidemark.TidemarkException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A table of a {@link Database}. Its name as an asset is {@code database/table}. It is created when
 * it is first published into; one that is there already must have the declared columns.
 *
 * <p>Times are kept to the microsecond. Beside the tables of the user, the database holds what the
 * protocol needs in tables whose names begin with {@code tidemark_}.
 */
public final class TableTarget implements Source<Rows>, Target<TableWriter>, Audited {
    static final String RESERVED_PREFIX = "tidemark_";

    private final Database database;
    private final TableName table;
    private final String name;
    private final Schema schema;

    TableTarget(Database database, String table, Schema schema) {
        this.database = database;
        this.table = TableName.parse(table);
        this.name = Asset.named(database.name() + "/" + table).name();
        this.schema = schema;
        if (this.table.table().toLowerCase(Locale.ROOT).startsWith(RESERVED_PREFIX)) {
            throw new TidemarkException(
                    ErrorCode.INVALID_DEFINITION,
                    "table name '%s' is not allowed; names that begin with %s are Tidemark's own"
                            .formatted(table, RESERVED_PREFIX));
        }
        if (schema.columns().isEmpty()) {
            throw new TidemarkException(
                    ErrorCode.INVALID_DEFINITION, name + " is declared without a column");
        }
    }

    @Override
    public String name() {
        return name;
    }

    /** The columns it is declared with. */
    public Schema schema() {
        return schema;
    }

    @Override
    public TableWriter writer(Boundary boundary) {
        return new TableWriter(this, boundary);
    }

    /**
     * The partition's rows, in one state of the database and in bounded memory: the window that was
     * last replaced for this partition. A table that was merged into has no such window, and is
     * read as a whole.
     *
     * @throws TidemarkException {@link ErrorCode#INPUT_MISSING} where the partition was never
     *     published
     */
    @Override
    public Rows open(Boundary boundary) {
        return OpensRows.of(database, name, boundary, this::read);
    }

    private Rows read(Session session, Boundary boundary) throws SQLException {
        Dialect dialect = session.dialect();
        ManifestTable.Entry head = head(session, boundary);
        new TableColumns(session, name, table, schema).verify(dialect.columns(session, table));
        Optional<TableWindow> window =
                head.window()
                        .map(
                                column ->
                                        TableWindow.of(
                                                dialect, schema, column, boundary.partition()));
        PreparedStatement select =
                session.connection()
                        .prepareStatement(
                                "SELECT %s FROM %s WHERE %s"
                                        .formatted(
                                                dialect.quoted(schema.names()),
                                                dialect.quoted(table),
                                                window.map(TableWindow::condition)
                                                        .orElse("1 = 1")));
        Session.bind(select, window.map(TableWindow::boundValues).orElse(new Object[0]));
        Optional<String> version = window.map(found -> head.manifest().output().contentHash());
        String partition = window.isPresent() ? boundary.partition().key() : Partition.WHOLE;
        return ResultRows.of(
                session, select, schema, new ResultRows.From(boundary, name, partition, version));
    }

    /**
     * The rows that the visible version of the partition turned back: {@code rejection_position}
     * among the rows read, from 1, {@code rejection_reason}, {@code rejected_row}, the row as a
     * JSON object, and {@code rejection_attempt}, as {@code run/task/attempt}.
     */
    public Source<Rows> deadLetter() {
        return new RejectedTableRows(this);
    }

    /**
     * The same with the columns that the rows had, then {@code rejection_reason}, {@code
     * rejection_position} and {@code rejection_attempt}. While it is read, a row that had other
     * columns ends it with {@link ErrorCode#SCHEMA_CHANGED}.
     */
    public Source<Rows> deadLetter(Schema columns) {
        return new RejectedTableRows(this).as(columns);
    }

    /**
     * The partition's rows, then those that were rejected, all with this table's columns: to be
     * mended, and published into the same partition again. What is rejected once more stays in the
     * dead letter. To do it twice is to do it once, if to mend a row twice is.
     *
     * <p>For {@code replaceWindow} and {@code replaceAll}; a table that is merged into takes the
     * rows of {@link #deadLetter(Schema)} alone.
     */
    public Source<Rows> replay() {
        return new Replay(this, deadLetter(schema), schema, boundary -> false);
    }

    /** In one state of the database. Rows are looked at where the partition was replaced. */
    @Override
    public Audit audit(Boundary boundary) {
        Audit.Findings findings = new Audit.Findings();
        return findings.of(
                () -> {
                    List<ManifestTable.Entry> last = new ArrayList<>();
                    OpensRows opening =
                            (session, reader) -> {
                                last.add(head(session, reader));
                                findings.chain(
                                        new ManifestTable(session, name)
                                                .chain(reader.partition().key()));
                                return read(session, reader);
                            };
                    try (Rows rows = OpensRows.of(database, name, boundary, opening)) {
                        ManifestTable.Entry head = last.getFirst();
                        if (head.window().isPresent()) {
                            findings.rows(head.manifest(), rows);
                        }
                    }
                    return true;
                });
    }

    ManifestTable.Entry head(Session session, Boundary boundary) throws SQLException {
        List<String> tables = session.dialect().tables(session);
        Optional<ManifestTable.Entry> head =
                tables.contains(ManifestTable.TABLE)
                        ? new ManifestTable(session, name).head(boundary.partition().key())
                        : Optional.empty();
        return head.orElseThrow(
                () ->
                        new TidemarkException(
                                ErrorCode.INPUT_MISSING,
                                ("%s: partition %s was never published; nothing was read."
                                                + " Run what produces it first")
                                        .formatted(name, boundary.partition().key())));
    }

    Database database() {
        return database;
    }

    TableName table() {
        return table;
    }
}
