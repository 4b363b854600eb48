package dev.tidemark.data;

import dev.tidemark.Boundary;
import dev.tidemark.ErrorCode;
import dev.tidemark.Evidence;
import dev.tidemark.Partition;
import dev.tidemark.TidemarkException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a publish does to the table of the user, by one {@link Publication}.
 *
 * @param window the rows that are the partition's, where the publication deletes by them
 */
record TableChange(
        TableTarget target,
        Boundary boundary,
        Publication publication,
        Optional<TableWindow> window) {
    private static final int INDEX_HASH_CHARACTERS = 12;

    static TableChange of(
            Dialect dialect, TableTarget target, Boundary boundary, Publication publication) {
        Optional<String> column =
                switch (publication) {
                    case Replace replace -> replace.within();
                    case Merge merge -> merge.deleteMissingWithin();
                    case AppendOnce _ -> Optional.empty();
                };
        TableChange change =
                new TableChange(
                        target,
                        boundary,
                        publication,
                        column.map(
                                name ->
                                        TableWindow.of(
                                                dialect,
                                                target.schema(),
                                                name,
                                                boundary.partition())));
        change.verifyReplacesOwnRows();
        return change;
    }

    private void verifyReplacesOwnRows() {
        boolean whole = boundary.partition().key().equals(Partition.WHOLE);
        if (publication instanceof Replace replace && replace.within().isEmpty() && !whole) {
            throw new TidemarkException(
                    ErrorCode.INVALID_REQUEST,
                    ("%s: replaceAll() would remove the rows of all other partitions, and"
                                    + " this run owns %s. Take replaceWindow(column)")
                            .formatted(target.name(), boundary.partition().key()));
        }
    }

    /** The column that readers of the partition go by. */
    Optional<String> windowColumn() {
        return publication instanceof Replace replace ? replace.within() : Optional.empty();
    }

    /** Whether a partition that has rows is not published again. */
    boolean happensOnce() {
        return publication instanceof AppendOnce;
    }

    /**
     * What the partition has already, and this publish would only double. An earlier publish of
     * nothing is not in the way of one of something.
     */
    Optional<Evidence> appendedAlready(Session session) throws SQLException {
        return new ManifestTable(session, target.name())
                .head(boundary.partition().key())
                .filter(head -> head.manifest().outcome().rows().published() > 0)
                .map(ManifestTable.Entry::evidence);
    }

    /** Makes the table ready for what will be done to it. */
    void prepare(Session session) throws SQLException {
        if (publication instanceof Merge merge) {
            createKey(session, merge);
        }
    }

    /** Without a unique key two merges could insert the same one at the same time. */
    private void createKey(Session session, Merge merge) throws SQLException {
        Dialect dialect = session.dialect();
        String named = target.table() + "\n" + String.join("\n", merge.keys());
        String index = "tidemark_key_" + Sha256.hex(named).substring(0, INDEX_HASH_CHARACTERS);
        if (dialect.hasIndex(session, target.table(), index)) {
            return;
        }
        String keys = dialect.quoted(merge.keys());
        String table = dialect.quoted(target.table());
        long repeated =
                session.count(
                        ("SELECT count(*) FROM (SELECT 1 FROM %s GROUP BY %s HAVING"
                                        + " count(*) > 1) AS repeated")
                                .formatted(table, keys));
        if (repeated > 0) {
            throw refuse(
                    ErrorCode.CHECK_FAILED,
                    ("the table itself has %d keys (%s) in more than one row, so rows"
                                    + " cannot be merged on them")
                            .formatted(repeated, String.join(", ", merge.keys())));
        }
        session.execute(
                "CREATE UNIQUE INDEX IF NOT EXISTS %s ON %s (%s)"
                        .formatted(dialect.quoted(index), table, keys));
    }

    /**
     * The staged rows as they will be published: the newest of each key, where that is asked for
     * and there are several.
     */
    StagingTable withoutRepeats(Session session, StagingTable staged) throws SQLException {
        if (publication instanceof Merge merge
                && merge.newestBy().isPresent()
                && staged.repeatedKey(session, merge.keys()).isPresent()) {
            StagingTable once = staged.withoutRepeats();
            once.create(session);
            once.fillOnce(session, staged, merge.keys(), merge.newestBy().get());
            return once;
        }
        return staged;
    }

    /** Gates of this publication, on the staged rows. */
    void verify(Session session, StagingTable staged) throws SQLException {
        switch (publication) {
            case Replace _ -> verifyInside(session, staged);
            case Merge merge -> verifyKeys(session, staged, merge);
            case AppendOnce _ -> {}
        }
    }

    private void verifyInside(Session session, StagingTable staged) throws SQLException {
        if (window.isEmpty()) {
            return;
        }
        long outside = staged.countOutside(session, window.get());
        if (outside > 0) {
            throw refuse(
                    ErrorCode.OUTSIDE_INTERVAL,
                    "%d rows lie outside the partition (%s, %s) by their column '%s', such as %s"
                            .formatted(
                                    outside,
                                    boundary.partition().interval(),
                                    boundary.partition().zone(),
                                    windowColumn().orElse(""),
                                    staged.exampleOutside(session, window.get()).orElseThrow()));
        }
    }

    private void verifyKeys(Session session, StagingTable staged, Merge merge) throws SQLException {
        long without = staged.countWithoutKey(session, merge.keys());
        if (without > 0) {
            throw refuse(
                    ErrorCode.CHECK_FAILED,
                    "%d rows have no value in the key (%s)"
                            .formatted(without, String.join(", ", merge.keys())));
        }
        Optional<String> repeated = staged.repeatedKey(session, merge.keys());
        if (repeated.isPresent()) {
            throw refuse(
                    ErrorCode.CHECK_FAILED,
                    ("the load has a key more than once: %s. Say newestBy(column) where"
                                    + " one of them is newer")
                            .formatted(repeated.get()));
        }
    }

    /**
     * The change itself, within the publishing transaction.
     *
     * @param rows how many were staged
     * @return how many rows vanished
     */
    long apply(Session session, StagingTable staged, long rows) throws SQLException {
        return switch (publication) {
            case Replace _ -> {
                long deleted = delete(session);
                verifyAll(rows, insert(session, staged));
                yield deleted;
            }
            case Merge merge -> {
                verifyAll(rows, staged.count(session));
                yield merge(session, staged, merge);
            }
            case AppendOnce _ -> {
                verifyAll(rows, insert(session, staged));
                yield 0;
            }
        };
    }

    /** A server that crashed comes back with empty staging tables; triggers can hold rows back. */
    private void verifyAll(long staged, long found) {
        if (found != staged) {
            throw refuse(
                    ErrorCode.STORE_FAILED,
                    ("of %,d staged rows %,d are there to be published. The server may have"
                                    + " crashed meanwhile, or a trigger or rule of the table holds"
                                    + " rows back")
                            .formatted(staged, found));
        }
    }

    private long delete(Session session) throws SQLException {
        TableWindow rows = window.orElse(TableWindow.EVERY_ROW);
        return session.update(
                "DELETE FROM %s WHERE %s"
                        .formatted(quotedTable(session.dialect()), rows.condition()),
                rows.boundValues());
    }

    private long insert(Session session, StagingTable staged) throws SQLException {
        Dialect dialect = session.dialect();
        return session.update(
                "INSERT INTO %s (%2$s) SELECT %2$s FROM %3$s"
                        .formatted(
                                quotedTable(dialect),
                                dialect.quoted(target.schema().names()),
                                dialect.quoted(staged.name())));
    }

    private long merge(Session session, StagingTable staged, Merge merge) throws SQLException {
        Dialect dialect = session.dialect();
        session.update(dialect.upsert(target.table(), staged.name(), target.schema(), merge));
        if (window.isEmpty()) {
            return 0;
        }
        String sameKey =
                merge.keys().stream()
                        .map(dialect::quoted)
                        .map(key -> "staged.%1$s = %2$s.%1$s".formatted(key, quotedTable(dialect)))
                        .collect(Collectors.joining(" AND "));
        return session.update(
                "DELETE FROM %s WHERE %s AND NOT EXISTS (SELECT 1 FROM %s AS staged WHERE %s)"
                        .formatted(
                                quotedTable(dialect),
                                window.get().condition(),
                                dialect.quoted(staged.name()),
                                sameKey),
                window.get().boundValues());
    }

    private String quotedTable(Dialect dialect) {
        return dialect.quoted(target.table());
    }

    TidemarkException refuse(ErrorCode code, String why) {
        return new TidemarkException(
                code,
                "%s %s: %s. Nothing is published; readers see what they saw before"
                        .formatted(target.name(), boundary.partition().key(), why));
    }
}
