package dev.tidemark;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Rows on their way from a source to a target, and the count of what became of each. They are read
 * once, one after another, in bounded memory. What a rule rejects goes to the target's dead letter;
 * what is filtered is only counted.
 *
 * <p>Each call that takes a rule returns the rows to go on with; the one it was called on is spent.
 */
public final class Rows implements Iterable<Row>, AutoCloseable {
    private final Schema schema;
    private final Iterator<Row> rows;
    private final Passage passage;
    private boolean spent;

    private Rows(Schema schema, Iterator<Row> rows, Passage passage) {
        this.schema = schema;
        this.rows = rows;
        this.passage = passage;
    }

    /**
     * Rows that come from a source.
     *
     * @param source gives each row once
     * @param atClose closes the source; called once, also when reading stopped half-way
     */
    public static Rows from(Schema schema, Iterator<Row> source, Runnable atClose) {
        Passage passage = new Passage(atClose);
        return new Rows(schema, counted(source, passage), passage);
    }

    /** Rows that are at hand. They count as read when they are pulled. */
    public static Rows of(Schema schema, Iterable<Row> rows) {
        return from(schema, rows.iterator(), () -> {});
    }

    private static Iterator<Row> counted(Iterator<Row> source, Passage passage) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return source.hasNext();
            }

            @Override
            public Row next() {
                Row row = source.next();
                passage.read++;
                return row;
            }
        };
    }

    public Schema schema() {
        return schema;
    }

    /** Sends the rows that are {@code bad} to the dead letter, with this reason. */
    public Rows reject(String reason, Predicate<Row> bad) {
        return step(row -> bad.test(row) ? passage.reject(row, reason) : row);
    }

    /** Sends the rows for which there is a reason to the dead letter, with that reason. */
    public Rows reject(Function<Row, Optional<String>> reason) {
        return step(
                row -> {
                    Optional<String> why = reason.apply(row);
                    return why.isPresent() ? passage.reject(row, why.get()) : row;
                });
    }

    /**
     * Sends every row that equals an earlier one in all columns to the dead letter. Remembers the
     * rows it has seen: meant for partitions that fit into memory.
     */
    public Rows rejectRepeats() {
        Set<Row> seen = new HashSet<>();
        return reject("exact duplicate of an earlier row", row -> !seen.add(row));
    }

    /** Leaves out, and counts, the rows that are not {@code wanted}. */
    public Rows filter(Predicate<Row> wanted) {
        return step(row -> wanted.test(row) ? row : passage.filterOut());
    }

    /** Changes each row into one of another shape. */
    public Rows map(Schema shape, UnaryOperator<Row> change) {
        Iterator<Row> from = spend();
        return new Rows(
                shape,
                new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return from.hasNext();
                    }

                    @Override
                    public Row next() {
                        return change.apply(from.next());
                    }
                },
                passage);
    }

    /**
     * Turns all rows into others, such as totals by group. The rows that go in are the accepted
     * ones; those that come out are only published.
     */
    public Rows aggregate(Schema shape, Function<Iterable<Row>, Iterable<Row>> totals) {
        // Totals of totals have been accepted as what they were made of.
        Iterator<Row> from = passage.aggregated ? spend() : accepting(spend());
        Iterable<Row> once = new Rows(schema, from, passage)::spend;
        passage.aggregated = true;
        return new Rows(
                shape,
                new Iterator<>() {
                    private @Nullable Iterator<Row> results;

                    @Override
                    public boolean hasNext() {
                        return results().hasNext();
                    }

                    @Override
                    public Row next() {
                        return results().next();
                    }

                    private Iterator<Row> results() {
                        if (results == null) {
                            results = totals.apply(once).iterator();
                        }
                        return results;
                    }
                },
                passage);
    }

    private Iterator<Row> accepting(Iterator<Row> from) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return from.hasNext();
            }

            @Override
            public Row next() {
                Row row = from.next();
                passage.accepted++;
                return row;
            }
        };
    }

    /** The rows that passed. Can be asked for once. */
    @Override
    public Iterator<Row> iterator() {
        Iterator<Row> passed = spend();
        return passage.aggregated ? passed : accepting(passed);
    }

    /** Where rejected rows go from now on. A target sets it before it pulls the first row. */
    public void onReject(Consumer<Rejection> deadLetter) {
        passage.deadLetter = deadLetter;
    }

    /**
     * Adds what should be known of these rows beside their number, such as columns that were left
     * out. It is asked for when all rows have been read, and kept in the manifest.
     */
    public void addRemarks(Supplier<List<String>> remarks) {
        passage.remarks.add(remarks);
    }

    /** What should be known of the rows pulled so far. */
    public List<String> remarks() {
        return passage.remarks.stream().flatMap(remarks -> remarks.get().stream()).toList();
    }

    /** What became of the rows pulled so far; {@code published} is left to the target. */
    public RowCounts counts() {
        return new RowCounts(passage.read, passage.accepted, passage.rejected, passage.filtered, 0);
    }

    @Override
    public void close() {
        passage.close();
    }

    /** A step that lets a row pass, perhaps changed, or swallows it by returning null. */
    private Rows step(Function<Row, @Nullable Row> step) {
        if (passage.aggregated) {
            throw new IllegalStateException(
                    "reject and filter rows before they are aggregated; totals have no source row");
        }
        Iterator<Row> from = spend();
        return new Rows(
                schema,
                new Iterator<>() {
                    private @Nullable Row next;

                    @Override
                    public boolean hasNext() {
                        while (next == null && from.hasNext()) {
                            next = step.apply(from.next());
                        }
                        return next != null;
                    }

                    @Override
                    public Row next() {
                        if (!hasNext()) {
                            throw new NoSuchElementException();
                        }
                        Row row = next;
                        next = null;
                        return Objects.requireNonNull(row);
                    }
                },
                passage);
    }

    private Iterator<Row> spend() {
        if (spent) {
            throw new IllegalStateException(
                    "these rows have been read or handed on already; open the source again");
        }
        spent = true;
        return rows;
    }

    /** One passage of rows: shared by all steps of a chain, touched by the reading thread only. */
    private static final class Passage {
        private final Runnable atClose;
        private final List<Supplier<List<String>>> remarks = new ArrayList<>();
        private Consumer<Rejection> deadLetter = rejection -> {};
        private long read;
        private long accepted;
        private long rejected;
        private long filtered;
        private boolean aggregated;
        private boolean closed;

        private Passage(Runnable atClose) {
            this.atClose = atClose;
        }

        private @Nullable Row reject(Row row, String reason) {
            rejected++;
            deadLetter.accept(new Rejection(row, read, reason));
            return null;
        }

        private @Nullable Row filterOut() {
            filtered++;
            return null;
        }

        private void close() {
            if (!closed) {
                closed = true;
                atClose.run();
            }
        }
    }
}
