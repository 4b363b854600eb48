package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.core.Outcome;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a thread, and of the executor, where an attempt ends. */
@Timeout(60)
class BetweenAttemptsTest extends AttemptsFixture {
    @Test
    void anEndIsKnownOfUntilItsTurnIsOver() throws InterruptedException {
        BlockingQueue<Set<Long>> running = new LinkedBlockingQueue<>();
        afterAnEnd(() -> running.add(executor.running()));
        long token = start(() -> "");

        assertThat(running.poll(30, TimeUnit.SECONDS)).containsExactly(token);
        nothingRuns();
    }

    @Test
    void anAttemptThatIsStoppedWhileItsEndIsToldDoesNotInterruptItsThread()
            throws InterruptedException {
        BlockingQueue<Boolean> interrupted = new LinkedBlockingQueue<>();
        afterAnEnd(
                () -> {
                    executor.running().forEach(executor::stop);
                    interrupted.add(Thread.currentThread().isInterrupted());
                });
        start(() -> "");

        assertThat(interrupted.poll(30, TimeUnit.SECONDS)).isFalse();
        assertThat(executor.running()).isEmpty();
    }

    @Test
    void codeThatLeavesItsThreadInterruptedDoesNotDisturbATurn() throws InterruptedException {
        BlockingQueue<Boolean> interrupted = new LinkedBlockingQueue<>();
        afterAnEnd(() -> interrupted.add(Thread.currentThread().isInterrupted()));
        start(
                () -> {
                    Thread.currentThread().interrupt();
                    return "";
                });

        assertThat(interrupted.poll(30, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void whatInterruptsATurnDoesNotDisturbTheNextAttempt() throws InterruptedException {
        AtomicInteger left = new AtomicInteger(1);
        afterAnEnd(
                () -> {
                    if (left.getAndDecrement() > 0) {
                        start(() -> Thread.currentThread().isInterrupted());
                        Thread.currentThread().interrupt();
                    }
                });
        start(() -> "first");

        assertThat(result()).isEqualTo("\"first\"");
        assertThat(result()).isEqualTo("\"false\"");
    }

    @Test
    void aTurnDoesNotSeeTheClassLoaderThatCodeLeftBehind() throws InterruptedException {
        AtomicReference<ClassLoader> inTurn = new AtomicReference<>();
        CountDownLatch turn = new CountDownLatch(1);
        afterAnEnd(
                () -> {
                    inTurn.set(Thread.currentThread().getContextClassLoader());
                    turn.countDown();
                });
        start(
                () -> {
                    Thread.currentThread().setContextClassLoader(new ClassLoader("code", null) {});
                    return "";
                });

        assertThat(turn.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(inTurn).hasValue(Thread.currentThread().getContextClassLoader());
    }

    @Test
    void nothingStartsOnceItIsClosed() throws InterruptedException {
        AtomicInteger ran = new AtomicInteger();
        CountDownLatch turn = new CountDownLatch(1);
        afterAnEnd(
                () -> {
                    start(ran::incrementAndGet);
                    executor.close();
                    turn.countDown();
                });
        start(() -> "first");

        assertThat(turn.await(30, TimeUnit.SECONDS)).isTrue();
        for (Thread thread : threads) {
            Eventually.ends(thread);
        }
        assertThat(ran).hasValue(0);
    }

    @Test
    void anErrorThatCannotSayWhatItIsFailsItsAttempt() throws InterruptedException {
        start(
                () -> {
                    throw new IllegalStateException() {
                        @Override
                        public String getMessage() {
                            throw new UnsupportedOperationException("no words");
                        }
                    };
                });

        assertThat(report().outcome())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed ->
                                assertThat(failed.message())
                                        .contains(UnsupportedOperationException.class.getName()));
        nothingRuns();
    }
}
