package dev.tidemark.data;

import java.util.List;

/** See {@link Check#columns} and {@link Check#columnsInOrder}. */
record GivenColumns(List<String> columns, Order order) implements TotalRule {
    /** Whether the place of a column matters. */
    enum Order {
        ANY,
        AS_LISTED
    }

    GivenColumns {
        columns = List.copyOf(columns);
    }

    @Override
    public CheckResult judge(Totality all) {
        List<String> given = all.given().names();
        return switch (order) {
            case ANY ->
                    CheckResult.of(
                            "columns",
                            columns.toString(),
                            given.toString(),
                            given.stream().sorted().toList().equals(sorted()));
            case AS_LISTED ->
                    CheckResult.of(
                            "columns in order",
                            columns.toString(),
                            given.toString(),
                            given.equals(columns));
        };
    }

    private List<String> sorted() {
        return columns.stream().sorted().toList();
    }
}
