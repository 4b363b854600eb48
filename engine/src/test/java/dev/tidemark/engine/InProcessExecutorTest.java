package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which threads attempts get. */
@Timeout(60)
class InProcessExecutorTest extends AttemptsFixture {
    @Test
    void attemptsThatWaitForEachOtherAllRun() throws InterruptedException {
        CyclicBarrier all = new CyclicBarrier(64);
        CountDownLatch gate = gate();
        for (int i = 0; i < 64; i++) {
            start(all::await);
        }
        gate.countDown();

        for (int i = 0; i < 64; i++) {
            result();
        }
        nothingRuns();
    }

    @Test
    void attemptsThatWaitForEachOtherAllRunWhereAnotherAttemptStartsThem()
            throws InterruptedException {
        CyclicBarrier all = new CyclicBarrier(64);
        AtomicInteger left = new AtomicInteger(64);
        afterAnEnd(
                () -> {
                    while (left.getAndDecrement() > 0) {
                        start(all::await);
                    }
                });
        start(() -> "first");

        for (int i = 0; i < 65; i++) {
            result();
        }
        nothingRuns();
    }

    @Test
    void attemptsThatBlockDoNotHoldUpOthers() throws InterruptedException {
        CountDownLatch gate = gate();
        Set<Long> blocked = new HashSet<>();
        for (int i = 0; i < 2 * PROCESSORS; i++) {
            blocked.add(start(forEver()));
        }
        start(() -> "short");
        gate.countDown();

        assertThat(result()).isEqualTo("\"short\"");
        assertThat(led).hasValue(0);
        Eventually.holds("only they run", () -> executor.running().equals(blocked));
    }

    @Test
    void whatAnAttemptsTurnStartsGoesOnOnItsThread() throws InterruptedException {
        Deque<String> next = new ArrayDeque<>(List.of("b", "c", "d"));
        afterAnEnd(
                () -> {
                    String name = next.poll();
                    if (name != null) {
                        start(() -> name);
                    }
                });
        start(() -> "a");

        assertThat(List.of(result(), result(), result(), result()))
                .containsExactly("\"a\"", "\"b\"", "\"c\"", "\"d\"");
        assertThat(threads).hasSize(1);
    }

    @Test
    void allButOneThatAnAttemptsTurnStartsRunBeforeThatTurnIsOver() throws InterruptedException {
        CountDownLatch one = new CountDownLatch(1);
        BlockingQueue<Boolean> inTime = new LinkedBlockingQueue<>();
        afterAnEnd(
                () -> {
                    if (inTime.isEmpty() && one.getCount() > 0) {
                        start(() -> countedDown(one));
                        start(() -> countedDown(one));
                        inTime.add(isDown(one));
                    }
                });
        start(() -> "first");

        assertThat(inTime.poll(40, TimeUnit.SECONDS)).isTrue();
        nothingRuns();
    }

    private static String countedDown(CountDownLatch latch) {
        latch.countDown();
        return "";
    }

    private static boolean isDown(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    @Test
    void endsAreOnlyToldWhileMoreComputeThanThereAreProcessors() throws InterruptedException {
        CountDownLatch all = new CountDownLatch(PROCESSORS + 1);
        CountDownLatch some = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(1);
        for (int i = 0; i <= PROCESSORS; i++) {
            CountDownLatch until = i == 0 ? some : others;
            start(
                    () -> {
                        all.countDown();
                        until.await();
                        return "";
                    });
        }
        all.await();
        some.countDown();
        report();
        assertThat(led).hasValue(0);

        others.countDown();
        nothingRuns();
        assertThat(led.get()).isPositive();
    }

    @Test
    void whatMostlyWaitsTellsOnly() throws InterruptedException {
        start("waiting", () -> Thread.currentThread().isVirtual());

        assertThat(result()).isEqualTo("\"true\"");
        nothingRuns();
        assertThat(led).hasValue(0);
        assertThat(threads).isEmpty();
    }

    @Test
    void anAttemptThatIsStoppedBeforeItHasAThreadNeverRuns() throws InterruptedException {
        CountDownLatch gate = gate();
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < 3 * PROCESSORS; i++) {
            executor.stop(start(ran::incrementAndGet));
        }
        start(() -> "last");
        gate.countDown();

        assertThat(result()).isEqualTo("\"last\"");
        // One that is alone leads: those that were stopped are not counted for ever.
        while (led.get() == 0) {
            start(() -> "alone");
            assertThat(result()).isEqualTo("\"alone\"");
            nothingRuns();
        }
        assertThat(ran).hasValue(0);
        assertThat(led).hasValue(1);
    }

    @Test
    void whereThereAreNoMoreThreadsThoseThatThereAreDoAll() throws InterruptedException {
        CountDownLatch gate = gate();
        left.set(PROCESSORS);
        int all = 4 * PROCESSORS;
        for (int i = 0; i < all; i++) {
            start(() -> "");
        }
        gate.countDown();
        for (int i = 0; i < all; i++) {
            report();
        }
        nothingRuns();

        left.set(Integer.MAX_VALUE);
        CyclicBarrier barrier = new CyclicBarrier(all);
        for (int i = 0; i < all; i++) {
            start(barrier::await);
        }
        for (int i = 0; i < all; i++) {
            result();
        }
    }

    @Test
    void manyThatEndOrBlockOrAreStoppedLeaveNothingBehind() throws InterruptedException {
        Random random = new Random(7);
        AtomicInteger more = new AtomicInteger(2_000);
        AtomicInteger ran = new AtomicInteger();
        afterAnEnd(
                () -> {
                    for (int i = 0; i < 2 && more.getAndDecrement() > 0; i++) {
                        start(ran::incrementAndGet);
                    }
                });
        List<Long> blocked = new ArrayList<>();
        int started = 0;
        for (int i = 0; i < 3_000; i++) {
            switch (random.nextInt(4)) {
                case 0 -> blocked.add(start(forEver()));
                case 1 -> {
                    if (!blocked.isEmpty()) {
                        executor.stop(blocked.remove(random.nextInt(blocked.size())));
                    }
                }
                default -> {
                    start(ran::incrementAndGet);
                    started++;
                }
            }
            if (blocked.size() > 20) {
                executor.stop(blocked.removeFirst());
            }
        }
        blocked.forEach(executor::stop);
        nothingRuns();
        assertThat(ran.get()).isGreaterThanOrEqualTo(started);

        more.set(0);
        Eventually.holds(
                "all threads are idle",
                () -> threads.stream().allMatch(InProcessExecutorTest::isIdle));
        int before = led.get();
        reports.clear();
        start(() -> "last");
        assertThat(result()).isEqualTo("\"last\"");
        nothingRuns();
        assertThat(led).hasValue(before + 1);
    }

    private static boolean isIdle(Thread thread) {
        return switch (thread.getState()) {
            case TIMED_WAITING, TERMINATED -> true;
            case NEW, RUNNABLE, BLOCKED, WAITING -> false;
        };
    }
}
