package dev.tidemark.data;

import dev.tidemark.Column;
import dev.tidemark.ColumnType;
import dev.tidemark.ErrorCode;
import dev.tidemark.Row;
import dev.tidemark.Rows;
import dev.tidemark.Schema;
import dev.tidemark.TidemarkException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes rows of other columns into rows of the declared ones, as a contract says. */
final class Fitting {
    /** Beyond it not every whole number is a floating one. */
    private static final long MOST_EXACT = 1L << 53;

    private final String asset;
    private final Schema given;
    private final Schema declared;
    private final SchemaContract contract;
    private final List<SchemaChange> changes;
    private long valuesLeftOut;
    private String example = "";

    /**
     * @param asset the source or target that declares columns, for messages
     * @param changes how the given columns differ, as they are told
     */
    Fitting(
            String asset,
            Schema given,
            Schema declared,
            SchemaContract contract,
            List<SchemaChange> changes) {
        this.asset = asset;
        this.given = given;
        this.declared = declared;
        this.contract = contract;
        this.changes = changes;
    }

    /**
     * The rows with the declared columns.
     *
     * @throws TidemarkException {@link ErrorCode#SCHEMA_CHANGED} where the contract does not allow
     *     it, naming each column
     */
    Rows fitted(Rows rows) {
        if (given.equals(declared)) {
            return rows;
        }
        verify();
        rows.addRemarks(this::remarks);
        Rows sound =
                switch (contract) {
                    case FREEZE, EVOLVE, REJECT_VALUES -> rows;
                    case REJECT_ROWS -> rows.reject(this::misfit);
                };
        return sound.map(declared, this::fit);
    }

    private void verify() {
        switch (contract) {
            case FREEZE -> refuse(!changes.isEmpty(), "");
            case EVOLVE -> refuse(retyped(), " A type that changed is not let pass;");
            case REJECT_ROWS -> refuse(missing(), " Every row lacks what is gone;");
            case REJECT_VALUES -> {}
        }
    }

    private boolean retyped() {
        return declared.columns().stream()
                .filter(column -> given.has(column.name()))
                .anyMatch(column -> given.column(column.name()).type() != column.type());
    }

    private boolean missing() {
        return declared.names().stream().anyMatch(name -> !given.has(name));
    }

    private void refuse(boolean differs, String because) {
        if (differs) {
            throw new TidemarkException(
                    ErrorCode.SCHEMA_CHANGED,
                    ("%s: the columns of the rows are not those it declares: %s.%s Nothing is"
                                    + " published; declare them as they come, or say"
                                    + " contract(…) with what is to become of them")
                            .formatted(asset, SchemaDrift.text(changes), because));
        }
    }

    /** Why a row does not fit; empty where it does. */
    private Optional<String> misfit(Row row) {
        for (Column column : given.columns()) {
            Object value = row.value(column.name());
            if (value != null && !isNoValue(value)) {
                if (!declared.has(column.name())) {
                    return Optional.of("nobody declared the column " + column.name());
                }
                Column wanted = declared.column(column.name());
                if (converted(value, wanted.type()).isEmpty()) {
                    return Optional.of(
                            "%s = %s is not of type %s"
                                    .formatted(column.name(), value, wanted.type()));
                }
            }
        }
        return Optional.empty();
    }

    private Row fit(Row row) {
        @Nullable Object[] values = new @Nullable Object[declared.size()];
        for (int i = 0; i < values.length; i++) {
            Column column = declared.columns().get(i);
            Object value = given.has(column.name()) ? row.value(column.name()) : null;
            values[i] = value == null ? null : fit(column, value);
        }
        return declared.row(values);
    }

    private @Nullable Object fit(Column column, Object value) {
        Optional<Object> converted = converted(value, column.type());
        if (converted.isEmpty() && !isNoValue(value)) {
            example = valuesLeftOut == 0 ? column.name() + " = " + value : example;
            valuesLeftOut++;
        }
        return converted
                .filter(found -> !isNoValue(found) || column.type() == ColumnType.TEXT)
                .orElse(null);
    }

    /** An empty text is no value of any type but texts. */
    private static boolean isNoValue(Object value) {
        return value.equals("");
    }

    /** The value as one of this type, without loss; empty where it is none. */
    private static Optional<Object> converted(Object value, ColumnType type) {
        if (type.javaType().isInstance(value) || isNoValue(value)) {
            return Optional.of(value);
        }
        if (type == ColumnType.TEXT) {
            return Optional.of(ValueText.of(value));
        }
        return switch (value) {
            case String text -> parsed(text, type);
            case Long number when type == ColumnType.DECIMAL ->
                    Optional.of(BigDecimal.valueOf(number));
            case Long number when type == ColumnType.FLOAT && Math.abs(number) <= MOST_EXACT ->
                    Optional.of(number.doubleValue());
            case LocalDate date when type == ColumnType.TIMESTAMP ->
                    Optional.of(date.atStartOfDay());
            default -> Optional.empty();
        };
    }

    private static Optional<Object> parsed(String text, ColumnType type) {
        try {
            return Optional.ofNullable(ValueParser.parse(type, text, false));
        } catch (RuntimeException _) {
            // The parsers of the types say no in their own ways.
            return Optional.empty();
        }
    }

    private List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (!changes.isEmpty()) {
            remarks.add(SchemaDrift.text(changes));
        }
        if (valuesLeftOut > 0) {
            remarks.add(
                    "%d values are not of their column's type and were left out, such as %s"
                            .formatted(valuesLeftOut, example));
        }
        return remarks.stream().map(remark -> asset + ": " + remark).toList();
    }
}
