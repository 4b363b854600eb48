package dev.tidemark;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A field of a cron expression: which numbers it may hold, and how they are written. */
enum CronField {
    SECOND("second", 0, 59, List.of()),
    MINUTE("minute", 0, 59, List.of()),
    HOUR("hour", 0, 23, List.of()),
    DAY_OF_MONTH("day of month", 1, 31, List.of()),
    MONTH(
            "month",
            1,
            12,
            List.of(
                    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV",
                    "DEC")),
    /** Sunday is 0, and 7 too. */
    DAY_OF_WEEK("day of week", 0, 6, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

    private static final Pattern ITEM =
            Pattern.compile("(?:\\*|([A-Z0-9]+)(?:-([A-Z0-9]+))?)(?:/([0-9]{1,9}))?");

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private static final int OTHER_SUNDAY = 7;

    private final String title;
    private final int min;
    private final int max;

    /** In the order of their numbers. */
    @SuppressWarnings("ImmutableEnumChecker") // Made by List.of.
    private final List<String> names;

    CronField(String title, int min, int max, List<String> names) {
        this.title = title;
        this.min = min;
        this.max = max;
        this.names = names;
    }

    /** All numbers that the field may hold. */
    CronSet all() {
        return CronSet.range(min, max);
    }

    /** The numbers of a whole field: items with commas between them. */
    CronSet parse(String text) {
        CronSet numbers = CronSet.EMPTY;
        for (String item : items(text)) {
            numbers = numbers.or(parseItem(item));
        }
        return numbers;
    }

    /** The items of a field; empty ones too, which are refused later. */
    static List<String> items(String text) {
        return List.of(text.split(",", -1));
    }

    /** {@code *}, {@code 5}, {@code 1-5}, and each of them with a step: {@code 5/15}. */
    CronSet parseItem(String item) {
        Matcher form = ITEM.matcher(item);
        if (!form.matches()) {
            throw refused(
                    "'"
                            + item
                            + "' is no "
                            + title
                            + "; write "
                            + example()
                            + ", a list or a range of them, or * with or without a step");
        }
        boolean hasStep = form.group(3) != null;
        int step = hasStep ? step(item, form.group(3)) : 1;
        if (form.group(1) == null) {
            return steps(min, max, step);
        }
        int from = number(form.group(1));
        if (form.group(2) != null) {
            return range(from, number(form.group(2)), step);
        }
        // A step without an end goes on to the end of the field.
        int first = normal(from);
        return steps(first, hasStep ? max : first, step);
    }

    /**
     * A number or a name as the number it stands for.
     *
     * @return for a day of the week 7 as it is, so that {@code 5-7} is a range
     */
    private int number(String text) {
        int named = names.indexOf(text);
        if (named >= 0) {
            return min + named;
        }
        if (!NUMBER.matcher(text).matches()) {
            throw refused(
                    "'"
                            + text.toLowerCase(Locale.ROOT)
                            + "' is no "
                            + title
                            + "; write "
                            + example());
        }
        int number = Integer.parseInt(text);
        if (number < min || number > greatest()) {
            throw refused(
                    title + " " + number + " does not exist; write " + min + " to " + greatest());
        }
        return number;
    }

    /** One day of the week, Sunday as 0. */
    int dayOfWeek(String text) {
        return normal(number(text));
    }

    /** A range whose end comes first goes round: {@code 22-2} is 22, 23, 0, 1, 2. */
    private CronSet range(int from, int to, int step) {
        if (from <= to) {
            return steps(from, to, step);
        }
        int size = max - min + 1;
        return steps(normal(from), normal(to) + (normal(from) > normal(to) ? size : 0), step);
    }

    private CronSet steps(int from, int to, int step) {
        int size = max - min + 1;
        CronSet numbers = CronSet.EMPTY;
        for (int number = from; number <= to; number += step) {
            numbers = numbers.with(min + (number - min) % size);
        }
        return numbers;
    }

    private int step(String item, String text) {
        int step = Integer.parseInt(text);
        if (step == 0 || step > max) {
            throw refused(
                    "the step of '"
                            + item
                            + "' must be 1 to "
                            + max
                            + ": it counts within the field "
                            + title
                            + " and begins anew with each round; for equal pieces of time use a"
                            + " fixed interval, such as Schedule.every(\"90m\")");
        }
        return step;
    }

    private int normal(int number) {
        return this == DAY_OF_WEEK && number == OTHER_SUNDAY ? 0 : number;
    }

    private int greatest() {
        return this == DAY_OF_WEEK ? OTHER_SUNDAY : max;
    }

    private String example() {
        String numbers = min + " to " + greatest();
        return names.isEmpty()
                ? numbers
                : numbers + " or " + names.getFirst() + " to " + names.getLast();
    }

    static TidemarkException refused(String why) {
        return new TidemarkException(ErrorCode.INVALID_DEFINITION, why);
    }
}
