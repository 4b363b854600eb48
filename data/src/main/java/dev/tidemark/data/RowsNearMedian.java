package dev.tidemark.data;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import java.util.List;

/** See {@link Check#rowsNearMedian}. */
record RowsNearMedian(int percent, int partitions) implements TotalRule {
    static final int MOST_PARTITIONS = 100;
    private static final double HUNDRED = 100;

    RowsNearMedian {
        if (percent < 0 || partitions < 1 || partitions > MOST_PARTITIONS) {
            throw new TidemarkException(
                    ErrorCode.INVALID_DEFINITION,
                    ("check rows near median: %d percent of %d partitions makes no sense; percent"
                                    + " are 0 or more, partitions 1 to %d")
                            .formatted(percent, partitions, MOST_PARTITIONS));
        }
    }

    @Override
    public CheckResult judge(Totality all) {
        String name = "rows near median of the last " + partitions;
        long rows = all.rows().published();
        List<Long> before = all.history().rowsBefore(partitions).stream().sorted().toList();
        if (before.isEmpty()) {
            return CheckResult.of(name, "nothing: no partition before it", rows + " rows", true);
        }
        double median = median(before);
        double least = median * Math.max(0, 1 - percent / HUNDRED);
        double most = median * (1 + percent / HUNDRED);
        return CheckResult.of(
                name,
                "%s to %s, %d %% around the median %s of %d"
                        .formatted(
                                Figures.text(least),
                                Figures.text(most),
                                percent,
                                Figures.text(median),
                                before.size()),
                rows + " rows",
                rows >= least && rows <= most);
    }

    private static double median(List<Long> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2.0;
    }
}
