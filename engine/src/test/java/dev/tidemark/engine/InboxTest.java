package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.Event;
import dev.tidemark.core.Outcome;
import dev.tidemark.core.TaskKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits at the inbox is woken. A wake-up that is lost has its test wait for a day. */
@Timeout(60)
class InboxTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final Inbox inbox = new Inbox();
    private final List<Thread> threads = new ArrayList<>();

    private static Event event(long token) {
        return new Event.AttemptReported(
                new TaskKey(1, "task", TaskKey.NONE), token, new Outcome.Skipped(""));
    }

    private Thread started(Runnable code) {
        Thread thread = Thread.ofPlatform().daemon().start(code);
        threads.add(thread);
        return thread;
    }

    @AfterEach
    void endWhatStillWaits() throws InterruptedException {
        for (Thread thread : threads) {
            thread.interrupt();
            Eventually.ends(thread);
        }
    }

    private void await() {
        try {
            inbox.await(DAY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Thread waiter() {
        Thread waiter = started(this::await);
        Eventually.waits(waiter);
        return waiter;
    }

    @Test
    void nobodyWaitsForWhatIsThere() throws InterruptedException {
        inbox.tell(event(1));
        inbox.await(DAY);

        assertThat(inbox.drain()).hasSize(1);
    }

    @Test
    void whatArrivesWakesWhoWaits() throws InterruptedException {
        Thread waiter = waiter();
        inbox.tell(event(1));

        Eventually.ends(waiter);
    }

    @Test
    void aHintWakesWhoWaits() throws InterruptedException {
        Thread waiter = waiter();
        inbox.hint();

        Eventually.ends(waiter);
    }

    @Test
    void whatArrivedDuringATurnWakesWhoWaitsAfterIt() throws InterruptedException {
        Thread waiter = waiter();
        inbox.attend();
        inbox.tell(event(1));
        inbox.leave();

        Eventually.ends(waiter);
    }

    @Test
    void whatArrivesAfterATurnWakesWhoWaits() throws InterruptedException {
        Thread waiter = waiter();
        inbox.attend();
        inbox.leave();
        inbox.tell(event(1));

        Eventually.ends(waiter);
    }

    @Test
    void aNudgeWakesWhoWaitsAlthoughNothingArrived() throws InterruptedException {
        Thread waiter = waiter();
        inbox.nudge();

        Eventually.ends(waiter);
        assertThat(inbox.drain()).isEmpty();
    }

    @Test
    void aNudgeBeforeOneWaitsCountsOnce() throws InterruptedException {
        inbox.nudge();
        inbox.await(DAY);

        assertThat(waiter().isAlive()).isTrue();
    }

    @Test
    void whoWaitsCanBeInterrupted() throws InterruptedException {
        Thread waiter = waiter();
        waiter.interrupt();

        Eventually.ends(waiter);
    }

    @Test
    void whatManyTellWhileOthersTakeTurnsIsTakenToTheLast() throws InterruptedException {
        int tellers = 4;
        int each = 50_000;
        AtomicInteger told = new AtomicInteger();
        List<Thread> all =
                IntStream.range(0, tellers)
                        .mapToObj(_ -> started(() -> tellAndTakeTurns(each, told)))
                        .toList();
        int taken = 0;
        while (taken < tellers * each) {
            inbox.await(DAY);
            taken += inbox.drain().size();
        }

        for (Thread teller : all) {
            Eventually.ends(teller);
        }
        assertThat(told).hasValue(taken);
    }

    private void tellAndTakeTurns(int times, AtomicInteger told) {
        for (int i = 0; i < times; i++) {
            boolean turn = i % 3 == 0;
            if (turn) {
                inbox.attend();
            }
            inbox.tell(event(told.incrementAndGet()));
            if (turn) {
                inbox.leave();
            }
        }
    }
}
