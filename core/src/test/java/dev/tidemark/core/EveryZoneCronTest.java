package dev.tidemark.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.Bounds;
import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cron around every change of clocks of every zone that the JDK knows, from 1970 to 2060. */
final class EveryZoneCronTest {
    private static final long SEED = 20_260_601;
    private static final int SAMPLES = 600;

    private static Timetable cron(ZoneId zone, String expression) {
        return Timetable.of(
                PipelineDefinition.Timing.of(
                        Schedule.cron(expression).in(zone.getId()), Bounds.NONE));
    }

    @ParameterizedTest(name = "{0}, {1} hours around")
    @CsvSource({
        "0 0 * * *, 36",
        "30 2 * * *, 36",
        "0 3 * * *, 36",
        "59 23 * * *, 36",
        "0 */2 * * *, 5",
        "'5,55 0-3,22,23 * * *', 3",
        "*/30 * * * *, 2",
        "7 * * * *, 3"
    })
    void intervalsFollowEachOtherWithoutGapOverlapOrEmptiness(String expression, int hours) {
        Duration around = Duration.ofHours(hours);
        for (ZoneId zone : Zones.all()) {
            Timetable timetable = cron(zone, expression);
            for (ZoneOffsetTransition change : Zones.changes(zone)) {
                Instant begin = change.getInstant().minus(around);
                walk(timetable, begin, change.getInstant().plus(around));
            }
        }
    }

    private static void walk(Timetable timetable, Instant begin, Instant end) {
        Interval interval = timetable.firstFrom(begin).orElseThrow();
        while (interval.start().isBefore(end)) {
            Interval next = timetable.after(interval).orElseThrow();
            isTrue(!interval.isEmpty(), timetable, interval);
            isTrue(next.start().equals(interval.end()), timetable, next);
            isTrue(timetable.before(next).equals(Optional.of(interval)), timetable, interval);
            isFoundFromAnywhere(timetable, interval, next);
            interval = next;
        }
    }

    /** The same interval from its first instant, its last, and from amid the next. */
    private static void isFoundFromAnywhere(Timetable timetable, Interval interval, Interval next) {
        Instant middle = next.start().plus(Duration.between(next.start(), next.end()).dividedBy(2));
        isTrue(
                timetable.firstFrom(interval.start()).equals(Optional.of(interval)),
                timetable,
                interval);
        isTrue(
                timetable.firstFrom(interval.end().minusNanos(1)).equals(Optional.of(next)),
                timetable,
                next);
        isTrue(timetable.latestDue(middle).equals(Optional.of(interval)), timetable, interval);
    }

    /** Without AssertJ, which would take most of the time. */
    private static void isTrue(boolean holds, Timetable timetable, Interval interval) {
        if (!holds) {
            throw new AssertionError(interval + " of " + timetable);
        }
    }

    /** Against a walk over all minutes, which knows nothing of transitions. */
    @Test
    void ticksAreThoseThatASlowWalkFinds() {
        Random random = new Random(SEED);
        List<ZoneId> zones = Zones.all();
        for (int i = 0; i < SAMPLES; i++) {
            ZoneId zone = zones.get(random.nextInt(zones.size()));
            List<ZoneOffsetTransition> changes = Zones.changes(zone);
            Instant at =
                    changes.isEmpty()
                            ? Instant.parse("2026-06-01T00:00:00Z")
                            : changes.get(random.nextInt(changes.size())).getInstant();
            RandomCron cron = RandomCron.of(random);
            SlowWalk walk = new SlowWalk(zone, cron, at);
            assertThat(ticks(cron(zone, cron.text()), walk.from(), walk.to()))
                    .as("%s in %s around %s (sample %d)", cron.text(), zone, at, i)
                    .isEqualTo(walk.ticks());
        }
    }

    private static List<Instant> ticks(Timetable timetable, Instant from, Instant to) {
        List<Instant> ticks = new ArrayList<>();
        Interval interval = timetable.firstFrom(from).orElseThrow();
        while (interval.start().isBefore(to)) {
            ticks.add(interval.start());
            interval = timetable.after(interval).orElseThrow();
        }
        return ticks;
    }

    /** An expression with what it means. */
    private record RandomCron(String text, List<List<Integer>> fields) {
        private static final int HOUR = 1;
        private static final int HOURS = 24;

        static RandomCron of(Random random) {
            List<Field> fields =
                    List.of(
                            field(random, 0, 59),
                            field(random, 0, 23),
                            random.nextInt(3) == 0 ? field(random, 1, 31) : all(1, 31),
                            all(1, 12),
                            random.nextInt(3) == 0 ? field(random, 0, 6) : all(0, 6));
            return new RandomCron(
                    String.join(" ", fields.stream().map(Field::text).toList()),
                    fields.stream().map(Field::numbers).toList());
        }

        private record Field(String text, List<Integer> numbers) {}

        private static Field all(int min, int max) {
            return steps("*", min, max, 1);
        }

        private static Field field(Random random, int min, int max) {
            int from = min + random.nextInt(max - min + 1);
            int to = from + random.nextInt(max - from + 1);
            int step = 1 + random.nextInt(max);
            return switch (random.nextInt(5)) {
                case 0 -> all(min, max);
                case 1 -> steps("*/" + step, min, max, step);
                case 2 -> steps(from + "-" + to, from, to, 1);
                case 3 -> steps(from + "-" + to + "/" + step, from, to, step);
                default -> new Field(from + "," + to, List.of(from, to));
            };
        }

        private static Field steps(String text, int from, int to, int step) {
            List<Integer> numbers = new ArrayList<>();
            for (int number = from; number <= to; number += step) {
                numbers.add(number);
            }
            return new Field(text, numbers);
        }

        boolean isEveryHour() {
            return fields.get(HOUR).size() == HOURS;
        }

        boolean fits(LocalDateTime time) {
            if (!fields.getFirst().contains(time.getMinute()) || time.getSecond() != 0) {
                return false;
            }
            List<String> texts = List.of(text.split(" ", -1));
            boolean dayOfMonth = fields.get(2).contains(time.getDayOfMonth());
            boolean dayOfWeek = fields.get(4).contains(time.getDayOfWeek().getValue() % 7);
            boolean bothMustFit = texts.get(2).startsWith("*") || texts.get(4).startsWith("*");
            boolean day = bothMustFit ? dayOfMonth && dayOfWeek : dayOfMonth || dayOfWeek;
            return day && fields.get(HOUR).contains(time.getHour());
        }
    }

    /** All instants of some days, one after another, and what clocks show at each. */
    private record SlowWalk(ZoneId zone, RandomCron cron, Instant change) {
        private static final Duration BEFORE = Duration.ofHours(36);
        private static final Duration RUN_UP = Duration.ofHours(26);
        private static final Duration AFTER = Duration.ofHours(30);

        /** Since Monrovia was 44 minutes and 30 seconds behind until 1972. */
        private static final int STEP_SECONDS = 30;

        /** Clocks that went back before the walk would spoil its beginning. */
        Instant from() {
            return change.minus(BEFORE).plus(RUN_UP);
        }

        Instant to() {
            return change.plus(AFTER);
        }

        List<Instant> ticks() {
            return (cron.isEveryHour() ? wheneverShown() : onceEach())
                    .stream().filter(tick -> !tick.isBefore(from())).toList();
        }

        private List<Instant> wheneverShown() {
            List<Instant> ticks = new ArrayList<>();
            for (Instant at = begin(); at.isBefore(to()); at = at.plusSeconds(STEP_SECONDS)) {
                if (cron.fits(LocalDateTime.ofInstant(at, zone))) {
                    ticks.add(at);
                }
            }
            return ticks;
        }

        /** A time's tick is the first instant at which clocks show it or a later one. */
        private List<Instant> onceEach() {
            List<Instant> ticks = new ArrayList<>();
            LocalDateTime time = LocalDateTime.ofInstant(begin(), zone);
            for (Instant at = begin(); at.isBefore(to()); at = at.plusSeconds(STEP_SECONDS)) {
                LocalDateTime shown = LocalDateTime.ofInstant(at, zone);
                while (!time.isAfter(shown)) {
                    if (cron.fits(time) && (ticks.isEmpty() || !ticks.getLast().equals(at))) {
                        ticks.add(at);
                    }
                    time = time.plusSeconds(STEP_SECONDS);
                }
            }
            return ticks;
        }

        private Instant begin() {
            return change.minus(BEFORE);
        }
    }
}
