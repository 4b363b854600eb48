package dev.tidemark;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/**
 * When a pipeline runs, and for what: how time is cut into intervals, and how long after its end a
 * run may start.
 */
public sealed interface Schedule {
    /** The zone in which days and hours are cut. */
    ZoneId zone();

    /** Calendar days of a zone, UTC unless said otherwise; a run starts when its day is over. */
    static Daily daily() {
        return new Daily(LocalTime.MIDNIGHT, ZoneOffset.UTC);
    }

    /** Hours of elapsed time: {@code every("1h")}. */
    static Every hourly() {
        return every("1h");
    }

    /**
     * Fixed intervals of elapsed time, such as {@code 30m}, counted from the first instant of the
     * pipeline's starting date, or of 1970 where it has none.
     */
    static Every every(String duration) {
        return Place.named(() -> new Every(Durations.parse(duration), ZoneOffset.UTC));
    }

    /** Runs only when asked to, over an interval of length zero. */
    static OnDemand onDemand() {
        return new OnDemand(ZoneOffset.UTC);
    }

    /**
     * Cuts calendar days.
     *
     * @param time when, on the day after, a run may start
     */
    record Daily(LocalTime time, ZoneId zone) implements Schedule {
        public Daily at(String time) {
            return Place.named(() -> new Daily(timeOfDay(time), zone));
        }

        public Daily in(String zone) {
            return new Daily(time, Place.named(() -> zoneNamed(zone)));
        }
    }

    /**
     * Cuts equal pieces of elapsed time.
     *
     * @param length at least one second
     */
    record Every(Duration length, ZoneId zone) implements Schedule {
        public Every {
            if (length.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new TidemarkException(
                        ErrorCode.INVALID_DEFINITION,
                        "an interval of " + length + " is too short; the least is 1s");
            }
        }

        public Every in(String zone) {
            return new Every(length, Place.named(() -> zoneNamed(zone)));
        }
    }

    /** Cuts nothing. */
    record OnDemand(ZoneId zone) implements Schedule {
        public OnDemand in(String zone) {
            return new OnDemand(Place.named(() -> zoneNamed(zone)));
        }
    }

    private static LocalTime timeOfDay(String text) {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeParseException e) {
            throw new TidemarkException(
                    ErrorCode.INVALID_DEFINITION,
                    "'" + text + "' is not a time of day; write it as 05:00",
                    e);
        }
    }

    private static ZoneId zoneNamed(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new TidemarkException(
                    ErrorCode.INVALID_DEFINITION,
                    "unknown time zone '" + name + "'; write it as Europe/Zurich or UTC",
                    e);
        }
    }
}
