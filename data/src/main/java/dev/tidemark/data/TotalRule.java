package dev.tidemark.data;

import dev.tidemark.Boundary;
import dev.tidemark.RowCounts;
import dev.tidemark.Schema;

/** Judged once, by what is known when all rows are staged. */
non-sealed interface TotalRule extends Rule {
    CheckResult judge(Totality all);

    /**
     * What is known of all rows.
     *
     * @param given the columns as the rows came with them
     * @param history what was published before
     */
    record Totality(Boundary boundary, RowCounts rows, Schema given, History history) {}
}
