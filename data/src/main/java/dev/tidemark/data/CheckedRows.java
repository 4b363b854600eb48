package dev.tidemark.data;

import dev.tidemark.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The checks of one publish at work. Belongs to one thread. */
final class CheckedRows implements AutoCloseable {
    /** Asks the staged rows in SQL; each kind of target has its own way. */
    interface Queries {
        CheckResult judge(SqlRule rule);
    }

    /** A check, and what it has seen where it looks at each row. */
    private record Running(Check check, Optional<RowRule.Tally> tally) {}

    private final List<Running> running = new ArrayList<>();

    /** No check, before the columns are known. */
    CheckedRows() {}

    CheckedRows(List<Check> checks, RowRule.Scope scope) {
        for (Check check : checks) {
            Optional<RowRule.Tally> tally =
                    check.rule() instanceof RowRule rule
                            ? Optional.of(rule.begin(scope))
                            : Optional.empty();
            running.add(new Running(check, tally));
        }
    }

    void see(Row row) {
        for (Running each : running) {
            each.tally.ifPresent(tally -> tally.see(row));
        }
    }

    /** In the order in which the author named the checks. */
    List<CheckResult> results(TotalRule.Totality all, Queries queries) {
        return running.stream().map(each -> each.check.judged(result(each, all, queries))).toList();
    }

    private static CheckResult result(Running each, TotalRule.Totality all, Queries queries) {
        return switch (each.check.rule()) {
            case RowRule _ -> each.tally.orElseThrow().result();
            case TotalRule rule -> rule.judge(all);
            case SqlRule rule -> queries.judge(rule);
        };
    }

    @Override
    public void close() {
        running.forEach(each -> each.tally.ifPresent(RowRule.Tally::close));
    }
}
