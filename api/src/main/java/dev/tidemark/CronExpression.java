package dev.tidemark;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A cron expression: a set of local times, as clocks show them. It knows no zone.
 *
 * <p>Five fields, or six with seconds first:
 *
 * <table>
 * <caption>Fields</caption>
 * <tr><td>second</td><td>0–59; 0 where there are five fields</td></tr>
 * <tr><td>minute</td><td>0–59</td></tr>
 * <tr><td>hour</td><td>0–23</td></tr>
 * <tr><td>day of month</td><td>1–31, {@code L} last, {@code L-3} three days before it, {@code 15W}
 *     the weekday nearest to the 15th in its month, {@code LW} the last weekday</td></tr>
 * <tr><td>month</td><td>1–12 or {@code JAN}–{@code DEC}</td></tr>
 * <tr><td>day of week</td><td>0–7 or {@code SUN}–{@code SAT}, Sunday is 0 and 7; {@code 1#2} the
 *     second Monday, {@code 5L} or {@code L5} the last Friday</td></tr>
 * </table>
 *
 * <p>Each field takes {@code *}, numbers, ranges, lists and steps ({@code 10-40/15}; {@code 5/15}
 * goes on to the end of the field). A range may go round: {@code FRI-MON}, {@code 22-2}. The two
 * fields for days also take {@code ?}, which means {@code *}. Where both restrict, a day fits if
 * one does; where one of them begins with {@code *}, both must, as in Vixie cron. {@code @yearly},
 * {@code @annually}, {@code @monthly}, {@code @weekly}, {@code @daily}, {@code @midnight} and
 * {@code @hourly} stand for what they say. Upper and lower case are the same.
 */
public final class CronExpression {
    private static final Map<String, String> MACROS =
            new TreeMap<>(
                    Map.of(
                            "@YEARLY", "0 0 1 1 *",
                            "@ANNUALLY", "0 0 1 1 *",
                            "@MONTHLY", "0 0 1 * *",
                            "@WEEKLY", "0 0 * * 0",
                            "@DAILY", "0 0 * * *",
                            "@MIDNIGHT", "0 0 * * *",
                            "@HOURLY", "0 * * * *"));

    private static final int FIELDS = 5;
    private static final int MONTHS_PER_YEAR = 12;

    /** 28 years in a row have every kind of year: leap or not, beginning on any day. */
    private static final YearMonth FIRST_TRIED = YearMonth.of(2000, 1);

    private static final int YEARS_TRIED = 28;

    private final String text;
    private final CronTime time;
    private final CronDays days;
    private final CronSet months;

    private CronExpression(String text, String[] fields) {
        int minute = fields.length - FIELDS;
        this.text = text;
        this.time =
                new CronTime(
                        minute == 0 ? CronSet.range(0, 0) : CronField.SECOND.parse(fields[0]),
                        CronField.MINUTE.parse(fields[minute]),
                        CronField.HOUR.parse(fields[minute + 1]));
        this.months = CronField.MONTH.parse(fields[minute + 3]);
        this.days = new CronDays(fields[minute + 2], fields[minute + 4]);
        if (isImpossible()) {
            throw CronField.refused(
                    "never fires, since no month "
                            + fields[minute + 3]
                            + " has a day "
                            + fields[minute + 2]
                            + "; name a day that exists, or L for the last of a month");
        }
    }

    /**
     * Reads an expression.
     *
     * @throws TidemarkException {@link ErrorCode#INVALID_DEFINITION} where it makes no sense or
     *     fits no day at all
     */
    public static CronExpression parse(String text) {
        try {
            String plain = expanded(text.strip().toUpperCase(Locale.ROOT));
            String[] fields = plain.split("\\s+");
            if (fields.length != FIELDS && fields.length != FIELDS + 1) {
                throw CronField.refused(
                        "has "
                                + (plain.isEmpty() ? 0 : fields.length)
                                + " fields; write five, as in '0 2 * * *': minute, hour, day of"
                                + " month, month, day of week; or six, with seconds first");
            }
            return new CronExpression(String.join(" ", fields), fields);
        } catch (TidemarkException e) {
            throw new TidemarkException(e.code(), "cron '" + text + "': " + e.getMessage(), e);
        }
    }

    private static String expanded(String text) {
        if (!text.startsWith("@")) {
            return text;
        }
        String fields = MACROS.get(text);
        if (fields == null) {
            throw CronField.refused(
                    "no such macro; there are "
                            + String.join(", ", MACROS.keySet()).toLowerCase(Locale.ROOT)
                            + "; @once and @continuous are Schedule.once() and"
                            + " Schedule.continuous()");
        }
        return fields;
    }

    private boolean isImpossible() {
        for (int i = 0; i < YEARS_TRIED * MONTHS_PER_YEAR; i++) {
            YearMonth month = FIRST_TRIED.plusMonths(i);
            if (months.has(month.getMonthValue()) && !days.in(month).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** The five or six fields, in capitals, with one blank between them. */
    public String text() {
        return text;
    }

    /** Whether every hour of a day fits: {@code *}, or the same in other words. */
    public boolean isEveryHour() {
        return time.hours().equals(CronField.HOUR.all());
    }

    /** The first time that fits and is not earlier. */
    public LocalDateTime onOrAfter(LocalDateTime earliest) {
        LocalDateTime second = earliest.truncatedTo(ChronoUnit.SECONDS);
        LocalDateTime from = second.equals(earliest) ? second : second.plusSeconds(1);
        LocalDate date = from.toLocalDate();
        if (fits(date)) {
            int found = time.atOrAfter(from.toLocalTime().toSecondOfDay());
            if (found != CronSet.NONE) {
                return date.atTime(LocalTime.ofSecondOfDay(found));
            }
        }
        return dayFrom(date.plusDays(1)).atTime(LocalTime.ofSecondOfDay(time.first()));
    }

    /** The last time that fits and is not later. */
    public LocalDateTime onOrBefore(LocalDateTime latest) {
        LocalDate date = latest.toLocalDate();
        if (fits(date)) {
            int found = time.atOrBefore(latest.toLocalTime().toSecondOfDay());
            if (found != CronSet.NONE) {
                return date.atTime(LocalTime.ofSecondOfDay(found));
            }
        }
        return dayUntil(date.minusDays(1)).atTime(LocalTime.ofSecondOfDay(time.last()));
    }

    private boolean fits(LocalDate date) {
        return months.has(date.getMonthValue())
                && days.in(YearMonth.from(date)).has(date.getDayOfMonth());
    }

    private LocalDate dayFrom(LocalDate date) {
        YearMonth month = YearMonth.from(date);
        int earliest = date.getDayOfMonth();
        while (true) {
            if (months.has(month.getMonthValue())) {
                int day = days.in(month).atOrAfter(earliest);
                if (day != CronSet.NONE) {
                    return month.atDay(day);
                }
            }
            int later = months.atOrAfter(month.getMonthValue() + 1);
            month =
                    later == CronSet.NONE
                            ? Year.of(month.getYear() + 1).atMonth(months.first())
                            : month.withMonth(later);
            earliest = 1;
        }
    }

    private LocalDate dayUntil(LocalDate date) {
        YearMonth month = YearMonth.from(date);
        int latest = date.getDayOfMonth();
        while (true) {
            if (months.has(month.getMonthValue())) {
                int day = days.in(month).atOrBefore(latest);
                if (day != CronSet.NONE) {
                    return month.atDay(day);
                }
            }
            int earlier = months.atOrBefore(month.getMonthValue() - 1);
            month =
                    earlier == CronSet.NONE
                            ? Year.of(month.getYear() - 1).atMonth(months.last())
                            : month.withMonth(earlier);
            latest = month.lengthOfMonth();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CronExpression it && it.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
