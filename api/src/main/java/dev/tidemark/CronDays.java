package dev.tidemark;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The days of a cron expression. Where both the day of the month and the day of the week are
 * restricted, one of them has to fit, as in Vixie cron; a field that begins with {@code *} or is
 * {@code ?} restricts nothing in this sense, and then both have to fit.
 */
final class CronDays {
    private static final String NO_VALUE = "?";
    private static final int DAYS_PER_WEEK = 7;

    /** {@code L}, {@code L-3}, {@code LW}. */
    private static final Pattern LAST_DAY = Pattern.compile("L(?:-([0-9]{1,2}))?(W)?");

    /** {@code 15W}. */
    private static final Pattern NEAREST_WEEKDAY = Pattern.compile("([0-9]{1,2})W");

    /** {@code 1#2}, {@code MON#2}. */
    private static final Pattern NTH = Pattern.compile("([A-Z0-9]+)#([0-9]+)");

    /** {@code 5L}, {@code FRIL}, and {@code L5} as croniter writes it. */
    private static final Pattern LAST_OF_WEEKDAY =
            Pattern.compile("([0-7]|[A-Z]{3})L|L([0-7]|[A-Z]{3})");

    private static final int MAX_NTH = 5;
    private static final int MAX_DAYS_BEFORE_LAST = 30;

    /** What of one field depends on the month. */
    private interface Rule {
        /** A day of that month; {@link CronSet#NONE} where it has none. */
        int in(YearMonth month);
    }

    private final CronSet daysOfMonth;
    private final CronSet daysOfWeek;
    private final List<Rule> monthRules = new ArrayList<>();
    private final List<Rule> weekRules = new ArrayList<>();
    private final boolean oneSuffices;

    CronDays(String daysOfMonth, String daysOfWeek) {
        this.daysOfMonth = daysOfMonth(daysOfMonth);
        this.daysOfWeek = daysOfWeek(daysOfWeek);
        this.oneSuffices = isRestricted(daysOfMonth) && isRestricted(daysOfWeek);
    }

    private static boolean isRestricted(String field) {
        return !field.startsWith("*") && !field.equals(NO_VALUE);
    }

    private CronSet daysOfMonth(String field) {
        if (field.equals(NO_VALUE)) {
            return CronField.DAY_OF_MONTH.all();
        }
        CronSet days = CronSet.EMPTY;
        for (String item : CronField.items(field)) {
            Matcher last = LAST_DAY.matcher(item);
            Matcher nearest = NEAREST_WEEKDAY.matcher(item);
            if (last.matches()) {
                int before = last.group(1) == null ? 0 : daysBeforeLast(item, last.group(1));
                boolean weekday = last.group(2) != null;
                monthRules.add(month -> nearest(month, month.lengthOfMonth() - before, weekday));
            } else if (nearest.matches()) {
                int day = CronField.DAY_OF_MONTH.parseItem(nearest.group(1)).first();
                monthRules.add(month -> nearest(month, day, true));
            } else {
                days = days.or(CronField.DAY_OF_MONTH.parseItem(item));
            }
        }
        return days;
    }

    private CronSet daysOfWeek(String field) {
        if (field.equals(NO_VALUE)) {
            return CronField.DAY_OF_WEEK.all();
        }
        CronSet days = CronSet.EMPTY;
        for (String item : CronField.items(field)) {
            Matcher nth = NTH.matcher(item);
            Matcher last = LAST_OF_WEEKDAY.matcher(item);
            if (nth.matches()) {
                int day = CronField.DAY_OF_WEEK.dayOfWeek(nth.group(1));
                int number = nth(item, nth.group(2));
                weekRules.add(month -> nth(month, day, number));
            } else if (last.matches()) {
                String name = last.group(1) == null ? last.group(2) : last.group(1);
                int day = CronField.DAY_OF_WEEK.dayOfWeek(name);
                weekRules.add(month -> last(month, day));
            } else if (item.equals("L")) {
                throw CronField.refused(
                        "'L' as day of week does not say which day; write 5L for the last Friday,"
                                + " or 6 for Saturday");
            } else {
                days = days.or(CronField.DAY_OF_WEEK.parseItem(item));
            }
        }
        return days;
    }

    private static int daysBeforeLast(String item, String text) {
        int days = Integer.parseInt(text);
        if (days > MAX_DAYS_BEFORE_LAST) {
            throw CronField.refused(
                    "'" + item + "' is before any month; write L-1 to L-" + MAX_DAYS_BEFORE_LAST);
        }
        return days;
    }

    private static int nth(String item, String text) {
        int number = text.length() > 1 ? 0 : Integer.parseInt(text);
        if (number < 1 || number > MAX_NTH) {
            throw CronField.refused(
                    "'" + item + "' is in no month; write #1 to #" + MAX_NTH + ", or L for last");
        }
        return number;
    }

    /** All days of one month, by their numbers. */
    CronSet in(YearMonth month) {
        CronSet ofMonth = daysOfMonth;
        for (Rule rule : monthRules) {
            ofMonth = with(ofMonth, rule.in(month));
        }
        CronSet ofWeek = ofWeek(month);
        for (Rule rule : weekRules) {
            ofWeek = with(ofWeek, rule.in(month));
        }
        return (oneSuffices ? ofMonth.or(ofWeek) : ofMonth.and(ofWeek))
                .and(CronSet.range(1, month.lengthOfMonth()));
    }

    private CronSet ofWeek(YearMonth month) {
        CronSet days = CronSet.EMPTY;
        int dayOfWeek = number(month.atDay(1).getDayOfWeek());
        for (int day = 1; day <= month.lengthOfMonth(); day++) {
            if (daysOfWeek.has(dayOfWeek)) {
                days = days.with(day);
            }
            dayOfWeek = (dayOfWeek + 1) % DAYS_PER_WEEK;
        }
        return days;
    }

    private static CronSet with(CronSet days, int day) {
        return day == CronSet.NONE ? days : days.with(day);
    }

    /** The day, or the weekday nearest to it in the same month. */
    private static int nearest(YearMonth month, int day, boolean weekday) {
        if (day < 1 || day > month.lengthOfMonth()) {
            return CronSet.NONE;
        }
        LocalDate date = month.atDay(day);
        if (!weekday) {
            return day;
        }
        return switch (date.getDayOfWeek()) {
            case SATURDAY -> day == 1 ? day + 2 : day - 1;
            case SUNDAY -> day == month.lengthOfMonth() ? day - 2 : day + 1;
            case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> day;
        };
    }

    private static int nth(YearMonth month, int dayOfWeek, int number) {
        int first = number(month.atDay(1).getDayOfWeek());
        int day = 1 + Math.floorMod(dayOfWeek - first, DAYS_PER_WEEK);
        int nth = day + (number - 1) * DAYS_PER_WEEK;
        return nth > month.lengthOfMonth() ? CronSet.NONE : nth;
    }

    private static int last(YearMonth month, int dayOfWeek) {
        int last = number(month.atEndOfMonth().getDayOfWeek());
        return month.lengthOfMonth() - Math.floorMod(last - dayOfWeek, DAYS_PER_WEEK);
    }

    /** As cron counts: Sunday is 0. */
    private static int number(DayOfWeek day) {
        return day.getValue() % DAYS_PER_WEEK;
    }
}
