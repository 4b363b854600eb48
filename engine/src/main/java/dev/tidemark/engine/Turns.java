package dev.tidemark.engine;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Says who takes the next turn. The engine has a thread for it; but where an attempt ends while
 * nobody takes one, the attempt's own thread does, and goes on with what that turn starts: tasks in
 * sequence then wait for their commits alone, and never for one thread to wake another.
 */
final class Turns {
    private final Member member;

    /** Held by whoever takes a turn. */
    private final ReentrantLock baton = new ReentrantLock();

    /** Nobody takes turns any more. Guarded by the baton. */
    private boolean over;

    /** What ended a turn that an attempt's thread took. */
    private volatile @Nullable Throwable failure;

    Turns(Member member) {
        this.member = member;
    }

    /**
     * Takes turns until the engine closes; for its own thread. What a turn throws ends it, whoever
     * took that.
     *
     * @param pause see {@link Member#step}
     */
    void takeUntil(BooleanSupplier closing, Duration pause) throws InterruptedException {
        Duration idle = Duration.ZERO;
        while (!closing.getAsBoolean()) {
            member.inbox().await(idle);
            baton.lock();
            try {
                throwIfFailed();
                member.step(pause);
                idle = member.idle();
            } finally {
                baton.unlock();
            }
        }
    }

    private void throwIfFailed() {
        switch (failure) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    /**
     * Tells how an attempt ended, and takes a turn where nobody does; for the thread of the
     * attempt.
     */
    void tell(Runnable report) {
        if (!baton.tryLock()) {
            report.run();
            return;
        }
        Inbox inbox = member.inbox();
        inbox.attend();
        try {
            report.run();
            take();
        } finally {
            baton.unlock();
            inbox.leave();
        }
    }

    private void take() {
        if (over || failure != null) {
            return;
        }
        Duration before = member.idle();
        try {
            member.step(Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        if (failure != null || member.idle().compareTo(before) < 0) {
            member.inbox().nudge(); // It waits for something later.
        }
    }

    /** Has the last word: no turn is taken during it, and none after it. */
    void end(Runnable last) {
        baton.lock();
        try {
            over = true;
            last.run();
        } finally {
            baton.unlock();
        }
    }
}
