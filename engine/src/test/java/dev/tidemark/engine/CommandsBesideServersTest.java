package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.PipelineDefinition;
import dev.tidemark.core.BackfillPlan.Reprocess;
import dev.tidemark.core.BackfillState;
import dev.tidemark.core.Command;
import dev.tidemark.core.Outcome;
import dev.tidemark.core.RunState;
import dev.tidemark.core.TaskResult;
import dev.tidemark.store.MemoryStore;
import dev.tidemark.store.RunFilter;
import dev.tidemark.store.RunView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Engines that do only what a command asks of them, and servers, in turn over one store. */
class CommandsBesideServersTest {
    private static final Outcome DONE =
            new Outcome.Succeeded(new TaskResult("1", TaskResult.NO_LIST), List.of());

    private Instant now = Instant.parse("2001-03-01T00:00:00Z");
    private final MemoryStore store = new MemoryStore("issuer", () -> now);
    private final HeldExecutor ofCommand = new HeldExecutor();
    private final HeldExecutor ofServer = new HeldExecutor();
    private final PipelineDefinition pipeline = pipeline();

    private static PipelineDefinition pipeline() {
        var builder = EngineFixture.daily("p");
        builder.task("only", Integer.class, _ -> 1);
        return builder.build().definition();
    }

    private Member member(String name, Terms.Scope scope, Executor executor) {
        Terms terms = new Terms(name, Terms.LEASE, 4, scope, Duration.ofDays(1));
        Member member = new Member(store, terms, () -> now, executor, Watcher.NOBODY);
        member.hold("v1", pipeline);
        return member;
    }

    private Member command() {
        return member("command", Terms.Scope.OWN_REQUESTS, ofCommand);
    }

    private Member server() {
        return member("server", Terms.Scope.ALL_REQUESTS, ofServer);
    }

    private static void steps(Member member) throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            member.step(Duration.ZERO);
        }
    }

    private Engine.Ticket request(Member member, int days) throws InterruptedException {
        CompletableFuture<Engine.Ticket> answer =
                member.request(pipeline, EngineFixture.request(days, Reprocess.FAILED));
        steps(member);
        return answer.join();
    }

    /** The owner is not heard of any more. */
    private void leaseEnds() {
        now = now.plus(Terms.LEASE);
    }

    private void succeed(HeldExecutor executor, Member member) throws InterruptedException {
        while (!executor.running().isEmpty()) {
            executor.end(executor.tokenOf("only"), DONE);
            steps(member);
        }
    }

    private List<RunView> runs() {
        return store.runs(RunFilter.ALL);
    }

    @Test
    void aCommandIsToldOfItsEndThoughTheServerBroughtItAbout() throws InterruptedException {
        Member command = command();
        Engine.Ticket ticket = request(command, 1);
        leaseEnds();
        Member server = server();
        steps(server);
        succeed(ofServer, server);
        assertThat(ticket.ended()).isNotDone();

        steps(command);
        assertThat(command.health().role()).isEqualTo(Health.Role.STANDBY);
        assertThat(ticket.ended()).isCompletedWithValue(BackfillState.COMPLETED);
    }

    @Test
    void aCommandThatIsTheOwnerAgainIsToldWhatEndedMeanwhile() throws InterruptedException {
        Member command = command();
        Engine.Ticket ticket = request(command, 1);
        leaseEnds();
        Member server = server();
        steps(server);
        succeed(ofServer, server);
        server.retire(new IllegalStateException("stopped"));

        steps(command);
        assertThat(command.health().role()).isEqualTo(Health.Role.ACTIVE);
        assertThat(ticket.ended()).isCompletedWithValue(BackfillState.COMPLETED);
    }

    @Test
    void aCommandDoesNothingOfWhatAServerLeft() throws InterruptedException {
        Member server = server();
        request(server, 1);
        leaseEnds();
        Member command = command();
        steps(command);

        assertThat(command.health().role()).isEqualTo(Health.Role.ACTIVE);
        assertThat(ofCommand.running()).isEmpty();
    }

    @Test
    void anIntervalThatACommandRanMeanwhileIsNotRunAgainByTheServer() throws InterruptedException {
        Member server = server();
        Engine.Ticket all = request(server, 3);
        assertThat(runs()).as("one after the other").hasSize(1);
        leaseEnds();
        Member command = command();
        Engine.Ticket some = request(command, 2);
        succeed(ofCommand, command);
        assertThat(some.ended()).isCompletedWithValue(BackfillState.COMPLETED);
        command.retire(new IllegalStateException("done"));

        steps(server);
        succeed(ofServer, server);
        assertThat(all.ended()).isCompletedWithValue(BackfillState.COMPLETED);
        assertThat(runs()).hasSize(3).allMatch(run -> run.state() == RunState.SUCCEEDED);
    }

    @Test
    void aRunThatACommandClearedIsNotWaitedForByTheServer() throws InterruptedException {
        Member server = server();
        Engine.Ticket ticket = request(server, 1);
        long run = runs().getFirst().number();
        leaseEnds();
        Member command = command();
        var key = store.tasks(run).getFirst().task();
        CompletableFuture<Long> cleared = command.ask(new Command.Clear(run, List.of(key), true));
        steps(command);
        assertThat(cleared).isCompleted();
        command.retire(new IllegalStateException("done"));

        steps(server);
        assertThat(server.health().role()).isEqualTo(Health.Role.ACTIVE);
        assertThat(ticket.ended()).isCompletedWithValue(BackfillState.COMPLETED);
        assertThat(store.run(run).orElseThrow().state()).isEqualTo(RunState.QUEUED);
    }
}
