package dev.tidemark.data;

import dev.tidemark.ColumnType;
import dev.tidemark.ErrorCode;
import dev.tidemark.Interval;
import dev.tidemark.Partition;
import dev.tidemark.Schema;
import dev.tidemark.TidemarkException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table that are a partition's, as a condition on one column. The same condition
 * selects what is deleted, what may be inserted and what is read, so that no row can belong to two
 * partitions or to none.
 *
 * @param condition SQL with a place for each value
 * @param values already as the driver takes them
 */
record TableWindow(String condition, List<Object> values) {
    static final TableWindow EVERY_ROW = new TableWindow("1 = 1", List.of());

    TableWindow {
        values = List.copyOf(values);
    }

    @Nullable Object[] boundValues() {
        return values.toArray();
    }

    /**
     * The window of a partition.
     *
     * @throws TidemarkException {@link ErrorCode#INVALID_REQUEST} where the column cannot tell the
     *     partition's rows from those of its neighbours
     */
    static TableWindow of(Dialect dialect, Schema schema, String column, Partition partition) {
        if (partition.key().equals(Partition.WHOLE)) {
            return EVERY_ROW;
        }
        ColumnType type = schema.column(column).type();
        String quoted = dialect.quoted(column);
        return switch (type) {
            case TEXT -> new TableWindow(quoted + " = ?", List.of(partition.key()));
            case DATE -> dates(partition, column).between(dialect, quoted);
            case TIMESTAMP -> localTimes(partition, column).between(dialect, quoted);
            case INSTANT -> instants(partition, column).between(dialect, quoted);
            case BOOLEAN, INTEGER, FLOAT, DECIMAL ->
                    throw refuse(
                            partition,
                            column,
                            "its type is "
                                    + type
                                    + "; a window is a column of type DATE, TIMESTAMP, INSTANT, or"
                                    + " TEXT that holds partition keys");
        };
    }

    /** Half open, as the interval is. */
    private record Bounds(Object from, Object to) {
        TableWindow between(Dialect dialect, String column) {
            return new TableWindow(
                    column + " >= ? AND " + column + " < ?",
                    List.of(bound(dialect, from), bound(dialect, to)));
        }

        private static Object bound(Dialect dialect, Object value) {
            Object bound = dialect.bound(value);
            return bound == null ? value : bound;
        }
    }

    private static Bounds dates(Partition partition, String column) {
        Interval interval = nonEmpty(partition, column);
        if (!startsDay(interval.start(), partition.zone())
                || !startsDay(interval.end(), partition.zone())) {
            throw refuse(
                    partition,
                    column,
                    "it holds dates, and the interval is not made of whole days: neighbours would"
                        + " replace each other's rows. Take a column of type TIMESTAMP or INSTANT");
        }
        return new Bounds(
                LocalDate.ofInstant(interval.start(), partition.zone()),
                LocalDate.ofInstant(interval.end(), partition.zone()));
    }

    private static Bounds localTimes(Partition partition, String column) {
        Interval interval = nonEmpty(partition, column);
        for (Instant bound : List.of(interval.start(), interval.end())) {
            LocalDateTime local = LocalDateTime.ofInstant(bound, partition.zone());
            boolean once = partition.zone().getRules().getValidOffsets(local).size() == 1;
            if (!once && !startsDay(bound, partition.zone())) {
                throw refuse(
                        partition,
                        column,
                        ("it holds local times, and %s occurs twice in %s. Take a column"
                                        + " of type INSTANT")
                                .formatted(local, partition.zone()));
            }
        }
        return new Bounds(
                LocalDateTime.ofInstant(interval.start(), partition.zone()),
                LocalDateTime.ofInstant(interval.end(), partition.zone()));
    }

    private static Bounds instants(Partition partition, String column) {
        Interval interval = nonEmpty(partition, column);
        return new Bounds(interval.start(), interval.end());
    }

    private static Interval nonEmpty(Partition partition, String column) {
        if (partition.interval().isEmpty()) {
            throw refuse(
                    partition,
                    column,
                    "the run covers no time. Take a column of type TEXT that holds the partition's"
                            + " key, or merge on a key");
        }
        return partition.interval();
    }

    private static boolean startsDay(Instant instant, ZoneId zone) {
        ZonedDateTime local = instant.atZone(zone);
        return local.toLocalDate().atStartOfDay(zone).toInstant().equals(instant);
    }

    private static TidemarkException refuse(Partition partition, String column, String why) {
        return new TidemarkException(
                ErrorCode.INVALID_REQUEST,
                "column '%s' cannot be the window of partition %s (%s, %s): %s"
                        .formatted(
                                column,
                                partition.key(),
                                partition.interval(),
                                partition.zone(),
                                why));
    }
}
