package dev.tidemark.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Statements that go to PostgreSQL together and are answered together: one round trip, however many
 * they are. Each works on arrays, so that a statement changes any number of rows.
 */
final class Volley {
    private static final int ANY = -1;

    private final StringBuilder sql = new StringBuilder();
    private final List<Object> values = new ArrayList<>();
    private final List<Integer> expected = new ArrayList<>();

    /** A statement changed fewer rows than there are changes: one of them does not fit. */
    static final class Misfit extends SQLException {
        private static final long serialVersionUID = 1L;

        Misfit(int expected, int actual) {
            super(actual + " rows are as expected, of " + expected);
        }
    }

    /** Adds a statement that changes exactly so many rows. */
    void exactly(int rows, String statement, Object... itsValues) {
        if (!sql.isEmpty()) {
            sql.append(";\n");
        }
        sql.append(statement);
        values.addAll(List.of(itsValues));
        expected.add(rows);
    }

    /** Adds a statement that changes as many rows as there are. */
    void add(String statement, Object... itsValues) {
        exactly(ANY, statement, itsValues);
    }

    /**
     * Sends them, in their order.
     *
     * @throws Misfit where one did not change as many rows as it should
     */
    void send(Connection connection) throws SQLException {
        if (expected.isEmpty()) {
            return;
        }
        // The driver keeps what it has prepared, by text.
        try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            statement.execute();
            for (int rows : expected) {
                int actual = statement.getUpdateCount();
                if (rows != ANY && rows != actual) {
                    throw new Misfit(rows, actual);
                }
                statement.getMoreResults();
            }
        }
    }

    static <T> long[] longs(List<T> items, ToLongFunction<T> value) {
        return items.stream().mapToLong(value).toArray();
    }

    static <T> int[] ints(List<T> items, ToIntFunction<T> value) {
        return items.stream().mapToInt(value).toArray();
    }

    static <T> @Nullable String[] texts(List<T> items, Function<T, @Nullable String> value) {
        @Nullable String[] texts = new String[items.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = value.apply(items.get(i));
        }
        return texts;
    }
}
