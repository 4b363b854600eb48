package dev.tidemark.data;

import dev.tidemark.Asset;
import dev.tidemark.Boundary;
import dev.tidemark.Rejection;
import dev.tidemark.Row;
import dev.tidemark.RowCounts;
import dev.tidemark.Rows;
import dev.tidemark.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Follows the rows of one publish into the place where only their attempt looks, whatever kind of
 * target that is: counts them, hashes them, checks them, and afterwards says whether they may be
 * published.
 *
 * <p>In this order: {@link #load}, then {@link #verify}, then {@link #manifest}. Belongs to one
 * thread.
 */
final class Staging implements AutoCloseable {
    /** Where a target puts rows. Each kind wraps its own checked exceptions. */
    interface Place {
        /** The rows as they will be read again from this place. */
        default Rows kept(Rows rows) {
            return rows;
        }

        void accept(Row row);

        void reject(Rejection rejection);
    }

    private final Boundary boundary;
    private final Asset asset;
    private final PublishRules rules;
    private final Precedent before;
    private final Instant started;
    private final ContentHash contentHash = new ContentHash();
    private long published;
    private RowCounts passage = RowCounts.NONE;
    private CheckedRows checks = new CheckedRows();
    private Schema given = Schema.of();
    private List<String> remarks = List.of();
    private List<CheckResult> results = List.of();
    private @Nullable Instant ended;

    Staging(Boundary boundary, Asset asset, PublishRules rules, Precedent before) {
        this.boundary = boundary;
        this.asset = asset;
        this.rules = rules;
        this.before = before;
        this.started = boundary.now();
    }

    /**
     * Pulls every row, once, into its place, with its columns as declared.
     *
     * @throws dev.tidemark.TidemarkException {@code SCHEMA_CHANGED} where the rows do not have the
     *     declared columns, or these differ from what was published before; {@code
     *     OUTSIDE_INTERVAL} where the rules name a column and a row lies outside by it
     */
    void load(Rows rows, Schema declared, Place place) {
        Conformity conformity = new Conformity(asset.name(), declared);
        if (rules.contract() != SchemaContract.EVOLVE) {
            before.nearest().ifPresent(conformity::verifyUnchangedSince);
        }
        Optional<Window> window =
                rules.within().map(column -> new Window(boundary.partition(), declared, column));
        checks = new CheckedRows(rules.checks(), new RowRule.Scope(boundary, declared));
        given = rows.schema();
        rows.onReject(place::reject);
        Rows kept = place.kept(conformity.fitted(rows, rules.contract()));
        for (Row each : kept) {
            Row row = conformity.fit(each);
            window.ifPresent(watch -> watch.see(row));
            checks.see(row);
            contentHash.add(row);
            place.accept(row);
            published++;
        }
        passage = rows.counts();
        remarks = rows.remarks();
        window.ifPresent(watch -> watch.verify(asset.name()));
    }

    /**
     * Says whether the staged rows may be published; called when they are durable.
     *
     * @param queries asks the staged rows in SQL
     * @throws dev.tidemark.TidemarkException {@code UNBALANCED}, {@code EMPTY_OVER_DATA}, {@code
     *     SAME_INPUT_AS_BEFORE} or {@code CHECK_FAILED}, with all that failed
     */
    void verify(CheckedRows.Queries queries) {
        Gate gate = new Gate(boundary, asset.name(), before);
        gate.verifyBalance(counts());
        if (rules.holds(PublishRules.HouseRule.NOTHING_OVER_SOMETHING)) {
            gate.verifyNotEmptyOverData(counts());
        }
        if (rules.holds(PublishRules.HouseRule.SAME_INPUT_AS_BEFORE)) {
            gate.verifyInputsAreNew();
        }
        results =
                checks.results(
                        new TotalRule.Totality(boundary, counts(), given, before.history()),
                        queries);
        gate.verifyChecks(results);
        results = Stream.concat(results.stream(), remarked()).toList();
        ended = boundary.now();
    }

    /** What a contract let pass is no secret. */
    private Stream<CheckResult> remarked() {
        return remarks.stream()
                .map(
                        remark ->
                                new CheckResult(
                                        "contract",
                                        "columns and values as declared",
                                        remark,
                                        CheckResult.Verdict.WARNED));
    }

    RowCounts counts() {
        return new RowCounts(
                passage.read(),
                passage.accepted(),
                passage.rejected(),
                passage.filtered(),
                published);
    }

    ContentHash contentHash() {
        return contentHash;
    }

    /**
     * The manifest of the verified rows. May be asked for again with another version, when another
     * entry came in between.
     *
     * @param version the version that readers will see
     * @param previous the hash of the manifest that is visible now
     */
    Manifest manifest(long version, Optional<String> previous, Manifest.Output output) {
        Instant verified = ended;
        if (verified == null) {
            throw new IllegalStateException("rows are verified before they get a manifest");
        }
        return new Manifest(
                new Manifest.Piece(asset.name(), boundary.partition(), version, previous),
                Manifest.Origin.of(boundary, started, verified),
                boundary.consumptions(),
                output,
                new Manifest.Outcome(counts(), results));
    }

    /** Lets go of what checks remember; their results stay. */
    @Override
    public void close() {
        checks.close();
    }
}
