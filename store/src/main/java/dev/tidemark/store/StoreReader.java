package dev.tidemark.store;

import dev.tidemark.ErrorCode;
import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Answer;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Change;
import dev.tidemark.core.State;
import dev.tidemark.core.WatermarkKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads what a {@link Store} keeps: the history for the engine, views for people. Any thread may
 * call it, also while another one commits; each answer shows whole commits only.
 *
 * <p>All methods throw {@link TidemarkException} with {@link ErrorCode#STORE_FAILED} where the
 * store cannot be read.
 */
public interface StoreReader extends AutoCloseable {
    /** The random id of this store, made once: the issuer of its fencing tokens. */
    String issuer();

    /** Who may commit; empty where nobody ever claimed the store. */
    Optional<Owner> owner();

    /** Commands without an answer, oldest first. */
    List<Posted> posted(int limit);

    /** The answer to a posted command; empty as long as there is none. */
    Optional<Answer> answer(String key);

    /** The highest numbers ever given out. */
    State.Numbers lastNumbers();

    /** The pools that have a limit, by name. */
    List<PoolView> pools();

    /** The starts after an instant that count towards the rates of pools, in order of time. */
    List<Recorded> countedStarts(Instant after);

    /** The watermarks that ever stood anywhere, or have intervals ahead; by pipeline and name. */
    List<WatermarkView> watermarks();

    /** The same of some pipelines. */
    List<WatermarkView> watermarks(Collection<String> pipelines);

    /** How a watermark moved, latest first. */
    List<WatermarkMove> watermarkMoves(WatermarkKey watermark, int limit);

    /** A registered version of a pipeline. */
    Optional<PipelineDefinition> definition(String pipeline, String version);

    /** Those of the versions that are registered, each with the tasks that were verified of it. */
    Map<PipelineVersion, Set<String>> registered(Collection<PipelineVersion> versions);

    /** The version of a pipeline that was registered last; empty for an unknown pipeline. */
    Optional<String> latestVersion(String pipeline);

    /** All changes of a run, oldest first: folding them gives the run. Empty for an unknown run. */
    List<Recorded> history(long run);

    /**
     * All changes of runs, in the order of the history.
     *
     * @param reader called for each
     */
    void histories(Collection<Long> runs, Consumer<Recorded> reader);

    /** All changes of a backfill itself, oldest first; those of its runs are theirs. */
    List<Recorded> historyOfBackfill(long backfill);

    /**
     * What an engine needs that goes on with backfills: their own changes, all changes of the runs
     * that their tries are under way in, and of their other runs how those came and went. Folding
     * them in this order gives the state that their last owner had.
     *
     * @param reader called for each, in the order of the history
     */
    void replay(Collection<Long> backfills, Consumer<Recorded> reader);

    /**
     * The runs that cover any of the intervals.
     *
     * @param parameters those that differ from their defaults, in canonical form
     * @return by interval; those without a run are missing
     */
    Map<Interval, BackfillPlan.Existing> findRuns(
            String pipeline, Map<String, String> parameters, Collection<Interval> intervals);

    /** The one run that covers the interval. */
    default Optional<BackfillPlan.Existing> findRun(
            String pipeline, Map<String, String> parameters, Interval interval) {
        return Optional.ofNullable(findRuns(pipeline, parameters, List.of(interval)).get(interval));
    }

    /**
     * The runs with no parameters but the defaults whose intervals start in {@code [from, until)}.
     */
    Map<Interval, BackfillPlan.Existing> runsStarting(String pipeline, Instant from, Instant until);

    /** How the schedules of all pipelines stand that ever were enabled or paused, by name. */
    List<ScheduleView> schedules();

    /** How a pipeline's schedule stands; empty where it was neither enabled nor paused. */
    Optional<ScheduleView> schedule(String pipeline);

    /**
     * What an engine has to know that takes schedules up, in a few questions however many there
     * are.
     *
     * @return by pipeline; each has one
     */
    Map<String, Standing> standings(Collection<String> pipelines);

    /** What a schedule passed over, as far as it starts in {@code [from, until)}; oldest first. */
    List<PassedView> passed(String pipeline, Instant from, Instant until);

    /**
     * Alerts, newest first.
     *
     * @param pipeline empty for those of all
     */
    List<AlertView> alerts(Optional<String> pipeline, int limit);

    /** Backfills of a pipeline that have not ended, oldest first. */
    List<BackfillView> unfinishedBackfills(String pipeline);

    /** The numbers of the backfills of any of the pipelines that have not ended, in order. */
    List<Long> openBackfills(Collection<String> pipelines);

    /** With its plan, which takes time to read where it is long. */
    Optional<BackfillView> backfill(long number);

    /** The same in short: it takes no longer for a long plan. */
    Optional<BackfillSummary> backfillInShort(long number);

    /** Backfills in short, newest first. */
    List<BackfillSummary> backfills(BackfillFilter filter);

    /**
     * The intervals that a backfill passed over, in its order.
     *
     * @param limit how many at most
     */
    List<Change.IntervalSkipped> skippedIntervals(long backfill, int limit);

    Optional<RunView> run(long number);

    /** The runs with this text id, at most one of each pipeline. */
    List<RunView> runsNamed(String name);

    /**
     * The run that somebody means.
     *
     * @param pipeline empty for any
     * @param nameOrNumber its text id or its number
     * @throws TidemarkException {@link ErrorCode#INVALID_REQUEST} where runs of several pipelines
     *     have that text id
     */
    default Optional<RunView> run(Optional<String> pipeline, String nameOrNumber) {
        List<RunView> meant =
                RunView.NUMBER.matcher(nameOrNumber).matches()
                        ? run(Long.parseLong(nameOrNumber)).stream().toList()
                        : runsNamed(nameOrNumber);
        List<RunView> fitting =
                meant.stream()
                        .filter(run -> pipeline.orElse(run.pipeline()).equals(run.pipeline()))
                        .toList();
        if (fitting.size() > 1) {
            throw new TidemarkException(
                    ErrorCode.INVALID_REQUEST,
                    "run '"
                            + nameOrNumber
                            + "' could be of any of the pipelines "
                            + String.join(", ", fitting.stream().map(RunView::pipeline).toList())
                            + "; say which, or use its number: "
                            + fitting.stream().map(RunView::number).toList());
        }
        return fitting.stream().findFirst();
    }

    /** Runs, newest first. */
    List<RunView> runs(RunFilter filter);

    /** The task instances of a run: tasks in the order of its graph, elements in theirs. */
    List<TaskView> tasks(long run);

    /**
     * A page of them, in the same order. Empty for an unknown run. Each page is of its own moment:
     * an instance is on one page only, in the state that it had when that page was read.
     *
     * @throws TidemarkException {@link ErrorCode#INVALID_REQUEST} where the page is to begin after
     *     a task that the run does not have
     */
    List<TaskView> tasks(long run, TaskFilter filter);

    /** How many instances of each task are in which state, in the order of the run's graph. */
    List<TaskCounts> taskCounts(long run);

    /** All attempts of a task in a run, of all its elements: elements in order, oldest first. */
    List<AttemptView> attempts(long run, String task);

    /**
     * What a run left: for each partition of an asset the latest manifest, by asset and partition.
     * Those that later attempts superseded are in the history only.
     */
    List<ManifestView> manifests(long run);

    @Override
    void close();
}
