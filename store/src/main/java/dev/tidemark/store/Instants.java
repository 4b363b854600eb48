package dev.tidemark.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Instants in columns: ISO text in UTC with nine digits after the second. Nothing is lost, people
 * can read it, and from year 0 to 9999 it sorts.
 */
final class Instants {
    private static final int DIGITS_NANO = 9;

    /** Of a year from 0 to 9999: {@code 2001-02-03T04:05:06.000000000Z}. */
    private static final int LENGTH = 30;

    private static final DateTimeFormatter SORTABLE =
            new DateTimeFormatterBuilder().appendInstant(DIGITS_NANO).toFormatter();

    private Instants() {}

    static String text(Instant instant) {
        return SORTABLE.format(instant);
    }

    /** By hand, where the places are known: lists hold many, and a formatter takes its time. */
    static Instant parse(String text) {
        if (text.length() != LENGTH) {
            return Instant.parse(text);
        }
        LocalDateTime local =
                LocalDateTime.of(
                        digits(text, 0, 4),
                        digits(text, 5, 7),
                        digits(text, 8, 10),
                        digits(text, 11, 13),
                        digits(text, 14, 16),
                        digits(text, 17, 19),
                        digits(text, 20, 29));
        return local.toInstant(ZoneOffset.UTC);
    }

    private static int digits(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    static Instant read(ResultSet row, String column) throws SQLException {
        return parse(row.getString(column));
    }

    static Optional<Instant> readOptional(ResultSet row, String column) throws SQLException {
        @Nullable String text = row.getString(column);
        return Optional.ofNullable(text).map(Instants::parse);
    }
}
