package dev.tidemark.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
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
    private static final DateTimeFormatter SORTABLE =
            new DateTimeFormatterBuilder().appendInstant(DIGITS_NANO).toFormatter();

    private Instants() {}

    static String text(Instant instant) {
        return SORTABLE.format(instant);
    }

    static Instant read(ResultSet row, String column) throws SQLException {
        return Instant.parse(row.getString(column));
    }

    static Optional<Instant> readOptional(ResultSet row, String column) throws SQLException {
        @Nullable String text = row.getString(column);
        return Optional.ofNullable(text).map(Instant::parse);
    }
}
