package dev.tidemark.data;

import dev.tidemark.ErrorCode;
import dev.tidemark.Partition;
import dev.tidemark.TidemarkException;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** See {@link Check#noRows} and {@link Check#value}. */
record SqlRule(String name, NamedParameters query, Answer answer) implements Rule {
    /** What the query must give. */
    sealed interface Answer {}

    record NoRows() implements Answer {}

    record Value(Object value) implements Answer {}

    static SqlRule of(String name, String sql, Answer answer) {
        return new SqlRule(name, NamedParameters.parse(name, sql), answer);
    }

    /**
     * Asks the staged rows.
     *
     * @param staged what follows {@code FROM}: a table or a function that reads a file
     */
    CheckResult judge(Session session, String staged, Partition partition) throws SQLException {
        try {
            session.execute(session.dialect().beginLooking());
            try {
                return switch (answer) {
                    case NoRows _ -> noRows(session, staged, partition);
                    case Value value -> value(session, staged, partition, value.value());
                };
            } finally {
                session.execute("ROLLBACK");
            }
        } catch (SQLException e) {
            if (session.dialect().isConflict(e)) {
                throw e;
            }
            throw new TidemarkException(
                    ErrorCode.INVALID_DEFINITION,
                    "check '%s' could not be asked, so nothing is published. %s says: %s"
                            .formatted(name, session.dialect().product(), e.getMessage()),
                    e);
        }
    }

    private CheckResult noRows(Session session, String staged, Partition partition)
            throws SQLException {
        @Nullable Object[] values = query.values(session.dialect(), partition);
        long rows = session.count(select("count(*)", staged, ""), values);
        Optional<String> example =
                rows == 0
                        ? Optional.empty()
                        : session.first(select("*", staged, " LIMIT 1"), SqlRule::text, values);
        return CheckResult.of(
                name,
                "no rows",
                example.map(row -> rows + " rows, such as " + row).orElse("none"),
                rows == 0);
    }

    private CheckResult value(Session session, String staged, Partition partition, Object expected)
            throws SQLException {
        List<String> found =
                session.all(
                        select("*", staged, " LIMIT 2"),
                        row -> String.valueOf(row.getString(1)),
                        query.values(session.dialect(), partition));
        String actual =
                switch (found.size()) {
                    case 0 -> "no row";
                    case 1 -> found.getFirst();
                    default -> "more than one row, such as " + found.getFirst();
                };
        return CheckResult.of(
                name,
                expected.toString(),
                actual,
                found.size() == 1 && isSame(expected, found.getFirst()));
    }

    /** A number is the same in whatever form a database writes it. */
    private static boolean isSame(Object expected, String found) {
        if (expected instanceof Number) {
            try {
                return new BigDecimal(expected.toString()).compareTo(new BigDecimal(found)) == 0;
            } catch (NumberFormatException _) {
                return false;
            }
        }
        return expected.toString().equals(found);
    }

    private String select(String what, String staged, String end) {
        return "WITH staged AS (SELECT * FROM %s) SELECT %s FROM (%s\n) AS answer%s"
                .formatted(staged, what, query.sql(), end);
    }

    private static String text(ResultSet row) throws SQLException {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            values.add(row.getMetaData().getColumnLabel(i) + "=" + row.getString(i));
        }
        return "{" + String.join(", ", values) + "}";
    }
}
