package dev.tidemark.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.tidemark.Bounds;
import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calendar days of every zone that the JDK knows, from 1970 to 2060. */
final class EveryZoneTest {
    private static final LocalDate FIRST = LocalDate.of(1970, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2060, 12, 31);

    private static Timetable days(ZoneId zone, LocalTime time, Bounds bounds) {
        return Timetable.of(PipelineDefinition.Timing.of(new Schedule.Daily(time, zone), bounds));
    }

    @Test
    void daysFollowEachOtherWithoutGapOrOverlap() {
        for (ZoneId zone : Zones.all()) {
            Timetable days = days(zone, LocalTime.MIDNIGHT, Bounds.NONE);
            Interval before = null;
            for (Interval day : days.startingFrom(FIRST, LAST)) {
                if (day.isEmpty() || (before != null && !before.end().equals(day.start()))) {
                    fail(zone + ": " + day + " after " + before);
                }
                before = day;
            }
        }
    }

    @Test
    void eachDayIsNamedAfterItsDate() {
        for (ZoneId zone : Zones.all()) {
            Timetable days = days(zone, LocalTime.MIDNIGHT, Bounds.NONE);
            for (LocalDate date : daysAroundChanges(zone)) {
                for (LocalDate day = date.minusDays(1);
                        !day.isAfter(date.plusDays(1));
                        day = day.plusDays(1)) {
                    for (Interval only : days.startingFrom(day, day)) {
                        assertThat(days.partition(only).key()).isEqualTo(day.toString());
                    }
                }
            }
        }
    }

    @Test
    void beforeGoesBackTheWayTheDaysCame() {
        for (ZoneId zone : Zones.all()) {
            Timetable days = days(zone, LocalTime.MIDNIGHT, Bounds.startingOn(FIRST));
            for (LocalDate date : daysAroundChanges(zone)) {
                List<Interval> some = days.startingFrom(date.minusDays(1), date.plusDays(1));
                for (int i = 1; i < some.size(); i++) {
                    assertThat(days.before(some.get(i)))
                            .as("before %s in %s", some.get(i), zone)
                            .contains(some.get(i - 1));
                }
            }
        }
    }

    @Test
    void aRunIsNeverDueBeforeItsDayIsOverAndIsTheLatestWhenItIs() {
        for (ZoneId zone : Zones.all()) {
            for (LocalTime time : List.of(LocalTime.MIDNIGHT, LocalTime.of(2, 30))) {
                Timetable days = days(zone, time, Bounds.NONE);
                for (LocalDate date : daysAroundChanges(zone)) {
                    List<Interval> some = days.startingFrom(date.minusDays(1), date.plusDays(1));
                    some.forEach(day -> isLatestWhenDue(days, day));
                }
            }
        }
    }

    private static void isLatestWhenDue(Timetable days, Interval day) {
        Instant due = days.due(day);
        assertThat(due.isBefore(day.end())).as("%s of %s in %s", due, day, days).isFalse();
        assertThat(Duration.between(day.end(), due)).isLessThan(Duration.ofHours(6));
        assertThat(days.latestDue(due)).as("at %s in %s", due, days).contains(day);
        assertThat(days.latestDue(due.minusNanos(1))).isEqualTo(days.before(day));
    }

    /** The local dates on which clocks change, by the zone's own rules. */
    private static List<LocalDate> daysAroundChanges(ZoneId zone) {
        return Zones.changes(zone).stream()
                .map(change -> change.getDateTimeBefore().toLocalDate())
                .distinct()
                .toList();
    }
}
