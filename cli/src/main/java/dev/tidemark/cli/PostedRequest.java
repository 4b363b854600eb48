package dev.tidemark.cli;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.cli.show.Estimate;
import dev.tidemark.cli.show.Progress;
import dev.tidemark.cli.show.Status;
import dev.tidemark.core.Answer;
import dev.tidemark.core.BackfillState;
import dev.tidemark.core.Command;
import dev.tidemark.store.BackfillSummary;
import dev.tidemark.store.BackfillView;
import dev.tidemark.store.Store;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Something asked of a server through its store. It is kept before anybody answers, so neither this
 * process nor the server has to live until it is done.
 */
final class PostedRequest {
    private static final long POLL_MILLIS = 100;
    private static final Duration MAX_OUTAGE = Duration.ofMinutes(2);

    private final Store store;
    private final InstantSource clock;
    private final PrintStream err;
    private final OwnerWatch owner;

    PostedRequest(Store store, InstantSource clock, PrintStream err) {
        this.store = store;
        this.clock = clock;
        this.err = err;
        this.owner = new OwnerWatch(store, err);
    }

    /**
     * Posts the command and waits for the answer.
     *
     * @return the backfill that carries it out, 0 where there is nothing to carry out
     * @throws TidemarkException where it is refused
     */
    long answer(Command command) {
        String key = UUID.randomUUID().toString();
        throughOutages(
                () -> {
                    store.post(key, command, clock.instant());
                    return key;
                });
        while (true) {
            Optional<Answer> answer = throughOutages(() -> store.answer(key));
            if (answer.isPresent()) {
                return switch (answer.get()) {
                    case Answer.Accepted accepted -> accepted.backfill();
                    case Answer.Refused(ErrorCode code, String message) ->
                            throw new TidemarkException(code, message);
                };
            }
            lookForOwner();
            pause();
        }
    }

    /**
     * Waits until a backfill has ended, also while it is paused.
     *
     * @param progress shows meanwhile how far it is
     */
    BackfillView end(long backfill, Progress progress) {
        Estimate estimate = new Estimate();
        BackfillState before = BackfillState.RUNNING;
        while (true) {
            BackfillSummary now =
                    throughOutages(() -> store.backfillInShort(backfill)).orElseThrow();
            if (now.state().isFinal()) {
                return throughOutages(() -> store.backfill(backfill)).orElseThrow();
            }
            if (now.state() != before) {
                err.println(moved(backfill, now.state()));
            }
            before = now.state();
            progress.tick(status(now, estimate), clock.instant());
            lookForOwner();
            pause();
        }
    }

    /** What somebody is told who waits for a backfill that was paused or resumed. */
    static String moved(long backfill, BackfillState to) {
        return to == BackfillState.PAUSED
                ? "Backfill "
                        + backfill
                        + " is paused. This waits until somebody resumes it with 'tidemark"
                        + " backfills resume "
                        + backfill
                        + "', or gives it up; stop waiting with Ctrl-C."
                : "Backfill " + backfill + " goes on.";
    }

    private void lookForOwner() {
        throughOutages(
                () -> {
                    owner.look(clock.instant());
                    return true;
                });
    }

    /** The database may be restarted meanwhile; all that is asked of it here can be repeated. */
    private <T> T throughOutages(Supplier<T> action) {
        Instant since = clock.instant();
        while (true) {
            try {
                return action.get();
            } catch (TidemarkException e) {
                boolean isOver = clock.instant().isAfter(since.plus(MAX_OUTAGE));
                if (e.code() != ErrorCode.STORE_FAILED || isOver) {
                    throw e;
                }
                pause();
            }
        }
    }

    private Status status(BackfillSummary backfill, Estimate estimate) {
        long ended = BackfillText.ended(backfill);
        return new Status(
                backfill.asked().pipeline() + ", run by the server",
                new Status.Measure(
                        backfill.progress().skipped() + ended,
                        backfill.asked().intervals(),
                        estimate.left(ended, backfill.asked().work(), clock.instant())),
                List.of(),
                Optional.empty());
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TidemarkException(
                    ErrorCode.INVALID_REQUEST, "interrupted; the server goes on with the work");
        }
    }
}
