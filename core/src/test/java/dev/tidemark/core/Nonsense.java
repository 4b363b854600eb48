package dev.tidemark.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All kinds of events, among them many that make no sense where a story stands. */
final class Nonsense {
    private static final long NO_SUCH_RUN = 77;
    private static final long NO_SUCH_TOKEN = 999;

    private static final List<Outcome> OUTCOMES =
            List.of(
                    Outcomes.SUCCESS,
                    Outcomes.list(2),
                    Outcomes.SKIP,
                    Outcomes.FAILURE,
                    Outcomes.TRANSIENT,
                    Outcomes.CHARGED_LOSS,
                    new Outcome.Stopped("by hand"));

    private final Story story;
    private final List<Event> events = new ArrayList<>();

    private Nonsense(Story story) {
        this.story = story;
    }

    static List<Event> events(Story story) {
        Nonsense nonsense = new Nonsense(story);
        nonsense.keys().forEach(nonsense::aboutTask);
        nonsense.aboutRun(story.number());
        nonsense.aboutRun(NO_SUCH_RUN);
        nonsense.aboutPipelines();
        return nonsense.events;
    }

    private Set<TaskKey> keys() {
        Set<TaskKey> keys = new HashSet<>();
        for (TaskNode node : story.run().nodes()) {
            for (TaskInstance instance : node.instances()) {
                TaskKey key = instance.key();
                keys.add(key);
                keys.add(new TaskKey(key.run(), key.task(), TaskKey.NONE));
                keys.add(new TaskKey(key.run(), key.task(), 0));
                keys.add(new TaskKey(key.run(), key.task(), 99));
                keys.add(new TaskKey(NO_SUCH_RUN, key.task(), key.element()));
            }
        }
        keys.add(new TaskKey(story.number(), "no-such-task", TaskKey.NONE));
        return keys;
    }

    private void aboutTask(TaskKey key) {
        for (long token : tokens(key)) {
            events.add(new Event.AttemptTimedOut(key, token));
            for (Outcome outcome : token == current(key) ? OUTCOMES : List.of(Outcomes.SUCCESS)) {
                events.add(new Event.AttemptReported(key, token, outcome));
            }
        }
        events.add(new Event.RetryDue(key));
        events.add(new Event.Reconsider(key.run(), key.task()));
        events.add(new Event.ClearRequested(story.number(), List.of(key)));
        for (TaskState to : List.of(TaskState.SUCCEEDED, TaskState.FAILED, TaskState.CANCELLED)) {
            events.add(new Event.MarkRequested(story.number(), List.of(key), to, ""));
        }
    }

    private Set<Long> tokens(TaskKey key) {
        return new HashSet<>(List.of(0L, NO_SUCH_TOKEN, current(key), current(key) - 1));
    }

    private long current(TaskKey key) {
        return story.run().has(key) && key.run() == story.number()
                ? story.run().instance(key).token()
                : 0;
    }

    private void aboutRun(long run) {
        events.add(new Event.CancelRequested(run, "not needed"));
        events.add(new Event.ClearRequested(run, List.of()));
        events.add(new Event.RunPerhapsDone(run));
        for (BackfillPlan.Action action : BackfillPlan.Action.values()) {
            events.add(Backfills.request(Backfills.item(story.run().identity(), run, action)));
            events.add(
                    new Event.BackfillRequested(
                            Backfills.plan(Backfills.item(story.run().identity(), run, action)),
                            story.run().backfill()));
        }
    }

    private void aboutPipelines() {
        events.add(new Event.SlotPerhapsFree());
        events.add(new Event.BackfillPerhapsNext(0));
        events.add(new Event.BackfillPerhapsNext(1));
        events.add(new Event.BackfillPerhapsNext(99));
        BackfillState kept =
                story.turns()
                        .replayed()
                        .backfill(1)
                        .map(Backfill::state)
                        .orElse(BackfillState.COMPLETED);
        for (Steering steering : Steering.values()) {
            events.add(new Event.BackfillSteered(1, kept, steering, "by hand"));
        }
        events.add(Backfills.request());
        events.add(
                Backfills.request(
                        new BackfillPlan(
                                "no-such-pipeline",
                                Map.of(),
                                Backfills.plan().options(),
                                Backfills.days(1))));
        Graph graph = story.run().graph();
        events.add(new Event.PipelineLoaded(graph.version(), graph.definition()));
        events.add(new Event.PipelineLoaded("v2", graph.definition()));
    }
}
