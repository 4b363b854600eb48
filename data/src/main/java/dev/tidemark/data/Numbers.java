package dev.tidemark.data;

import dev.tidemark.ColumnType;
import dev.tidemark.ErrorCode;
import dev.tidemark.Schema;
import dev.tidemark.TidemarkException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Columns of numbers, and checks of one figure that is made of them. */
final class Numbers {
    private Numbers() {}

    /** What a figure must lie between, both included. */
    record Bounds(double least, double most) {
        /** Compared as floating numbers, which is what authors write bounds as. */
        boolean hold(BigDecimal figure) {
            double number = figure.doubleValue();
            return number >= least && number <= most;
        }

        @Override
        public String toString() {
            return Figures.text(least) + " to " + Figures.text(most);
        }
    }

    static void verifyBounds(String check, String column, double least, double most) {
        if (!(least <= most) || least == Double.POSITIVE_INFINITY) {
            throw new TidemarkException(
                    ErrorCode.INVALID_DEFINITION,
                    "check %s: %s: nothing lies between %s and %s; say the lower bound first"
                            .formatted(check, column, least, most));
        }
    }

    static int position(Schema schema, String check, String column) {
        ColumnType type = schema.column(column).type();
        switch (type) {
            case INTEGER, FLOAT, DECIMAL -> {}
            case BOOLEAN, TEXT, DATE, TIMESTAMP, INSTANT ->
                    throw new TidemarkException(
                            ErrorCode.INVALID_DEFINITION,
                            ("check %s: column '%s' is of type %s; take one of type INTEGER,"
                                            + " FLOAT or DECIMAL")
                                    .formatted(check, column, type));
        }
        return schema.position(column);
    }

    static boolean isFinite(Object value) {
        return !(value instanceof Double number) || Double.isFinite(number);
    }

    /** Without loss; only for what {@link #isFinite}. */
    static BigDecimal exact(Object value) {
        return switch (value) {
            case Long number -> BigDecimal.valueOf(number);
            case Double number -> new BigDecimal(number);
            case BigDecimal number -> number;
            default -> throw new IllegalArgumentException("not a number: " + value);
        };
    }

    /** Of no values, nothing is asked. One that is not finite makes no figure. */
    static CheckResult result(
            String name, Bounds bounds, @Nullable BigDecimal found, long notFinite) {
        if (notFinite > 0) {
            String actual = notFinite + " values that are not finite";
            return CheckResult.of(name, bounds.toString(), actual, false);
        }
        if (found == null) {
            return CheckResult.of(name, bounds.toString(), "too few values", true);
        }
        return CheckResult.of(name, bounds.toString(), Figures.text(found), bounds.hold(found));
    }
}
