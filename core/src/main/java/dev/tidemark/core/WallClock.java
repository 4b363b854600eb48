package dev.tidemark.core;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/** What clocks of a zone show, and when. */
record WallClock(ZoneId zone) {
    /** The first instant at which clocks show this time; where they skip it, that after the gap. */
    Instant first(LocalDateTime time) {
        // For a time that is repeated, rules give the offset before the change: the first time.
        return gap(time)
                .map(ZoneOffsetTransition::getInstant)
                .orElseGet(() -> time.toInstant(zone.getRules().getOffset(time)));
    }

    /** The first instant of a date; of the next one there is where clocks skip it. */
    Instant startOf(LocalDate date) {
        return first(date.atStartOfDay());
    }

    LocalDateTime at(Instant instant) {
        return LocalDateTime.ofInstant(instant, zone);
    }

    LocalDate date(Instant instant) {
        return at(instant).toLocalDate();
    }

    /** The change of clocks that skips a time. */
    Optional<ZoneOffsetTransition> gap(LocalDateTime time) {
        return change(time).filter(ZoneOffsetTransition::isGap);
    }

    /** The change after which clocks show times once more, where an instant is among these. */
    Optional<ZoneOffsetTransition> repetition(Instant instant) {
        return change(at(instant))
                .filter(ZoneOffsetTransition::isOverlap)
                .filter(change -> !instant.isBefore(change.getInstant()));
    }

    private Optional<ZoneOffsetTransition> change(LocalDateTime time) {
        return Optional.ofNullable(zone.getRules().getTransition(time));
    }
}
