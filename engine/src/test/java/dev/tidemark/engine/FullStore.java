package dev.tidemark.engine;

import dev.tidemark.ErrorCode;
import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Change;
import dev.tidemark.core.State;
import dev.tidemark.store.AttemptView;
import dev.tidemark.store.BackfillView;
import dev.tidemark.store.ManifestView;
import dev.tidemark.store.Recorded;
import dev.tidemark.store.RunFilter;
import dev.tidemark.store.RunView;
import dev.tidemark.store.Store;
import dev.tidemark.store.TaskView;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store whose disk is full after some commits, or whose history cannot be read. */
final class FullStore implements Store {
    private final Store store;
    private final boolean unreadable;
    private int left;

    FullStore(Store store, int commits) {
        this(store, commits, false);
    }

    private FullStore(Store store, int commits, boolean unreadable) {
        this.store = store;
        this.left = commits;
        this.unreadable = unreadable;
    }

    static FullStore unreadable(Store store) {
        return new FullStore(store, Integer.MAX_VALUE, true);
    }

    @Override
    public void commit(List<Change> changes, Instant at) {
        if (left == 0) {
            throw new TidemarkException(ErrorCode.DISK_FULL, "no space left");
        }
        left--;
        store.commit(changes, at);
    }

    @Override
    public String issuer() {
        return store.issuer();
    }

    @Override
    public State.Numbers lastNumbers() {
        return store.lastNumbers();
    }

    @Override
    public Optional<PipelineDefinition> definition(String pipeline, String version) {
        return store.definition(pipeline, version);
    }

    @Override
    public List<Recorded> history(long run) {
        if (unreadable) {
            throw new TidemarkException(ErrorCode.STORE_FAILED, "the history cannot be read");
        }
        return store.history(run);
    }

    @Override
    public List<Recorded> historyOfBackfill(long backfill) {
        return store.historyOfBackfill(backfill);
    }

    @Override
    public Map<Interval, BackfillPlan.Existing> findRuns(
            String pipeline, Map<String, String> parameters, Collection<Interval> intervals) {
        return store.findRuns(pipeline, parameters, intervals);
    }

    @Override
    public List<BackfillView> unfinishedBackfills(String pipeline) {
        return store.unfinishedBackfills(pipeline);
    }

    @Override
    public Optional<BackfillView> backfill(long number) {
        return store.backfill(number);
    }

    @Override
    public Optional<RunView> run(long number) {
        return store.run(number);
    }

    @Override
    public List<RunView> runsNamed(String name) {
        return store.runsNamed(name);
    }

    @Override
    public List<RunView> runs(RunFilter filter) {
        return store.runs(filter);
    }

    @Override
    public List<TaskView> tasks(long run) {
        return store.tasks(run);
    }

    @Override
    public List<AttemptView> attempts(long run, String task) {
        return store.attempts(run, task);
    }

    @Override
    public List<ManifestView> manifests(long run) {
        return store.manifests(run);
    }

    @Override
    public void close() {
        store.close();
    }
}
