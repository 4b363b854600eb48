package dev.tidemark.data;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.tidemark.ColumnType;
import dev.tidemark.ErrorCode;
import dev.tidemark.Rows;
import dev.tidemark.Source;
import dev.tidemark.TidemarkException;
import java.time.Duration;
import java.util.List;

/**
 * A gate that staged rows must pass before they are published. Where one fails, nothing is
 * published and the earlier version stays; where one fails that only warns, the manifest and the
 * run's report say so. All are computed while the rows pass by, but for those in SQL.
 *
 * <p>Nulls pass every check of a column's values but {@link #notNull}, {@link #complete} and {@link
 * #newestWithin}. Most checks keep a few numbers. {@link #unique}, {@link #exists} and {@link
 * #quantileBetween} remember values: up to 64 MiB in memory, then up to 16 GiB in a temporary file,
 * and beyond that nothing is published.
 *
 * <p>What makes no sense for the columns, such as the mean of a text, ends a publish with {@link
 * ErrorCode#INVALID_DEFINITION} before its first row.
 */
public final class Check {
    /** What follows where it does not pass. */
    private enum Severity {
        WARN,
        BLOCK
    }

    private final Rule rule;
    private final Severity severity;

    private Check(Rule rule, Severity severity) {
        this.rule = rule;
        this.severity = severity;
    }

    private static Check of(Rule rule) {
        return new Check(rule, Severity.BLOCK);
    }

    /** The same check, which is recorded and reported where it fails, and stops nothing. */
    public Check warn() {
        return new Check(rule, Severity.WARN);
    }

    /** At least so many rows. */
    public static Check rowsAtLeast(long least) {
        return of(new RowsBetween("rows at least", least, Long.MAX_VALUE));
    }

    /** At most so many rows. */
    public static Check rowsAtMost(long most) {
        return of(new RowsBetween("rows at most", 0, most));
    }

    /** So many rows, both numbers included. */
    public static Check rowsBetween(long least, long most) {
        return of(new RowsBetween("rows between", least, most));
    }

    /**
     * About as many rows as usual: within so many percent of the median of the partitions before
     * this one, by their keys, as readers see them now. Passes where there is none before it.
     *
     * @param percent 50 stands for half to one and a half times the median
     * @param partitions the median of at most so many, up to 100
     */
    public static Check rowsNearMedian(int percent, int partitions) {
        return of(new RowsNearMedian(percent, partitions));
    }

    /**
     * As many rows read, that is accepted, rejected and filtered together, as the source says it
     * has: another source of one row with one whole number, such as a query that counts, or a
     * control file.
     */
    public static Check rowsAnnouncedBy(Source<Rows> count) {
        return of(new RowsAnnounced(count));
    }

    /** Rows that come with exactly these columns, in any order. */
    public static Check columns(String... columns) {
        return of(new GivenColumns(List.of(columns), GivenColumns.Order.ANY));
    }

    /** Rows that come with exactly these columns, in this order. */
    public static Check columnsInOrder(String... columns) {
        return of(new GivenColumns(List.of(columns), GivenColumns.Order.AS_LISTED));
    }

    /** A column of this type; or of texts, each of which reads as a value of it. */
    public static Check type(String column, ColumnType type) {
        return of(new OfType(column, type));
    }

    /** A value in every row. */
    public static Check notNull(String column) {
        return of(new NotNull(column));
    }

    /**
     * A value in at least this share of the rows. No rows pass.
     *
     * @param share between 0 and 1
     */
    public static Check complete(String column, double share) {
        return of(new Complete(column, share));
    }

    /** No two rows with the same values in these columns, nulls being equal. */
    public static Check unique(String... columns) {
        return of(new Unique(List.of(columns), KeyCounts.LIMITS));
    }

    /** Every value at least {@code least} and at most {@code most}. */
    public static <T extends Comparable<? super T>> Check between(String column, T least, T most) {
        return of(new Between(column, least, most));
    }

    /** Every value one of these. */
    public static Check allowed(String column, Object... values) {
        return of(new Allowed(column, List.of(values)));
    }

    /**
     * Every value, as a whole, of this form: a regular expression in the syntax of RE2, which has
     * no look-around and no back-references, and which no value can make slow. What is no text is
     * matched as the text that a file would hold.
     */
    public static Check matches(String column, String regularExpression) {
        try {
            return of(new Matches(column, Pattern.compile(regularExpression)));
        } catch (PatternSyntaxException e) {
            throw new TidemarkException(
                    ErrorCode.INVALID_DEFINITION,
                    "check matches: %s: %s; write it in the syntax of RE2"
                            .formatted(column, e.getMessage()),
                    e);
        }
    }

    /**
     * Every value is also in a column of another source, which is opened for the same partition.
     */
    public static Check exists(String column, Source<Rows> source, String sourceColumn) {
        return of(new Exists(column, source, sourceColumn, KeyCounts.LIMITS));
    }

    /** The mean of a column of numbers. Passes where there is no value. */
    public static Check meanBetween(String column, double least, double most) {
        return of(new Moment(Moment.Kind.MEAN, column, least, most));
    }

    /** The standard deviation of a sample. Passes where there are fewer than two values. */
    public static Check standardDeviationBetween(String column, double least, double most) {
        return of(new Moment(Moment.Kind.STANDARD_DEVIATION, column, least, most));
    }

    /**
     * The least value that at least this share of the values does not exceed, exactly; 0.5 is the
     * median. Passes where there is no value.
     *
     * @param share between 0 and 1
     */
    public static Check quantileBetween(String column, double share, double least, double most) {
        return of(new Quantile(column, share, new Numbers.Bounds(least, most), KeyCounts.LIMITS));
    }

    /**
     * The newest value of a column of dates or times is not older than this before the end of the
     * partition's interval. The clock is not asked. A date reaches to the end of its day; no value
     * at all fails.
     */
    public static Check newestWithin(String column, Duration age) {
        return of(new Newest(column, age));
    }

    /**
     * A {@code SELECT} over the staged rows that must give none: {@code SELECT * FROM staged WHERE
     * origin = destination}. The table {@code staged} holds what will be published. For a table it
     * is asked in its own database, whose other tables can be named too; for files in DuckDB, with
     * one GiB of memory. The parameters are those of {@link Database#query}.
     */
    public static Check noRows(String name, String select) {
        return of(SqlRule.of(name, select, new SqlRule.NoRows()));
    }

    /**
     * A {@code SELECT} over the staged rows, as in {@link #noRows}, whose one row has this value in
     * its first column. A number is compared as one, anything else as the database writes it.
     */
    public static Check value(String name, String select, Object expected) {
        return of(SqlRule.of(name, select, new SqlRule.Value(expected)));
    }

    Rule rule() {
        return rule;
    }

    CheckResult judged(CheckResult found) {
        return switch (severity) {
            case WARN -> found.asWarning();
            case BLOCK -> found;
        };
    }
}
