package dev.tidemark.store;

import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.TaskDefinition;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Change;
import dev.tidemark.core.State;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A store in memory, for tests and simulations. It refuses what the others refuse, and outlives its
 * engines: a test keeps it, stops one engine and starts the next. All its methods hold one lock.
 */
public final class MemoryStore implements Store {
    private final String issuer;
    private final Undo undo = new Undo();
    private final MemoryTable<Place, Recorded> history = new MemoryTable<>(Place.ORDER, undo);
    private final MemoryRuns runs = new MemoryRuns(undo);
    private final MemoryTasks tasks = new MemoryTasks(undo);
    private final MemoryBackfills backfills = new MemoryBackfills(undo);
    private long lastSeq;
    private long lastToken;

    /** Where a change stands in the history of its owner. */
    private record Place(ChangeOwner owner, long seq) {
        static final Comparator<Place> ORDER =
                Comparator.comparingLong((Place place) -> place.owner().run())
                        .thenComparingLong(place -> place.owner().backfill())
                        .thenComparingLong(Place::seq);
    }

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
        undo.add(restoreNumbers(lastSeq, lastToken));
        try {
            for (Change change : changes) {
                lastSeq++;
                history.put(
                        new Place(ChangeOwner.of(change), lastSeq),
                        new Recorded(lastSeq, at, change));
                apply(change, at);
            }
        } catch (RuntimeException e) {
            undo.rollback();
            throw e;
        }
        undo.forget();
    }

    private Runnable restoreNumbers(long seq, long token) {
        return () -> {
            lastSeq = seq;
            lastToken = token;
        };
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
            case Change.AttemptStarted it -> {
                tasks.start(it, at);
                lastToken = Math.max(lastToken, it.token());
            }
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
        return history(new ChangeOwner(run, 0));
    }

    @Override
    public synchronized List<Recorded> historyOfBackfill(long backfill) {
        return history(new ChangeOwner(0, backfill));
    }

    private List<Recorded> history(ChangeOwner owner) {
        return history.between(new Place(owner, 0), new Place(owner, Long.MAX_VALUE));
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
