package dev.tidemark.data;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;

/** See {@link Check#rowsAtLeast}, {@link Check#rowsAtMost}, {@link Check#rowsBetween}. */
record RowsBetween(String name, long least, long most) implements TotalRule {
    RowsBetween {
        if (least > most) {
            throw new TidemarkException(
                    ErrorCode.INVALID_DEFINITION,
                    "check %s: no number lies between %d and %d; say the lower bound first"
                            .formatted(name, least, most));
        }
    }

    @Override
    public CheckResult judge(Totality all) {
        long rows = all.rows().published();
        return CheckResult.of(name, expected(), rows + " rows", rows >= least && rows <= most);
    }

    private String expected() {
        if (most == Long.MAX_VALUE) {
            return String.valueOf(least);
        }
        return least == 0 ? String.valueOf(most) : least + " to " + most;
    }
}
