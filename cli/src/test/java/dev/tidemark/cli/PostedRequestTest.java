package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.Answer;
import dev.tidemark.core.Change;
import dev.tidemark.core.Command;
import dev.tidemark.store.MemoryStore;
import dev.tidemark.store.Posted;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PostedRequestTest {
    private static final Duration LEASE = Duration.ofHours(1);

    private final MemoryStore store = new MemoryStore("issuer");
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private CompletableFuture<Long> ask() {
        PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);
        PostedRequest posted = new PostedRequest(store, InstantSource.system(), err);
        return CompletableFuture.supplyAsync(() -> posted.answer(new Command.Clear(1, List.of())));
    }

    private void answer(long epoch) throws InterruptedException {
        Posted posted = Polling.until("post", () -> store.posted(1).stream().findFirst());
        store.commit(
                epoch,
                List.of(new Change.CommandAnswered(posted.key(), new Answer.Accepted(7))),
                Instant.EPOCH);
    }

    private void awaitSaid(String text) throws InterruptedException {
        Polling.until(
                text,
                () ->
                        said.toString(StandardCharsets.UTF_8).contains(text)
                                ? Optional.of(text)
                                : Optional.empty());
    }

    @Test
    void whoWaitsIsToldThatNoServerIsUpAndWhenThereIsOneAgain() throws Exception {
        store.release(store.claim("first", LEASE).orElseThrow());
        CompletableFuture<Long> answer = ask();

        awaitSaid("No server is up; the last one was first.");
        long epoch = store.claim("second", LEASE).orElseThrow();
        awaitSaid("Server second goes on.");
        answer(epoch);

        assertThat(answer.get()).isEqualTo(7);
    }

    @Test
    void whileAServerIsUpNothingIsSaid() throws Exception {
        long epoch = store.claim("first", LEASE).orElseThrow();
        CompletableFuture<Long> answer = ask();
        answer(epoch);

        assertThat(answer.get()).isEqualTo(7);
        assertThat(said.size()).isZero();
    }
}
