package dev.tidemark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which local times a cron expression names. 2026-06-01 is a Monday. */
class CronExpressionTest {
    private static List<String> from(String expression, String start, int count) {
        CronExpression cron = CronExpression.parse(expression);
        List<String> times = new ArrayList<>();
        LocalDateTime next = LocalDateTime.parse(start);
        for (int i = 0; i < count; i++) {
            next = cron.onOrAfter(next);
            times.add(next.toString());
            next = next.plusSeconds(1);
        }
        return times;
    }

    private static List<String> back(String expression, String end, int count) {
        CronExpression cron = CronExpression.parse(expression);
        List<String> times = new ArrayList<>();
        LocalDateTime next = LocalDateTime.parse(end);
        for (int i = 0; i < count; i++) {
            next = cron.onOrBefore(next);
            times.addFirst(next.toString());
            next = next.minusSeconds(1);
        }
        return times;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0 5 * * *          | 06-01T05:00 06-02T05:00 06-03T05:00
                    */20 * * * *       | 06-01T00:00 06-01T00:20 06-01T00:40 06-01T01:00
                    5/20 * * * *       | 06-01T00:05 06-01T00:25 06-01T00:45 06-01T01:05
                    */40 * * * *       | 06-01T00:00 06-01T00:40 06-01T01:00 06-01T01:40
                    10-30/10 6 * * *   | 06-01T06:10 06-01T06:20 06-01T06:30 06-02T06:10
                    0,30 22-1 * * *    | 06-01T00:00 06-01T00:30 06-01T01:00 06-01T01:30 06-01T22:00
                    0 22-4/3 * * *     | 06-01T01:00 06-01T04:00 06-01T22:00 06-02T01:00
                    0 0 29 * *         | 06-29T00:00 07-29T00:00 08-29T00:00
                    0 0 31 * *         | 07-31T00:00 08-31T00:00 10-31T00:00 12-31T00:00
                    0 0 30-2 * *       | 06-01T00:00 06-02T00:00 06-30T00:00 07-01T00:00
                    0 0 1 nov-feb *    | 11-01T00:00 12-01T00:00
                    0 0 1 1,jul-9/2 *  | 07-01T00:00 09-01T00:00
                    0 12 * * MON-FRI   | 06-01T12:00 06-02T12:00 06-03T12:00 06-04T12:00 \
                        06-05T12:00 06-08T12:00
                    0 0 * * 0          | 06-07T00:00 06-14T00:00
                    0 0 * * 7          | 06-07T00:00 06-14T00:00
                    0 0 * * sun        | 06-07T00:00 06-14T00:00
                    0 0 * * 5-7        | 06-05T00:00 06-06T00:00 06-07T00:00 06-12T00:00
                    0 0 * * FRI-MON    | 06-01T00:00 06-05T00:00 06-06T00:00 06-07T00:00 \
                        06-08T00:00 06-12T00:00
                    0 0 * * SAT-SUN    | 06-06T00:00 06-07T00:00 06-13T00:00
                    0 0 * * 7-1        | 06-01T00:00 06-07T00:00 06-08T00:00
                    0 0 * * 1/2        | 06-01T00:00 06-03T00:00 06-05T00:00 06-08T00:00
                    0 0 * * 0-7        | 06-01T00:00 06-02T00:00
                    0 0 1,15 * FRI     | 06-01T00:00 06-05T00:00 06-12T00:00 06-15T00:00 06-19T00:00
                    0 0 */2 * MON      | 06-01T00:00 06-15T00:00 06-29T00:00 07-13T00:00
                    0 0 15 * */2       | 08-15T00:00 09-15T00:00 10-15T00:00 11-15T00:00
                    0 0 1-31 * MON     | 06-01T00:00 06-02T00:00 06-03T00:00
                    0 0 ? * MON        | 06-01T00:00 06-08T00:00
                    0 0 15 * ?         | 06-15T00:00 07-15T00:00
                    0 0 ? * ?          | 06-01T00:00 06-02T00:00
                    0 0 L * *          | 06-30T00:00 07-31T00:00 08-31T00:00
                    0 0 L-3 * *        | 06-27T00:00 07-28T00:00
                    0 0 1,L * *        | 06-01T00:00 06-30T00:00 07-01T00:00
                    0 0 LW * *         | 06-30T00:00 07-31T00:00 08-31T00:00 09-30T00:00 10-30T00:00
                    0 0 L-1W * *       | 06-29T00:00 07-30T00:00 08-31T00:00
                    0 0 15W * *        | 06-15T00:00 07-15T00:00 08-14T00:00 09-15T00:00
                    0 0 1W * *         | 06-01T00:00 07-01T00:00 08-03T00:00
                    0 0 31W * *        | 07-31T00:00 08-31T00:00 10-30T00:00 12-31T00:00
                    0 0 * * 1#1        | 06-01T00:00 07-06T00:00 08-03T00:00
                    0 0 * * mon#2,5#4  | 06-08T00:00 06-26T00:00 07-13T00:00
                    0 0 * * 1#5        | 06-29T00:00 08-31T00:00 11-30T00:00
                    0 0 * * 0#1        | 06-07T00:00 07-05T00:00
                    0 0 * * 7#1        | 06-07T00:00 07-05T00:00
                    0 0 * * 5L         | 06-26T00:00 07-31T00:00 08-28T00:00
                    0 0 * * L5         | 06-26T00:00 07-31T00:00 08-28T00:00
                    0 0 * * FRIL,MON   | 06-01T00:00 06-08T00:00 06-15T00:00 06-22T00:00 06-26T00:00
                    0 0 13 * 5L        | 06-13T00:00 06-26T00:00 07-13T00:00
                    30 15 5 * * *      | 06-01T05:15:30 06-02T05:15:30
                    */30 59 23 * * *   | 06-01T23:59 06-01T23:59:30 06-02T23:59
                    @hourly            | 06-01T00:00 06-01T01:00
                    @daily             | 06-01T00:00 06-02T00:00
                    @Midnight          | 06-01T00:00 06-02T00:00
                    @weekly            | 06-07T00:00 06-14T00:00
                    @monthly           | 06-01T00:00 07-01T00:00
                    """)
    void itNamesTheseTimesForwardsAndBackwards(String expression, String times) {
        List<String> expected = Stream.of(times.split(" +", -1)).map(it -> "2026-" + it).toList();
        assertThat(from(expression, "2026-06-01T00:00:00", expected.size())).isEqualTo(expected);
        assertThat(back(expression, expected.getLast(), expected.size())).isEqualTo(expected);
    }

    @Test
    void aYearlyMacroIsTheFirstOfJanuary() {
        assertThat(from("@yearly", "2026-06-01T00:00:00", 2))
                .containsExactly("2027-01-01T00:00", "2028-01-01T00:00");
        assertThat(CronExpression.parse("@annually")).isEqualTo(CronExpression.parse("@YEARLY"));
    }

    @Test
    void leapDaysSkipTheCenturiesThatHaveNone() {
        assertThat(from("0 0 29 2 *", "2096-02-29T00:00:01", 2))
                .containsExactly("2104-02-29T00:00", "2108-02-29T00:00");
        assertThat(back("0 0 29 2 *", "2104-02-28T23:59:59", 2))
                .containsExactly("2092-02-29T00:00", "2096-02-29T00:00");
    }

    /** A February that has five Mondays comes every 28 years, and across 2100 after 40. */
    @Test
    void theRarestDayIsFound() {
        assertThat(from("0 0 * 2 1#5", "2026-01-01T00:00:00", 4))
                .containsExactly(
                        "2044-02-29T00:00",
                        "2072-02-29T00:00",
                        "2112-02-29T00:00",
                        "2140-02-29T00:00");
    }

    @Test
    void aFractionOfASecondCountsAsLater() {
        CronExpression cron = CronExpression.parse("0 5 * * *");
        LocalDateTime five = LocalDateTime.parse("2026-06-01T05:00:00");
        assertThat(cron.onOrAfter(five)).isEqualTo(five);
        assertThat(cron.onOrAfter(five.plusNanos(1))).isEqualTo(five.plusDays(1));
        assertThat(cron.onOrBefore(five.plusNanos(1))).isEqualTo(five);
        assertThat(cron.onOrBefore(five.minusNanos(1))).isEqualTo(five.minusDays(1));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "0 * * * *, true",
        "0 */1 * * *, true",
        "0 0-23 * * *, true",
        "'0 0-11,12-23 * * *', true",
        "0 */2 * * *, false",
        "0 0-22 * * *, false",
        "@hourly, true",
        "@daily, false"
    })
    void everyHourIsEveryHourInAnyWords(String expression, boolean everyHour) {
        assertThat(CronExpression.parse(expression).isEveryHour()).isEqualTo(everyHour);
    }

    @Test
    void itIsWrittenInOneWay() {
        assertThat(CronExpression.parse("  0\t5  *  jan mon-Fri ").text())
                .isEqualTo("0 5 * JAN MON-FRI");
        assertThat(CronExpression.parse("@daily").text()).isEqualTo("0 0 * * *");
        assertThat(CronExpression.parse("0 5 * * mon"))
                .isEqualTo(CronExpression.parse("0 5 * * MON"))
                .hasSameHashCodeAs(CronExpression.parse("0 5 * * MON"))
                .isNotEqualTo(CronExpression.parse("0 5 * * TUE"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "0 0 30 2 *",
                "0 0 31 4,6,9,11 *",
                "0 0 30,31 FEB *",
                "0 0 L-29 2 *",
                "0 0 30W 2 ?",
                "0 0 31 2 */2",
                "0 0 0 31 6 *"
            })
    void whatNeverFiresIsRefused(String expression) {
        refused(expression, "never fires", "name a day that exists, or L for the last of a month");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"0 0 29 2 *", "0 0 30 2 1", "0 0 L-28 2 *", "0 0 29W 2 *", "0 0 * 2 1#5"})
    void whatFiresSeldomIsFine(String expression) {
        assertThat(CronExpression.parse(expression)).isNotNull();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    ""            | has 0 fields; write five
                    "  "          | has 0 fields
                    0 5 * *       | has 4 fields; write five, as in '0 2 * * *'
                    0 0 5 * * * * | has 7 fields
                    60 * * * *    | minute 60 does not exist; write 0 to 59
                    0 24 * * *    | hour 24 does not exist; write 0 to 23
                    0 0 0 * *     | day of month 0 does not exist; write 1 to 31
                    0 0 32 * *    | day of month 32 does not exist
                    0 0 1 13 *    | month 13 does not exist; write 1 to 12
                    0 0 * * 8     | day of week 8 does not exist; write 0 to 7
                    60 0 0 * * *  | second 60 does not exist
                    0 0 * * mo    | 'mo' is no day of week; write 0 to 7 or SUN to SAT
                    0 0 * june *  | 'june' is no month; write 1 to 12 or JAN to DEC
                    -5 * * * *    | '-5' is no minute; write 0 to 59
                    5- * * * *    | '5-' is no minute
                    1,,2 * * * *  | '' is no minute
                    1, * * * *    | '' is no minute
                    *5 * * * *    | '*5' is no minute
                    1.5 * * * *   | '1.5' is no minute
                    ? * * * *     | '?' is no minute
                    0 0 ?,1 * *   | '?' is no day of month
                    */0 * * * *   | the step of '*/0' must be 1 to 59
                    */90 * * * *  | for equal pieces of time use a fixed interval
                    0 0 L-31 * *  | 'L-31' is before any month; write L-1 to L-30
                    0 0 32W * *   | day of month 32 does not exist
                    0 0 0W * *    | day of month 0 does not exist
                    0 0 * * L     | 'L' as day of week does not say which day; write 5L
                    0 0 * * 1#0   | '1#0' is in no month; write #1 to #5
                    0 0 * * 1#6   | '1#6' is in no month
                    0 0 * * 8#1   | day of week 8 does not exist
                    0 0 * * XYZL  | 'xyz' is no day of week
                    0 L * * *     | 'l' is no hour
                    @reboot       | no such macro; there are @annually, @daily, @hourly
                    @once         | Schedule.once()
                    """)
    void whatMakesNoSenseIsRefusedWithWhatWould(String expression, String message) {
        refused(expression, message);
    }

    @Test
    void theMessageNamesTheWholeExpression() {
        refused("0 24 * * *", "cron '0 24 * * *': ");
    }

    private static void refused(String expression, String... messages) {
        assertThatThrownBy(() -> CronExpression.parse(expression))
                .isInstanceOfSatisfying(
                        TidemarkException.class,
                        it -> assertThat(it.code()).isEqualTo(ErrorCode.INVALID_DEFINITION))
                .message()
                .contains(messages);
    }
}
