package dev.tidemark.data;

import dev.tidemark.Column;
import dev.tidemark.ErrorCode;
import dev.tidemark.Row;
import dev.tidemark.Schema;
import dev.tidemark.TidemarkException;
import java.util.ArrayList;
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

    /** Refuses rows that do not have the declared columns. */
    void verify(Schema rows) {
        List<String> differences = differences(declared, rows);
        if (!differences.isEmpty()) {
            throw new TidemarkException(
                    ErrorCode.SCHEMA_CHANGED,
                    "%s: the rows do not have the columns it declares: %s"
                            .formatted(asset, String.join(", ", differences)));
        }
    }

    /** Refuses a declaration that differs from what readers see now. */
    void verifyUnchangedSince(Manifest published) {
        List<String> differences = differences(published.output().schema(), declared);
        if (!differences.isEmpty()) {
            throw new TidemarkException(
                    ErrorCode.SCHEMA_CHANGED,
                    ("%s: its columns differ from those published for %s: %s; nothing is "
                                    + "published. Where that is meant, say acceptSchemaChange()")
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

    /** What is added, removed and of another type; the order of columns does not matter. */
    static List<String> differences(Schema from, Schema to) {
        List<String> differences = new ArrayList<>();
        for (Column column : from.columns()) {
            if (!to.has(column.name())) {
                differences.add("removed " + column.name());
            } else if (to.column(column.name()).type() != column.type()) {
                differences.add(
                        "%s was %s, is %s"
                                .formatted(
                                        column.name(),
                                        column.type(),
                                        to.column(column.name()).type()));
            }
        }
        for (Column column : to.columns()) {
            if (!from.has(column.name())) {
                differences.add("added " + column.name());
            }
        }
        return differences;
    }
}
