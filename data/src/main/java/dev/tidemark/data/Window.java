package dev.tidemark.data;

import dev.tidemark.ErrorCode;
import dev.tidemark.Partition;
import dev.tidemark.Row;
import dev.tidemark.Schema;
import dev.tidemark.TidemarkException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches that rows lie in the interval of their partition, by one column of dates or times. An
 * interval of length zero scopes nothing, and lets every row pass.
 *
 * <p>Belongs to one thread.
 */
final class Window {
    private final Partition partition;
    private final String column;
    private final int position;
    private final LocalDateTime start;
    private final LocalDateTime end;
    private long outside;
    private @Nullable Row example;

    Window(Partition partition, Schema schema, String column) {
        this.partition = partition;
        this.column = column;
        this.position = schema.position(column);
        this.start = LocalDateTime.ofInstant(partition.interval().start(), partition.zone());
        this.end = LocalDateTime.ofInstant(partition.interval().end(), partition.zone());
        switch (schema.columns().get(position).type()) {
            case DATE, TIMESTAMP, INSTANT -> {}
            case BOOLEAN, INTEGER, FLOAT, DECIMAL, TEXT ->
                    throw new TidemarkException(
                            ErrorCode.INVALID_DEFINITION,
                            ("column '%s' is of type %s; rows are placed in an interval "
                                            + "by a DATE, TIMESTAMP or INSTANT")
                                    .formatted(column, schema.columns().get(position).type()));
        }
    }

    void see(Row row) {
        if (!partition.interval().isEmpty() && !holds(row.value(position))) {
            example = example == null ? row : example;
            outside++;
        }
    }

    /**
     * Called when all rows have been seen.
     *
     * @param where the file or asset that holds the rows, for the message
     * @throws TidemarkException {@link ErrorCode#OUTSIDE_INTERVAL} where a row lay outside
     */
    void verify(String where) {
        if (outside > 0) {
            throw new TidemarkException(
                    ErrorCode.OUTSIDE_INTERVAL,
                    ("%s: %d rows lie outside partition %s (%s, %s) by their column '%s', "
                                    + "such as %s; nothing is published")
                            .formatted(
                                    where,
                                    outside,
                                    partition.key(),
                                    partition.interval(),
                                    partition.zone(),
                                    column,
                                    example));
        }
    }

    /** A row without a time lies nowhere. */
    private boolean holds(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case LocalDate date -> overlaps(date);
            case LocalDateTime timestamp -> holds(timestamp);
            case Instant instant -> partition.interval().contains(instant);
            default -> throw new IllegalStateException("not a time: " + value);
        };
    }

    /** A day belongs to every interval that has some of it. */
    private boolean overlaps(LocalDate date) {
        Instant dayStart = date.atStartOfDay(partition.zone()).toInstant();
        Instant dayEnd = date.plusDays(1).atStartOfDay(partition.zone()).toInstant();
        return dayStart.isBefore(partition.interval().end())
                && dayEnd.isAfter(partition.interval().start());
    }

    /** A local time that occurs twice belongs to either interval that has it. */
    private boolean holds(LocalDateTime local) {
        if (!local.isBefore(start) && local.isBefore(end)) {
            return true;
        }
        List<ZoneOffset> offsets = partition.zone().getRules().getValidOffsets(local);
        if (offsets.isEmpty()) {
            return partition.interval().contains(local.atZone(partition.zone()).toInstant());
        }
        return offsets.stream()
                .anyMatch(offset -> partition.interval().contains(local.toInstant(offset)));
    }
}
