package dev.tidemark.data;

import dev.tidemark.ErrorCode;
import dev.tidemark.Row;
import dev.tidemark.Rows;
import dev.tidemark.Schema;
import dev.tidemark.TidemarkException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether rows have the columns that a target declares, in whatever order, and the same as were
 * published before.
 */
final class Conformity {
    private final String asset;
    private final Schema declared;
    private @Nullable Schema lastSeen;

    Conformity(String asset, Schema declared) {
        this.asset = asset;
        this.declared = declared;
    }

    /** Refuses a row that does not have the declared columns. */
    private void verify(Schema rows) {
        List<String> differences = differences(declared, rows);
        if (!differences.isEmpty()) {
            throw new TidemarkException(
                    ErrorCode.SCHEMA_CHANGED,
                    ("%s: a row does not have the columns it declares: %s. Nothing is published;"
                                    + " give all rows the columns that the rows claim to have")
                            .formatted(asset, String.join(", ", differences)));
        }
    }

    /** Rows with the declared columns, made of these as the contract says. */
    Rows fitted(Rows rows, SchemaContract contract) {
        Schema given = rows.schema();
        List<SchemaChange> changes = SchemaDrift.between(declared, given);
        return changes.isEmpty()
                ? rows
                : new Fitting(asset, given, declared, contract, changes).fitted(rows);
    }

    /** Refuses a declaration that differs from what readers see now. */
    void verifyUnchangedSince(Manifest published) {
        List<String> differences = differences(published.output().schema(), declared);
        if (!differences.isEmpty()) {
            throw new TidemarkException(
                    ErrorCode.SCHEMA_CHANGED,
                    ("%s: its columns differ from those published for %s: %s; nothing is "
                                    + "published. Where that is meant, say acceptSchemaChange();"
                                    + " else declare them as they were")
                            .formatted(
                                    asset,
                                    published.piece().partition().key(),
                                    String.join(", ", differences)));
        }
    }

    /** The row with its columns in the declared order. Most rows carry the very schema declared. */
    @SuppressWarnings("ReferenceEquality")
    Row fit(Row row) {
        Schema given = row.schema();
        if (given == declared) {
            return row;
        }
        if (given != lastSeen) {
            verify(given);
            lastSeen = given;
        }
        if (given.equals(declared)) {
            return row;
        }
        @Nullable Object[] values = new @Nullable Object[declared.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.value(declared.columns().get(i).name());
        }
        return declared.row(values);
    }

    /** The same for the same columns, in whatever order. */
    static String fingerprint(Schema schema) {
        return Sha256.hex(
                schema.columns().stream()
                        .map(column -> column.name() + " " + column.type() + "\n")
                        .sorted()
                        .collect(Collectors.joining()));
    }

    /** What became of the columns; their order does not matter. */
    static List<String> differences(Schema from, Schema to) {
        return SchemaDrift.between(from, to).stream().map(SchemaChange::toString).toList();
    }
}
