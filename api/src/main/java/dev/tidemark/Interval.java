package dev.tidemark;

import java.time.Instant;

/**
 * The half-open span of time {@code [start, end)} that a run covers. A task scopes every read and
 * write by it, never by the wall clock. Start and end are equal for a run that was only triggered.
 *
 * @param start the first instant covered; also the run's logical date
 * @param end the first instant no longer covered
 */
public record Interval(Instant start, Instant end) {
    public Interval {
        if (end.isBefore(start)) {
            throw new TidemarkException(
                    ErrorCode.INVALID_REQUEST,
                    "interval ends at " + end + " before it starts at " + start);
        }
    }

    public boolean contains(Instant instant) {
        return !instant.isBefore(start) && instant.isBefore(end);
    }

    public boolean isEmpty() {
        return start.equals(end);
    }

    @Override
    public String toString() {
        return start + "/" + end;
    }
}
