package dev.tidemark.data;

import dev.tidemark.Boundary;
import dev.tidemark.Evidence;
import dev.tidemark.Partition;
import dev.tidemark.ProtocolStep;
import dev.tidemark.Receipt;
import dev.tidemark.Rows;
import dev.tidemark.TidemarkException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * One publish into one table, from claim to commit. What becomes visible, becomes so in one
 * transaction whose first statement compares the token; everything before it is seen by nobody.
 */
final class TablePublish {
    private final Reach reach;
    private final TableTarget target;
    private final Boundary boundary;
    private final PublishRules rules;
    private final TableChange change;
    private final Fence fence;
    private final StagingTable stagingTable;

    TablePublish(
            TableTarget target, Boundary boundary, Publication publication, PublishRules rules) {
        this.reach = target.database().reach(boundary);
        this.target = target;
        this.boundary = boundary;
        this.rules = rules;
        this.change = TableChange.of(reach.dialect(), target, boundary, publication);
        this.fence = new Fence(target.name(), boundary);
        this.stagingTable = StagingTable.of(target.name(), boundary, target.schema());
    }

    Receipt publish(Rows rows) {
        try (rows;
                Session session = reach.open()) {
            claim(session);
            boundary.reached(ProtocolStep.CLAIMED, target);
            Optional<Evidence> done = doneAlready(session);
            Evidence evidence = done.isPresent() ? done.get() : publishClaimed(session, rows);
            boundary.reached(ProtocolStep.PUBLISHED, target);
            boundary.published(evidence);
            dropStaging(session);
            return evidence.receipt();
        } catch (SQLException e) {
            throw DatabaseErrors.writing(target.name(), reach.dialect(), e);
        }
    }

    private void claim(Session session) throws SQLException {
        Dialect dialect = session.dialect();
        for (String table :
                List.of(Fence.DEFINITION, ManifestTable.DEFINITION, DeadLetterTable.DEFINITION)) {
            Conflicts.retried(dialect, () -> session.execute(table));
        }
        Conflicts.retried(dialect, () -> session.transaction(() -> fence.claim(session)));
        Conflicts.retried(dialect, () -> prepare(session));
    }

    private void prepare(Session session) throws SQLException {
        boolean acceptChange = rules.contract() == SchemaContract.EVOLVE;
        new TableColumns(session, target.name(), target.table(), target.schema())
                .ensure(acceptChange);
        change.prepare(session);
        stagingTable.dropLeftovers(session, boundary.adopts());
        deadLetter(session).removeUnpublished(fence);
    }

    /** Under the fence, like a publish: who has lost the claim is not told of its successor's. */
    private Optional<Evidence> doneAlready(Session session) throws SQLException {
        if (!change.happensOnce()) {
            return Optional.empty();
        }
        return Conflicts.retried(
                session.dialect(),
                () ->
                        session.transaction(
                                () -> {
                                    fence.hold(session);
                                    return change.appendedAlready(session);
                                }));
    }

    private Evidence publishClaimed(Session session, Rows rows) throws SQLException {
        try (Staging staging = new Staging(boundary, target, rules, precedent(session))) {
            StagingTable staged = stage(session, staging, rows);
            boundary.reached(ProtocolStep.STAGED, target);
            change.verify(session, staged);
            staging.verify(rule -> judge(session, staged, rule));
            boundary.reached(ProtocolStep.CHECKED, target);
            return new TableCommit(reach, fence, change)
                    .commit(session, staged, content(session, staging, staged));
        } catch (SQLException | RuntimeException e) {
            dropStaging(session);
            throwIfClaimIsLost(session, e);
            throw e;
        }
    }

    private Precedent precedent(Session session) throws SQLException {
        ManifestTable manifests = new ManifestTable(session, target.name());
        Optional<String> previous = boundary.previousPartition().map(Partition::key);
        return new Precedent(
                manifests.head(boundary.partition().key()).map(ManifestTable.Entry::manifest),
                previous.isPresent()
                        ? manifests.head(previous.get()).map(ManifestTable.Entry::manifest)
                        : Optional.empty(),
                partitions -> rowsBefore(session, manifests, partitions));
    }

    private List<Long> rowsBefore(Session session, ManifestTable manifests, int partitions) {
        try {
            return manifests.rowsBefore(boundary.partition().key(), partitions);
        } catch (SQLException e) {
            throw DatabaseErrors.writing(target.name(), session.dialect(), e);
        }
    }

    private CheckResult judge(Session session, StagingTable staged, SqlRule rule) {
        try {
            String table = session.dialect().quoted(staged.name());
            return rule.judge(session, table, boundary.partition());
        } catch (SQLException e) {
            throw DatabaseErrors.writing(target.name(), session.dialect(), e);
        }
    }

    /** The table that holds what will be published: without repeats where the newest is taken. */
    private StagingTable stage(Session session, Staging staging, Rows rows) throws SQLException {
        Dialect dialect = session.dialect();
        stagingTable.create(session);
        dialect.loading(
                session,
                () -> {
                    try (StagingLoad load =
                            new StagingLoad(session, stagingTable, deadLetter(session))) {
                        staging.load(rows, target.schema(), load);
                        load.finish();
                    }
                    return target;
                });
        return change.withoutRepeats(session, stagingTable);
    }

    private TableCommit.Content content(Session session, Staging staging, StagingTable staged)
            throws SQLException {
        boolean asLoaded = staged.equals(stagingTable);
        return new TableCommit.Content(
                staging,
                asLoaded ? staging.counts().published() : staged.count(session),
                asLoaded ? staging.contentHash().hex() : staged.hash(session),
                rules.holds(PublishRules.HouseRule.NOTHING_OVER_SOMETHING));
    }

    private DeadLetterTable deadLetter(Session session) {
        return new DeadLetterTable(session, target.name(), boundary);
    }

    /** Where it fails, the next attempt to claim the partition does it. */
    private void dropStaging(Session session) {
        try {
            stagingTable.drop(session);
            stagingTable.withoutRepeats().drop(session);
        } catch (SQLException _) {
            // What was published, or went wrong, is more important.
        }
    }

    /** A successor that claimed has dropped this attempt's staging table: that is why it failed. */
    private void throwIfClaimIsLost(Session session, Exception error) {
        if (error instanceof SQLException || error.getCause() instanceof SQLException) {
            Optional<TidemarkException> lost;
            try {
                lost = fence.lost(session);
            } catch (SQLException e) {
                error.addSuppressed(e);
                return;
            }
            if (lost.isPresent()) {
                lost.get().addSuppressed(error);
                throw lost.get();
            }
        }
    }
}
