package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.Pipeline;
import dev.tidemark.PipelineBuilder;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.core.BackfillPlan.Reprocess;
import dev.tidemark.core.Command;
import dev.tidemark.core.Event;
import dev.tidemark.core.Outcome;
import dev.tidemark.core.RunState;
import dev.tidemark.core.TaskResult;
import dev.tidemark.core.TaskState;
import dev.tidemark.store.MemoryStore;
import dev.tidemark.store.RunFilter;
import dev.tidemark.store.RunView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** One engine, step by step, on a clock that is set, with attempts that end when they are told. */
final class MemberOutageTest {
    private Instant now = Instant.parse("2001-03-01T00:00:00Z");
    private final MemoryStore store = new MemoryStore("issuer", () -> now);
    private final SpoiltStore lossy = new SpoiltStore(store);
    private final Attempts attempts = new Attempts();
    private final Member member = member("one", lossy, attempts);

    /** Attempts by token, in the order in which they started. */
    private static final class Attempts implements Executor {
        private final TreeMap<Long, AttemptOrder> open = new TreeMap<>();
        private final TreeMap<Long, Consumer<Event>> reports = new TreeMap<>();

        @Override
        public void start(AttemptOrder order, Consumer<Event> report) {
            open.put(order.token().number(), order);
            reports.put(order.token().number(), report);
        }

        void succeed(long token) {
            AttemptOrder order = Objects.requireNonNull(open.remove(token));
            Outcome outcome = new Outcome.Succeeded(new TaskResult("1", -1), List.of());
            Objects.requireNonNull(reports.get(token))
                    .accept(new Event.AttemptReported(order.key(), token, outcome));
        }

        @Override
        public void stop(long token) {
            open.remove(token);
        }

        @Override
        public java.util.Set<Long> running() {
            return java.util.Set.copyOf(open.keySet());
        }

        @Override
        public void close() {
            open.clear();
        }
    }

    private Member member(String name, SpoiltStore through, Attempts executor) {
        return new Member(
                through,
                new Terms(name, Terms.LEASE, 4, Terms.Scope.ALL_REQUESTS, Duration.ofDays(1)),
                () -> now,
                executor,
                Watcher.NOBODY);
    }

    private static PipelineDefinition flow(String... tasks) {
        PipelineBuilder builder = EngineFixture.daily("flow");
        for (String task : tasks) {
            builder.task(task, String.class, _ -> "");
        }
        Pipeline pipeline = builder.build();
        return pipeline.definition();
    }

    private void step() throws InterruptedException {
        now = now.plusSeconds(1);
        member.step(Duration.ZERO);
    }

    private static Command request(int days) {
        return new Command.Request("flow", EngineFixture.request(days, Reprocess.FAILED));
    }

    private CompletableFuture<Long> asked(Command command) throws InterruptedException {
        CompletableFuture<Long> answer = member.ask(command);
        step();
        return answer;
    }

    private RunView onlyRun() {
        List<RunView> runs = store.runs(RunFilter.ALL);
        assertThat(runs).hasSize(1);
        return runs.getFirst();
    }

    @Test
    void aRunGoesOnInItsVersionAfterTheStoreWasAwayThoughALaterOneWasLoadedMeanwhile()
            throws InterruptedException {
        member.hold("v1", flow("a"));
        step();
        assertThat(asked(request(1)).join()).isEqualTo(1);
        assertThat(member.load("v2", flow("a", "b"))).isNotNull();
        lossy.spoilNextCommit(SpoiltStore.Spoil.AFTER);
        step();
        assertThat(member.state()).isEmpty();
        step();

        assertThat(onlyRun().version()).isEqualTo("v1");
        assertThat(store.attempts(1, "a")).hasSize(1);
        attempts.succeed(1);
        step();
        assertThat(onlyRun().state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void whatWasStoppedInATurnWhoseReplyWasLostIsStoppedAllTheSame() throws InterruptedException {
        member.hold("v1", flow("a"));
        step();
        assertThat(asked(request(1)).join()).isEqualTo(1);
        lossy.spoilNextCommit(SpoiltStore.Spoil.AFTER);
        assertThat(asked(new Command.Cancel(1, "not needed"))).isCompletedExceptionally();
        assertThat(attempts.open).containsOnlyKeys(1L);
        step();

        assertThat(onlyRun().state()).isEqualTo(RunState.CANCELLED);
        assertThat(attempts.open).isEmpty();
    }

    @Test
    void whoeverWasOvertakenWhileTheStoreWasAwayStopsItsAttempts() throws InterruptedException {
        member.hold("v1", flow("a"));
        step();
        assertThat(asked(request(1)).join()).isEqualTo(1);
        lossy.spoilNextCommit(SpoiltStore.Spoil.AFTER);
        now = now.plusSeconds(5);
        step();
        now = now.plus(Terms.LEASE);
        assertThat(store.claim("two", Terms.LEASE)).isPresent();
        assertThat(attempts.open).containsOnlyKeys(1L);
        step();

        assertThat(member.health().role()).isEqualTo(Health.Role.STANDBY);
        assertThat(attempts.open).isEmpty();
    }

    @Test
    void aRequestForWhatIsUnderWayHereIsAnsweredWithItAndDisturbsNothing()
            throws InterruptedException {
        member.hold("v1", flow("a"));
        step();
        assertThat(asked(request(1)).join()).isEqualTo(1);
        assertThat(asked(request(1)).join()).isEqualTo(1);

        assertThat(store.tasks(1))
                .singleElement()
                .satisfies(task -> assertThat(task.state()).isEqualTo(TaskState.RUNNING));
        assertThat(attempts.open).containsOnlyKeys(1L);
    }

    /** Else the same turn would fail for ever: what is posted stays posted. */
    @Test
    void aPostedRequestSeesWhatWasDecidedBeforeItInTheSameTurn() throws InterruptedException {
        member.hold("v1", flow("a"));
        step();
        assertThat(asked(request(1)).join()).isEqualTo(1);
        attempts.succeed(1);
        store.post("first", request(1), now);
        store.post("second", request(1), now);
        step();

        assertThat(store.posted(10)).isEmpty();
        assertThat(member.health().trouble()).isEmpty();
        assertThat(onlyRun().state()).isEqualTo(RunState.SUCCEEDED);
    }
}
