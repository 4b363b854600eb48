package dev.tidemark.data;

import dev.tidemark.ErrorCode;
import dev.tidemark.Row;
import dev.tidemark.Rows;
import dev.tidemark.Source;
import dev.tidemark.TidemarkException;
import java.util.ArrayList;
import java.util.List;

/** See {@link Check#rowsAnnouncedBy}. */
record RowsAnnounced(Source<Rows> source) implements TotalRule {
    @Override
    public CheckResult judge(Totality all) {
        long announced = announced(all);
        long read = all.rows().read();
        return CheckResult.of(
                "rows announced by " + source.name(),
                announced + " rows read",
                "%d: %d accepted, %d rejected, %d filtered"
                        .formatted(
                                read,
                                all.rows().accepted(),
                                all.rows().rejected(),
                                all.rows().filtered()),
                read == announced);
    }

    private long announced(Totality all) {
        List<Row> found = new ArrayList<>();
        try (Rows rows = source.open(new ReferenceBoundary(all.boundary()))) {
            var each = rows.iterator();
            while (each.hasNext() && found.size() < 2) {
                found.add(each.next());
            }
        }
        if (found.size() == 1
                && found.getFirst().schema().size() == 1
                && found.getFirst().value(0) instanceof Long count) {
            return count;
        }
        throw new TidemarkException(
                ErrorCode.INPUT_UNREADABLE,
                ("%s should say how many rows there are, with one row of one whole number, and says"
                                + " %s. Nothing is published")
                        .formatted(
                                source.name(),
                                found.size() > 1 ? "more than one row" : found.toString()));
    }
}
