package dev.tidemark.store;

import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.TaskDefinition;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Change;
import dev.tidemark.core.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A store in memory, for tests and simulations. It refuses what the others refuse, and outlives its
 * engines: a test keeps it, stops one engine and starts the next. All its methods hold one lock.
 */
public final class MemoryStore implements Store {
    private final String issuer;
    private final Undo undo = new Undo();
    private final List<Recorded> history = new ArrayList<>();
    private final MemoryRuns runs = new MemoryRuns(undo);
    private final MemoryTasks tasks = new MemoryTasks(undo);
    private final MemoryBackfills backfills = new MemoryBackfills(undo);
    private long lastToken;

    /**
     * An empty store.
     *
     * @param issuer stands for the random id that other stores make up
     */
    public MemoryStore(String issuer) {
        this.issuer = issuer;
    }

    @Override
    public synchronized void commit(List<Change> changes, Instant at) {
        int kept = history.size();
        try {
            for (Change change : changes) {
                history.add(new Recorded(history.size() + 1L, at, change));
                apply(change, at);
            }
        } catch (RuntimeException e) {
            history.subList(kept, history.size()).clear();
            undo.rollback();
            throw e;
        }
        undo.forget();
        for (Change change : changes) {
            if (change instanceof Change.AttemptStarted started) {
                lastToken = Math.max(lastToken, started.token());
            }
        }
    }

    private void apply(Change change, Instant at) {
        switch (change) {
            case Change.PipelineRegistered it -> runs.register(it);
            case Change.RunCreated it -> {
                runs.create(it, at);
                tasks.create(it.run(), definitionOf(it.run()));
            }
            case Change.RunMoved it -> runs.move(it, at);
            case Change.RunReopened it -> {
                runs.reopen(it);
                tasks.reopen(it.run(), definitionOf(it.run()), at);
            }
            case Change.TaskExpanded it -> tasks.expand(it);
            case Change.TaskMoved it -> tasks.move(it);
            case Change.TaskCleared it -> tasks.clear(it, at);
            case Change.AttemptStarted it -> tasks.start(it, at);
            case Change.AttemptEnded it -> tasks.end(it, at);
            case Change.LateResult it -> tasks.attempts().late(it);
            case Change.BackfillCreated it -> backfills.create(it, at);
            case Change.IntervalSkipped it -> backfills.skip(it);
            case Change.BackfillEnded it -> backfills.end(it, at);
        }
    }

    /** The definition of the version that a run uses; there is one where there is a run. */
    private PipelineDefinition definitionOf(long run) {
        return runs.run(run)
                .flatMap(view -> runs.definition(view.pipeline(), view.version()))
                .orElseThrow();
    }

    @Override
    public String issuer() {
        return issuer;
    }

    @Override
    public synchronized State.Numbers lastNumbers() {
        return new State.Numbers(runs.lastNumber(), backfills.lastNumber(), lastToken);
    }

    @Override
    public synchronized Optional<PipelineDefinition> definition(String pipeline, String version) {
        return runs.definition(pipeline, version);
    }

    @Override
    public synchronized List<Recorded> history(long run) {
        return history(owner -> owner.run() == run);
    }

    @Override
    public synchronized List<Recorded> historyOfBackfill(long backfill) {
        return history(owner -> owner.backfill() == backfill);
    }

    private List<Recorded> history(Predicate<ChangeOwner> owner) {
        return history.stream().filter(row -> owner.test(ChangeOwner.of(row.change()))).toList();
    }

    @Override
    public synchronized Map<Interval, BackfillPlan.Existing> findRuns(
            String pipeline, Map<String, String> parameters, Collection<Interval> intervals) {
        return runs.find(pipeline, parameters, intervals);
    }

    @Override
    public synchronized List<BackfillView> unfinishedBackfills(String pipeline) {
        return backfills.unfinished(pipeline, runs.all());
    }

    @Override
    public synchronized Optional<BackfillView> backfill(long number) {
        return backfills.view(number, runs.all());
    }

    @Override
    public synchronized Optional<RunView> run(long number) {
        return runs.run(number);
    }

    @Override
    public synchronized List<RunView> runsNamed(String name) {
        return runs.all().stream()
                .filter(run -> run.name().equals(name))
                .sorted(Comparator.comparing(RunView::pipeline))
                .toList();
    }

    @Override
    public synchronized List<RunView> runs(RunFilter filter) {
        return runs.show(filter);
    }

    @Override
    public synchronized List<TaskView> tasks(long run) {
        return runs.run(run)
                .map(_ -> inOrder(tasks.ofRun(run), definitionOf(run)))
                .orElse(List.of());
    }

    /** Sorts tasks as their graph does; elements stay in order. */
    static List<TaskView> inOrder(List<TaskView> tasks, PipelineDefinition definition) {
        Map<String, Integer> places = new HashMap<>();
        for (TaskDefinition task : definition.tasks()) {
            places.put(task.name(), places.size());
        }
        return tasks.stream()
                .sorted(
                        Comparator.comparingInt(
                                task -> places.getOrDefault(task.task().task(), Integer.MAX_VALUE)))
                .toList();
    }

    @Override
    public synchronized List<AttemptView> attempts(long run, String task) {
        return tasks.attempts().ofTask(run, task);
    }

    @Override
    public synchronized List<ManifestView> manifests(long run) {
        return tasks.manifests(run);
    }

    @Override
    public void close() {}
}
