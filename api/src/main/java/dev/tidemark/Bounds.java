package dev.tidemark;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Between which local times of its zone the intervals of a pipeline start.
 *
 * @param from the first time at which one may start
 * @param until the first time at which none starts any more
 */
public record Bounds(Optional<LocalDateTime> from, Optional<LocalDateTime> until) {
    /** No start and no end. */
    public static final Bounds NONE = new Bounds(Optional.empty(), Optional.empty());

    public Bounds {
        if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
            throw refused(
                    "endingOn "
                            + last(until.get())
                            + " is before startingOn "
                            + shortest(from.get())
                            + ", so nothing would ever run; let it end later or start earlier");
        }
    }

    /** Intervals that start on a date or later. */
    public static Bounds startingOn(LocalDate date) {
        return new Bounds(Optional.of(date.atStartOfDay()), Optional.empty());
    }

    /**
     * The same end, another start.
     *
     * @param text a date such as {@code 2001-02-01}, or a local time such as {@code
     *     2001-02-01T00:10}
     */
    Bounds startingOn(String text) {
        return new Bounds(Optional.of(parse(text, 0)), until);
    }

    /**
     * The same start, another end.
     *
     * @param text a date, on which intervals still start; or a local time, from which on none does
     */
    Bounds endingOn(String text) {
        return new Bounds(from, Optional.of(parse(text, 1)));
    }

    /**
     * The date or the time that a text says.
     *
     * @param later how many days after a date its bound lies
     */
    private static LocalDateTime parse(String text, int later) {
        try {
            if (!text.contains("T")) {
                return LocalDate.parse(text).plusDays(later).atStartOfDay();
            }
            LocalDateTime time = LocalDateTime.parse(text);
            if (time.equals(time.truncatedTo(ChronoUnit.SECONDS))) {
                return time;
            }
        } catch (DateTimeException e) {
            throw new TidemarkException(ErrorCode.INVALID_DEFINITION, notADate(text), e);
        }
        throw refused(notADate(text));
    }

    private static String notADate(String text) {
        return "'"
                + text
                + "' is not a date; write it as 2001-02-01, or with a local time of the schedule's"
                + " zone as 2001-02-01T00:10";
    }

    private static String last(LocalDateTime until) {
        return until.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? until.toLocalDate().minusDays(1).toString()
                : until.toString();
    }

    private static String shortest(LocalDateTime from) {
        return from.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? from.toLocalDate().toString()
                : from.toString();
    }

    private static TidemarkException refused(String message) {
        return new TidemarkException(ErrorCode.INVALID_DEFINITION, message);
    }
}
