package dev.tidemark.store;

import dev.tidemark.Evidence;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.TaskDefinition;
import dev.tidemark.core.Change;
import dev.tidemark.core.Outcome;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskState;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Task instances and what they left, in memory. */
final class MemoryTasks {
    private static final Set<TaskState> MAY_START =
            Set.of(TaskState.WAITING, TaskState.QUEUED, TaskState.RETRYING);

    private final MemoryTable<TaskKey, TaskView> tasks;
    private final MemoryTable<Published, ManifestView> manifests;
    private final MemoryAttempts attempts;

    MemoryTasks(Undo undo) {
        tasks = new MemoryTable<>(MemoryAttempts.TASKS, undo);
        manifests = new MemoryTable<>(Published.ORDER, undo);
        attempts = new MemoryAttempts(undo);
    }

    private record Published(long run, String asset, String partition) {
        static final Comparator<Published> ORDER =
                Comparator.comparingLong(Published::run)
                        .thenComparing(Published::asset)
                        .thenComparing(Published::partition);
    }

    MemoryAttempts attempts() {
        return attempts;
    }

    void create(long run, PipelineDefinition definition) {
        definition.tasks().forEach(task -> wait(new TaskKey(run, task.name(), TaskKey.NONE)));
    }

    private void wait(TaskKey key) {
        tasks.put(
                key,
                new TaskView(
                        key,
                        TaskState.WAITING,
                        TaskView.Tally.NONE,
                        "",
                        TaskView.LatestAttempt.NONE));
    }

    /** Tasks of the same name stay as they are, new ones wait, those that are gone go. */
    void reopen(long run, PipelineDefinition definition, Instant at) {
        Set<String> names =
                definition.tasks().stream().map(TaskDefinition::name).collect(Collectors.toSet());
        for (TaskView task : ofRun(run)) {
            if (!names.contains(task.task().task())) {
                attempts.stop(task, AttemptEnd.TASK_GONE, at);
                tasks.remove(task.task());
            }
        }
        for (String name : names) {
            if (ofTask(run, name).isEmpty()) {
                wait(new TaskKey(run, name, TaskKey.NONE));
            }
        }
    }

    void expand(Change.TaskExpanded it) {
        TaskKey unexpanded = new TaskKey(it.run(), it.task(), TaskKey.NONE);
        expect(unexpanded, TaskState.WAITING, it);
        tasks.remove(unexpanded);
        for (int element = 0; element < it.elements(); element++) {
            wait(new TaskKey(it.run(), it.task(), element));
        }
    }

    void move(Change.TaskMoved it) {
        TaskView task = expect(it.task(), it.from(), it);
        TaskView.LatestAttempt before = task.latest();
        put(
                task,
                it.to(),
                it.reason(),
                new TaskView.LatestAttempt(
                        before.token(), before.started(), before.ended(), Optional.empty()));
    }

    void clear(Change.TaskCleared it, Instant at) {
        TaskKey key = it.task();
        List<TaskView> meant =
                key.element() == TaskKey.NONE
                        ? ofTask(key.run(), key.task())
                        : tasks.get(key).stream().toList();
        if (meant.isEmpty()) {
            throw Disagreement.about(it);
        }
        boolean expanded = meant.getFirst().task().element() != TaskKey.NONE;
        for (TaskView task : meant) {
            attempts.stop(task, AttemptEnd.CLEARED, at);
            if (expanded && key.element() == TaskKey.NONE) {
                tasks.remove(task.task());
            } else {
                clear(task, at);
            }
        }
        if (expanded && key.element() == TaskKey.NONE) {
            wait(key);
        }
    }

    private void clear(TaskView task, Instant at) {
        TaskView.LatestAttempt before = task.latest();
        Optional<Instant> ended =
                task.state() == TaskState.RUNNING ? Optional.of(at) : before.ended();
        put(
                task,
                TaskState.WAITING,
                "",
                new TaskView.LatestAttempt(
                        before.token(), before.started(), ended, Optional.empty()));
    }

    void start(Change.AttemptStarted it, Instant at) {
        TaskView task =
                tasks.get(it.task())
                        .filter(row -> MAY_START.contains(row.state()))
                        .filter(row -> row.tally().started() + 1 == it.number())
                        .filter(row -> row.latest().token() < it.token())
                        .orElseThrow(() -> Disagreement.about(it));
        tasks.put(
                it.task(),
                new TaskView(
                        it.task(),
                        TaskState.RUNNING,
                        new TaskView.Tally(task.tally().attempts() + 1, task.tally().losses()),
                        "",
                        new TaskView.LatestAttempt(
                                it.token(), Optional.of(at), Optional.empty(), Optional.empty())));
        attempts.start(it, at);
    }

    void end(Change.AttemptEnded it, Instant at) {
        TaskView task = expect(it.task(), TaskState.RUNNING, it);
        if (task.latest().token() != it.token()) {
            throw Disagreement.about(it);
        }
        int lost = it.outcome() instanceof Outcome.Lost ? 1 : 0;
        tasks.put(
                it.task(),
                new TaskView(
                        it.task(),
                        it.to(),
                        new TaskView.Tally(
                                task.tally().attempts() - lost, task.tally().losses() + lost),
                        AttemptView.said(it.outcome()),
                        new TaskView.LatestAttempt(
                                it.token(),
                                task.latest().started(),
                                Optional.of(at),
                                Optional.of(it.due()).filter(_ -> it.to() == TaskState.RETRYING))));
        attempts.end(it.task(), it.token(), AttemptView.Status.of(it.outcome()), at);
        if (it.outcome() instanceof Outcome.Succeeded succeeded) {
            succeeded.evidence().forEach(evidence -> publish(it, evidence));
        }
    }

    private void publish(Change.AttemptEnded it, Evidence evidence) {
        manifests.put(
                new Published(
                        it.task().run(),
                        evidence.receipt().asset(),
                        evidence.receipt().partition()),
                new ManifestView(it.task(), it.token(), evidence));
    }

    private TaskView expect(TaskKey key, TaskState state, Change change) {
        return tasks.get(key)
                .filter(row -> row.state() == state)
                .orElseThrow(() -> Disagreement.about(change));
    }

    private void put(
            TaskView task, TaskState state, String message, TaskView.LatestAttempt latest) {
        tasks.put(task.task(), new TaskView(task.task(), state, task.tally(), message, latest));
    }

    List<TaskView> ofRun(long run) {
        return tasks.between(new TaskKey(run, "", TaskKey.NONE), new TaskKey(run + 1, "", -2));
    }

    /**
     * A page of instances.
     *
     * @param graph the names of the run's tasks, in order
     */
    List<TaskView> show(long run, List<String> graph, TaskFilter filter) {
        return filter.among(run, graph).stream()
                .flatMap(task -> afterElement(run, task, filter.afterElementOf(task)).stream())
                .filter(view -> filter.state().orElse(view.state()) == view.state())
                .limit(filter.limit())
                .toList();
    }

    List<TaskCounts> counts(long run, List<String> graph) {
        return graph.stream().map(task -> count(run, task)).toList();
    }

    private TaskCounts count(long run, String task) {
        Map<TaskState, Integer> states = new EnumMap<>(TaskState.class);
        int attempts = 0;
        int losses = 0;
        for (TaskView view : afterElement(run, task, TaskFilter.BEFORE_ALL)) {
            states.merge(view.state(), 1, Integer::sum);
            attempts += view.tally().attempts();
            losses += view.tally().losses();
        }
        return new TaskCounts(task, states, new TaskView.Tally(attempts, losses));
    }

    private Collection<TaskView> afterElement(long run, String task, int element) {
        return tasks.after(
                new TaskKey(run, task, element), new TaskKey(run, task, Integer.MAX_VALUE));
    }

    private List<TaskView> ofTask(long run, String task) {
        return tasks.between(
                new TaskKey(run, task, TaskKey.NONE), new TaskKey(run, task, Integer.MAX_VALUE));
    }

    List<ManifestView> manifests(long run) {
        return manifests.between(new Published(run, "", ""), new Published(run + 1, "", ""));
    }
}
