package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.ErrorCode;
import dev.tidemark.Pipeline;
import dev.tidemark.PipelineBuilder;
import dev.tidemark.Retry;
import dev.tidemark.Schedule;
import dev.tidemark.core.Answer;
import dev.tidemark.core.BackfillPlan.Reprocess;
import dev.tidemark.core.Command;
import dev.tidemark.core.Outcome;
import dev.tidemark.core.RunRequest;
import dev.tidemark.core.TaskResult;
import dev.tidemark.core.TaskState;
import dev.tidemark.store.AttemptState;
import dev.tidemark.store.AttemptView;
import dev.tidemark.store.MemoryStore;
import dev.tidemark.store.RunFilter;
import dev.tidemark.store.RunView;
import dev.tidemark.store.TaskView;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Several engines over one store, step by step, on a clock that only the test moves. */
class MemberTest {
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final LocalDate DAY = LocalDate.parse("2001-02-01");
    private static final Outcome DONE =
            new Outcome.Succeeded(new TaskResult("1", TaskResult.NO_LIST), List.of());

    private Instant now = Instant.parse("2001-03-01T00:00:00Z");
    private final MemoryStore store = new MemoryStore("issuer", () -> now);
    private final HeldExecutor here = new HeldExecutor();
    private final HeldExecutor there = new HeldExecutor();
    private final PipelineBuilder pipeline =
            Pipeline.named("p").schedule(Schedule.daily()).startingOn(DAY.toString());

    private Member member(String name, dev.tidemark.store.Store over, Executor executor) {
        Terms terms = new Terms(name, LEASE, 4, Terms.Scope.ALL_REQUESTS, Duration.ofDays(1));
        Member member = new Member(over, terms, () -> now, executor, Watcher.NOBODY);
        member.hold("v1", pipeline.build().definition());
        return member;
    }

    private void twoTasksInARow() {
        var first =
                pipeline.task("first", Integer.class, task -> 1)
                        .retry(Retry.transientErrors(1).exponential("1m", "1m").jitter(0));
        pipeline.task("second", Integer.class, first, (task, one) -> one);
    }

    private void post(String key) {
        RunRequest.Range day = new RunRequest.Range(DAY, DAY);
        store.post(
                key,
                new Command.Request(
                        "p",
                        new RunRequest(
                                Optional.of(day), Map.of(), Optional.of(Reprocess.FAILED), 1)),
                now);
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private static void steps(Member member) throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            member.step(Duration.ZERO);
        }
    }

    private RunView run() {
        return store.runs(RunFilter.ALL).getFirst();
    }

    private TaskView task(String name) {
        Predicate<TaskView> meant = task -> task.task().task().equals(name);
        return store.tasks(run().number()).stream().filter(meant).findFirst().orElseThrow();
    }

    private List<AttemptState> attempts(String task) {
        return store.attempts(run().number(), task).stream()
                .map(AttemptView::status)
                .map(AttemptView.Status::state)
                .toList();
    }

    @Test
    void aPostedRequestIsAnsweredOnceAndCarriedOut() throws InterruptedException {
        twoTasksInARow();
        Member member = member("a", store, here);
        post("k");
        post("k");
        steps(member);

        assertThat(store.answer("k")).contains(new Answer.Accepted(1));
        here.end(here.tokenOf("first"), DONE);
        steps(member);
        here.end(here.tokenOf("second"), DONE);
        steps(member);

        assertThat(run().state()).hasToString("SUCCEEDED");
        assertThat(store.runs(RunFilter.ALL)).hasSize(1);
    }

    @Test
    void aScheduleThatWasPausedBeforeItsCodeCameGoesOnAfterwards() throws InterruptedException {
        twoTasksInARow();
        steps(member("a", store, there));
        pass(LEASE.multipliedBy(2));
        Terms terms = new Terms("b", LEASE, 4, Terms.Scope.EVERYTHING, Duration.ofDays(1));
        Member late = new Member(store, terms, () -> now, here, Watcher.NOBODY);
        steps(late);
        pass(Duration.ofSeconds(2));
        store.post("pause", new Command.PausePipeline("p", "not yet"), now);
        steps(late);
        assertThat(store.answer("pause")).contains(new Answer.Accepted(0));
        CompletableFuture<Boolean> _ = late.load("v1", pipeline.build().definition());
        steps(late);
        assertThat(store.runs(RunFilter.ALL)).isEmpty();
        pass(Duration.ofSeconds(2));
        store.post("go on", new Command.ResumePipeline("p"), now);
        steps(late);
        assertThat(run().name()).startsWith("scheduled__");
    }

    @Test
    void theSameRequestWhileItIsCarriedOutJoinsIt() throws InterruptedException {
        twoTasksInARow();
        Member member = member("a", store, here);
        post("k");
        steps(member);
        pass(Duration.ofSeconds(2));
        post("again");
        steps(member);

        assertThat(store.answer("again")).contains(new Answer.Accepted(1));
        assertThat(attempts("first")).containsExactly(AttemptState.RUNNING);
    }

    @Test
    void aRequestForAPipelineThatIsNotThereIsRefused() throws InterruptedException {
        twoTasksInARow();
        store.post(
                "k",
                new Command.Request(
                        "other", new RunRequest(Optional.empty(), Map.of(), Optional.empty(), 1)),
                now);
        steps(member("a", store, here));

        assertThat(store.answer("k").orElseThrow())
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> {
                            assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
                            assertThat(refused.message()).contains("'other'");
                        });
    }

    @Test
    void aStandbyTakesOverWhenTheLeaseIsOverAndNotBefore() throws InterruptedException {
        twoTasksInARow();
        Member active = member("a", store, here);
        Member standby = member("b", store, there);
        post("k");
        steps(active);
        steps(standby);
        assertThat(active.health().role()).isEqualTo(Health.Role.ACTIVE);
        assertThat(standby.health().role()).isEqualTo(Health.Role.STANDBY);
        long lost = here.tokenOf("first");

        pass(LEASE.minusMillis(1));
        steps(standby);
        assertThat(standby.health().role()).isEqualTo(Health.Role.STANDBY);
        pass(Duration.ofMillis(1));
        steps(standby);

        assertThat(standby.health().role()).isEqualTo(Health.Role.ACTIVE);
        assertThat(there.tokenOf("first")).isGreaterThan(lost);
        assertThat(attempts("first")).containsExactly(AttemptState.LOST, AttemptState.RUNNING);
        assertThat(task("first").tally().losses()).isEqualTo(1);
    }

    @Test
    void anOwnerThatRenewsStaysTheOwnerWithNothingToDo() throws InterruptedException {
        twoTasksInARow();
        Member active = member("a", store, here);
        Member standby = member("b", store, there);
        for (int i = 0; i < 20; i++) {
            steps(active);
            steps(standby);
            pass(LEASE.dividedBy(2));
        }

        assertThat(active.health().role()).isEqualTo(Health.Role.ACTIVE);
        assertThat(active.health().epoch()).isEqualTo(1);
    }

    @Test
    void anOwnerThatWasPausedStopsItsAttemptsAndChangesNothing() throws InterruptedException {
        twoTasksInARow();
        Member paused = member("a", store, here);
        Member other = member("b", store, there);
        post("k");
        steps(paused);
        long old = here.tokenOf("first");
        pass(LEASE);
        steps(other);
        here.end(old, DONE);
        long current = there.tokenOf("first");

        steps(paused);

        assertThat(paused.health().role()).isEqualTo(Health.Role.STANDBY);
        assertThat(here.running()).isEmpty();
        assertThat(task("first").state()).isEqualTo(TaskState.RUNNING);
        assertThat(task("first").latest().token()).isEqualTo(current);
    }

    @Test
    void whatACommitKeptWhoseReplyWasLostIsFoundAgain() throws InterruptedException {
        ambiguous(SpoiltStore.Spoil.AFTER);
    }

    @Test
    void whatACommitDidNotKeepIsDecidedAnew() throws InterruptedException {
        ambiguous(SpoiltStore.Spoil.BEFORE);
    }

    /** The end of an attempt is told in a turn that fails; the attempt beside it lives on. */
    private void ambiguous(SpoiltStore.Spoil spoil) throws InterruptedException {
        twoTasksInARow();
        pipeline.task("beside", Integer.class, task -> 1);
        SpoiltStore spoilt = new SpoiltStore(store);
        Member member = member("a", spoilt, here);
        post("k");
        steps(member);
        long beside = here.tokenOf("beside");
        here.end(here.tokenOf("first"), DONE);
        spoilt.spoilNextCommit(spoil);
        steps(member);

        assertThat(member.health().role()).isEqualTo(Health.Role.ACTIVE);
        assertThat(attempts("first")).containsExactly(AttemptState.SUCCEEDED);
        assertThat(here.tokenOf("beside")).isEqualTo(beside);
        here.end(beside, DONE);
        here.end(here.tokenOf("second"), DONE);
        steps(member);
        assertThat(run().state()).hasToString("SUCCEEDED");
        assertThat(attempts("second").stream().filter(it -> it == AttemptState.SUCCEEDED))
                .hasSize(1);
        assertThat(task("second").tally().attempts()).isEqualTo(1);
    }

    @Test
    void aRetryThatWasWaitedForIsStillWaitedForByTheNextOwner() throws InterruptedException {
        twoTasksInARow();
        Member first = member("a", store, here);
        post("k");
        steps(first);
        Outcome failed =
                new Outcome.Failed(dev.tidemark.ErrorClass.TRANSIENT, "refused", Optional.empty());
        here.end(here.tokenOf("first"), failed);
        steps(first);
        assertThat(task("first").state()).isEqualTo(TaskState.RETRYING);

        pass(LEASE);
        Member next = member("b", store, there);
        steps(next);
        assertThat(there.running()).isEmpty();
        pass(Duration.ofMinutes(1));
        steps(next);

        assertThat(there.tokenOf("first")).isPositive();
    }

    @Test
    void anEngineThatRetiresNeedNotBeWaitedFor() throws InterruptedException {
        twoTasksInARow();
        Member first = member("a", store, here);
        steps(first);
        first.retire(new IllegalStateException("closed"));

        Member next = member("b", store, there);
        steps(next);

        assertThat(next.health().role()).isEqualTo(Health.Role.ACTIVE);
        assertThat(first.health().role()).isEqualTo(Health.Role.STOPPED);
    }
}
