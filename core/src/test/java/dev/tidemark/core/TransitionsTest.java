package dev.tidemark.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.TidemarkException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Every event, sensible or not, in every state. The {@link Inspector} fails a test for a step that
 * is not in the tables; these tests fail for a row that no step takes.
 */
final class TransitionsTest {
    private final Set<TaskTransitions.Way> taskWays = new HashSet<>();
    private final Set<RunTransitions.Way> runWays = new HashSet<>();

    @Test
    void everyRowIsTakenAndNoOtherWayAndWhatHasEndedStaysSo() {
        forEachEvent(Event.class, this::decide);
        assertThat(taskWays).containsExactlyInAnyOrderElementsOf(TaskTransitions.ALL);
        assertThat(runWays).containsExactlyInAnyOrderElementsOf(RunTransitions.ALL);
    }

    @Test
    void everyStateIsSomewhereInTheScenarios() {
        Set<TaskState> tasks = new LinkedHashSet<>();
        Set<RunState> runs = new LinkedHashSet<>();
        for (Supplier<Story> scenario : Scenarios.all().values()) {
            tasks.addAll(scenario.get().states().values());
            runs.add(scenario.get().state());
        }
        assertThat(tasks).contains(TaskState.values());
        assertThat(runs).contains(RunState.values());
    }

    @Test
    void aReportWithoutTheTokenIsRecordedAsLateAndChangesNothing() {
        forEachEvent(
                Event.AttemptReported.class,
                (story, report) -> {
                    if (!holds(story, report)) {
                        Observed before = Observed.of(story.turns().state());
                        story.turns().decide(report);
                        assertThat(Observed.of(story.turns().state())).isEqualTo(before);
                        assertThat(story.turns().history().getLast().change())
                                .isEqualTo(
                                        new Change.LateResult(
                                                report.task(), report.token(), report.outcome()));
                    }
                });
    }

    @Test
    void aSecondReportOfTheSameAttemptIsLate() {
        forEachEvent(
                Event.AttemptReported.class,
                (story, report) -> {
                    story.turns().decide(report);
                    Observed before = Observed.of(story.turns().state());
                    story.turns().decide(report);
                    assertThat(Observed.of(story.turns().state())).isEqualTo(before);
                    assertThat(story.turns().history().getLast().change())
                            .isInstanceOf(Change.LateResult.class);
                });
    }

    private static boolean holds(Story story, Event.AttemptReported report) {
        return story.turns()
                .state()
                .run(report.task().run())
                .filter(run -> run.has(report.task()))
                .filter(run -> run.instance(report.task()).holds(report.token()))
                .isPresent();
    }

    private void decide(Story story, Event event) {
        int before = story.turns().history().size();
        Map<String, TaskState> ended = story.states();
        ended.values().removeIf(state -> !state.isFinal());
        try {
            story.turns().decide(event);
        } catch (TidemarkException refused) {
            assertThat(story.turns().history()).as(refused.getMessage()).hasSize(before);
        }
        if (!(event instanceof Event.ClearRequested)
                && !(event instanceof Event.MarkRequested)
                && !(event instanceof Event.BackfillRequested)) {
            assertThat(story.states()).containsAllEntriesOf(ended);
        }
        taskWays.addAll(story.turns().inspector().taskWays());
        runWays.addAll(story.turns().inspector().runWays());
    }

    private interface Trial<E> {
        void run(Story story, E event);
    }

    private static <E extends Event> void forEachEvent(Class<E> kind, Trial<E> trial) {
        Scenarios.all()
                .forEach(
                        (name, scenario) ->
                                Nonsense.events(scenario.get()).stream()
                                        .filter(kind::isInstance)
                                        .map(kind::cast)
                                        .forEach(it -> attempt(trial, name, scenario.get(), it)));
    }

    private static <E extends Event> void attempt(
            Trial<E> trial, String name, Story story, E event) {
        try {
            trial.run(story, event);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(name + ", then " + event + ": " + e, e);
        }
    }
}
