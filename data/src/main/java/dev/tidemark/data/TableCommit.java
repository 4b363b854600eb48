package dev.tidemark.data;

import dev.tidemark.ErrorCode;
import dev.tidemark.Evidence;
import dev.tidemark.RowCounts;
import dev.tidemark.TaskException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The transaction that makes staged rows visible, with their manifest. It decides alone: who holds
 * the token at its first statement holds it until its commit.
 */
record TableCommit(Reach reach, Fence fence, TableChange change) {
    /**
     * What the staged rows amount to.
     *
     * @param rows how many will be published
     * @param hash of these rows
     * @param refusesNothing whether no rows may take the place of some
     */
    record Content(Staging staging, long rows, String hash, boolean refusesNothing) {}

    /** Tries until it is decided: published, or fenced, or refused for another reason. */
    Evidence commit(Session session, StagingTable staged, Content content) throws SQLException {
        return Conflicts.retried(
                session.dialect(),
                () -> {
                    try {
                        return session.transaction(
                                () -> publish(session, staged, content),
                                change.target().database().commit());
                    } catch (SQLException e) {
                        if (session.dialect().isConflict(e)) {
                            throw e;
                        }
                        Optional<Evidence> published = lookUp(e);
                        if (published.isPresent()) {
                            return published.get();
                        }
                        throw e;
                    }
                });
    }

    private Evidence publish(Session session, StagingTable staged, Content content)
            throws SQLException {
        fence.hold(session);
        long vanished = change.apply(session, staged, content.rows());
        if (content.refusesNothing() && content.rows() == 0 && vanished > 0) {
            throw change.refuse(
                    ErrorCode.EMPTY_OVER_DATA,
                    ("no rows would replace the %d that readers see. Where that is meant,"
                                    + " say allowEmpty()")
                            .formatted(vanished));
        }
        ManifestTable manifests = new ManifestTable(session, change.target().name());
        Optional<ManifestTable.Entry> head = manifests.head(change.boundary().partition().key());
        Manifest manifest = manifest(head, content);
        Evidence evidence = manifest.evidence();
        manifests.append(manifest, evidence, change.windowColumn());
        return evidence;
    }

    private Manifest manifest(Optional<ManifestTable.Entry> head, Content content) {
        long version = 1 + head.map(entry -> entry.manifest().piece().version()).orElse(0L);
        RowCounts counts = content.staging().counts();
        List<Manifest.Part> rejected =
                counts.rejected() == 0
                        ? List.of()
                        : List.of(
                                new Manifest.Part(DeadLetterTable.TABLE, counts.rejected(), 0, ""));
        Manifest manifest =
                content.staging()
                        .manifest(
                                version,
                                head.map(ManifestTable.Entry::hash),
                                new Manifest.Output(
                                        reach.location(change.target().table()),
                                        List.of(),
                                        rejected,
                                        change.target().schema(),
                                        content.hash()));
        return withPublished(manifest, content.rows());
    }

    /** Staging counted the rows as they came; repeats may have been left out since. */
    private static Manifest withPublished(Manifest manifest, long published) {
        RowCounts rows = manifest.outcome().rows();
        return new Manifest(
                manifest.piece(),
                manifest.origin(),
                manifest.inputs(),
                manifest.output(),
                new Manifest.Outcome(
                        new RowCounts(
                                rows.read(),
                                rows.accepted(),
                                rows.rejected(),
                                rows.filtered(),
                                published),
                        manifest.outcome().checks()));
    }

    /**
     * A commit that failed may have happened all the same; only the target knows, and only once the
     * transaction is over there.
     */
    private Optional<Evidence> lookUp(SQLException because) {
        String partition = change.boundary().partition().key();
        try (Session fresh = reach.open()) {
            Conflicts.retried(fresh.dialect(), () -> fresh.transaction(() -> fence.settle(fresh)));
            return new ManifestTable(fresh, change.target().name())
                    .of(partition, change.boundary().token())
                    .map(ManifestTable.Entry::evidence);
        } catch (SQLException e) {
            because.addSuppressed(e);
            throw TaskException.transientError(
                    ("%s %s: the database went away during the publish, and cannot be asked"
                                    + " whether it happened (%s). Readers see the earlier version"
                                    + " or this one, whole; the next attempt publishes in its"
                                    + " place")
                            .formatted(
                                    change.target().name(),
                                    partition,
                                    DatabaseErrors.firstLine(because)),
                    because);
        }
    }
}
