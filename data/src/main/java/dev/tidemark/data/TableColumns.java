package dev.tidemark.data;

import dev.tidemark.Column;
import dev.tidemark.ErrorCode;
import dev.tidemark.Schema;
import dev.tidemark.TidemarkException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The columns that a table has, beside those it is declared with. */
record TableColumns(Session session, String asset, TableName table, Schema declared) {

    /**
     * Creates the table where there is none; otherwise makes sure that it has the declared columns.
     *
     * @param acceptChange whether new columns may be added; a type is never changed
     */
    void ensure(boolean acceptChange) throws SQLException {
        Dialect dialect = session.dialect();
        List<Dialect.Found> found = dialect.columns(session, table);
        if (found.isEmpty()) {
            dialect.createSchema(session, table);
            session.execute(
                    "CREATE TABLE IF NOT EXISTS %s (%s)"
                            .formatted(dialect.quoted(table), dialect.definition(declared)));
            return;
        }
        if (!acceptChange) {
            verify(found);
            return;
        }
        verifyTypes(found);
        for (Column added : missing(found)) {
            session.execute(
                    "ALTER TABLE %s ADD COLUMN %s %s"
                            .formatted(
                                    dialect.quoted(table),
                                    dialect.quoted(added.name()),
                                    dialect.declared(added.type())));
        }
    }

    /**
     * @throws TidemarkException {@link ErrorCode#SCHEMA_CHANGED} naming every difference
     */
    void verify(List<Dialect.Found> found) {
        List<String> differences = new ArrayList<>(otherTypes(found));
        missing(found).forEach(column -> differences.add("missing " + column.name()));
        for (Dialect.Found column : found) {
            if (!declared.has(column.name())) {
                differences.add("not declared " + column.name());
            }
        }
        if (!differences.isEmpty()) {
            throw changed(
                    differences, "Where that is meant, say acceptSchemaChange(): it adds columns");
        }
    }

    private void verifyTypes(List<Dialect.Found> found) {
        List<String> differences = otherTypes(found);
        if (!differences.isEmpty()) {
            throw changed(differences, "A type is changed by hand, with what is in the column");
        }
    }

    private TidemarkException changed(List<String> differences, String advice) {
        return new TidemarkException(
                ErrorCode.SCHEMA_CHANGED,
                ("%s: the table does not have the columns declared for it: %s. Nothing is"
                                + " published. %s")
                        .formatted(asset, String.join(", ", differences), advice));
    }

    private List<String> otherTypes(List<Dialect.Found> found) {
        return found.stream()
                .filter(column -> declared.has(column.name()))
                .filter(column -> !holds(column))
                .map(
                        column ->
                                "%s is %s, declared %s"
                                        .formatted(
                                                column.name(),
                                                column.declared(),
                                                declared.column(column.name()).type()))
                .toList();
    }

    private boolean holds(Dialect.Found column) {
        return column.type().filter(declared.column(column.name()).type()::equals).isPresent();
    }

    private List<Column> missing(List<Dialect.Found> found) {
        Map<String, Dialect.Found> byName = new HashMap<>();
        found.forEach(column -> byName.put(column.name(), column));
        return declared.columns().stream()
                .filter(column -> !byName.containsKey(column.name()))
                .toList();
    }
}
