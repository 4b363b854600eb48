package dev.tidemark.core;

import static dev.tidemark.core.Declared.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.Effects;
import dev.tidemark.ErrorCode;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.TidemarkException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may run history again, and over what. */
final class UnknownEffectsTest {
    private static final PipelineDefinition FLOW =
            Declared.flow(task("a"), task("mail").after("a").unknownEffects());

    private static final PipelineDefinition KNOWN = Declared.flow(task("a"));

    private static BackfillPlan plan(BackfillPlan.Action action, boolean accepted) {
        return new BackfillPlan(
                "flow",
                Map.of(),
                new BackfillPlan.Options(
                        BackfillPlan.Reprocess.ALL,
                        RunRequest.Pace.of(4),
                        accepted,
                        BackfillPlan.WatermarkUse.KEEP),
                List.of(new BackfillPlan.Item(Turns.day(0), "run-0", 1, action, "")));
    }

    @ParameterizedTest
    @CsvSource({
        "CREATE, false, false",
        "CONTINUE, false, false",
        "SKIP, false, false",
        "RERUN_FAILED, false, true",
        "RERUN_ALL, false, true",
        "RERUN_FAILED, true, false",
        "RERUN_ALL, true, false"
    })
    void whatRanAlreadyRunsAgainOnlyWhereThatIsAccepted(
            BackfillPlan.Action action, boolean accepted, boolean refused) {
        UnknownEffects.refuse(KNOWN, plan(action, accepted));
        ThrowingCallable asked = () -> UnknownEffects.refuse(FLOW, plan(action, accepted));
        if (refused) {
            refused(asked, "an interval that ran already would run again, and nobody knows");
        } else {
            org.assertj.core.api.Assertions.assertThatCode(asked).doesNotThrowAnyException();
        }
    }

    @Test
    void aRequestIsRefusedByTheEngineToo() {
        Turns turns = Turns.withSlots(4).load("v1", FLOW);
        refused(
                () ->
                        turns.decide(
                                new Event.BackfillRequested(
                                        plan(BackfillPlan.Action.RERUN_ALL, false), 0)),
                "task 'mail' sends a mail (Flow.java:7). Write through into");
        assertThat(turns.state().backfills()).isEmpty();
    }

    @Test
    void onlyWhatWasAttemptedNeedsToBeKnown() {
        Story story = Story.of(task("a"), task("mail").after("a").unknownEffects()).clear("mail");
        story.succeed("a");
        assertThat(story.state("mail")).isEqualTo(TaskState.RUNNING);
        refused(() -> story.clear("a"), "tasks of run " + story.run().identity().name());
        story.succeed("mail").clear("a");
        refused(() -> story.clear("mail"), "tasks of run " + story.run().identity().name());
        story.turns()
                .decide(new Event.ClearRequested(story.number(), List.of(story.key("mail")), true));
        assertThat(story.state("mail")).isEqualTo(TaskState.WAITING);
    }

    @ParameterizedTest
    @CsvSource({"RERUN_FAILED, true", "RERUN_ALL, true", "CREATE, false", "CONTINUE, false"})
    void whatNobodyHadToAcceptIsNotKeptAsAccepted(BackfillPlan.Action action, boolean kept) {
        assertThat(UnknownEffects.accepted(FLOW, plan(action, true))).isEqualTo(plan(action, kept));
        assertThat(UnknownEffects.accepted(KNOWN, plan(action, true)))
                .isEqualTo(plan(action, false));
    }

    @Test
    void ofVeryManyTasksTheFirstAreNamed() {
        Declared[] tasks =
                IntStream.range(0, 12)
                        .mapToObj(i -> task("t" + i).unknownEffects())
                        .toArray(Declared[]::new);
        refused(
                () ->
                        UnknownEffects.refuse(
                                Declared.flow(tasks), plan(BackfillPlan.Action.RERUN_ALL, false)),
                "task 't9' sends a mail (Flow.java:7); and 2 more tasks. Write through into");
    }

    @Test
    void whatWasVerifiedIsKnownForThatVersionOnly() {
        Turns turns = Turns.withSlots(4).load("v1", FLOW);
        BackfillPlan again = plan(BackfillPlan.Action.RERUN_ALL, false);
        turns.decide(new Event.TasksShown("flow", "v0", Set.of("mail")));
        refused(() -> turns.decide(new Event.BackfillRequested(again, 0)), "task 'mail'");
        turns.decide(new Event.TasksShown("flow", "v1", Set.of("a", "mail")));
        assertThat(turns.state().loadedDefinition("flow").orElseThrow().tasks())
                .extracting(task -> task.effects().kind())
                .containsExactly(Effects.Kind.FENCED, Effects.Kind.VERIFIED);
        turns.decide(new Event.BackfillRequested(again, 0));
        turns.load("v2", FLOW);
        refused(() -> turns.decide(new Event.BackfillRequested(again, 0)), "task 'mail'");
    }

    private static void refused(ThrowingCallable asked, String message) {
        assertThatThrownBy(asked)
                .isInstanceOfSatisfying(
                        TidemarkException.class,
                        it -> assertThat(it.code()).isEqualTo(ErrorCode.UNKNOWN_EFFECTS))
                .hasMessageContaining(message);
    }
}
