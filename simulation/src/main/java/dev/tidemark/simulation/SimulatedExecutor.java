package dev.tidemark.simulation;

import dev.tidemark.core.Event;
import dev.tidemark.core.Outcome;
import dev.tidemark.engine.AttemptOrder;
import dev.tidemark.engine.Executor;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The attempts of one process. Each takes some virtual time, and ends in some way. */
final class SimulatedExecutor implements Executor {
    private final World world;
    private final EngineProcess process;
    private final Map<Long, Attempt> running = new TreeMap<>();

    /** Tokens that reported themselves lost with their surroundings. */
    private final Set<Long> lost = new TreeSet<>();

    /** Tokens whose end this process was told. */
    private final Set<Long> told = new TreeSet<>();

    private final Set<String> loaded = new TreeSet<>();

    private record Attempt(AttemptOrder order, Consumer<Event> report) {
        long token() {
            return order.token().number();
        }
    }

    SimulatedExecutor(World world, EngineProcess process) {
        this.world = world;
        this.process = process;
    }

    void load(String pipeline, String version) {
        loaded.add(pipeline + "@" + version);
    }

    @Override
    public void start(AttemptOrder order, Consumer<Event> report) {
        long token = order.token().number();
        world.log(process + " starts token " + token);
        if (!loaded.contains(order.writer().pipeline() + "@" + order.writer().version())) {
            throw new Violation("CodeIsAtHand", process + " does not have the code of " + order);
        }
        world.invariant(StartsAreCommitted.class).started(process, order);
        Attempt attempt = new Attempt(order, report);
        running.put(token, attempt);
        if (world.happens(Fault.CRASH_WITH_ATTEMPT)) {
            world.agenda.after(world.dice.millis(1, 5_000), () -> takeAlong(token));
        } else if (!world.happens(Fault.ATTEMPT_HANGS)) {
            world.agenda.after(length(), () -> end(attempt));
        }
    }

    private Duration length() {
        boolean quick = !world.isFaulty() || world.dice.chance(0.8);
        return quick ? world.dice.millis(1, 3_000) : world.dice.millis(1, 100_000);
    }

    /** An attempt takes its process along. */
    private void takeAlong(long token) {
        if (process.isAlive() && running.containsKey(token)) {
            world.log("token " + token + " takes " + process + " along");
            process.die();
        }
    }

    private void end(Attempt attempt) {
        if (!process.isAlive() || !running.containsKey(attempt.token())) {
            return;
        }
        if (world.happens(Fault.REPORT_LOST)) {
            world.log("the end of token " + attempt.token() + " is never told");
            running.remove(attempt.token());
        } else if (world.happens(Fault.REPORT_LATE)) {
            world.agenda.after(world.dice.millis(1, 20_000), () -> tell(attempt));
        } else {
            tell(attempt);
        }
    }

    private void tell(Attempt attempt) {
        if (process.isAlive() && running.containsKey(attempt.token())) {
            Outcome outcome = outcome(attempt.token());
            if (world.happens(Fault.CANCEL_NEAR_END)) {
                world.client().cancel(attempt.order().key().run());
            }
            if (world.happens(Fault.ASKED_AGAIN_NEAR_END)) {
                world.client().repeat();
            }
            told.add(attempt.token());
            report(attempt, outcome);
            running.remove(attempt.token());
            if (world.happens(Fault.REPORT_TWICE)) {
                world.agenda.after(world.dice.millis(0, 3_000), () -> report(attempt, outcome));
            }
        }
    }

    private Outcome outcome(long token) {
        return RandomOutcome.of(world.dice, world.settings.mood(), token);
    }

    private void report(Attempt attempt, Outcome outcome) {
        if (process.isAlive()) {
            world.log("token " + attempt.token() + " reports " + outcome);
            if (outcome instanceof Outcome.Lost) {
                lost.add(attempt.token());
            }
            attempt.report()
                    .accept(
                            new Event.AttemptReported(
                                    attempt.order().key(), attempt.token(), outcome));
            process.wake();
        }
    }

    /** Some hear it and say so, some go on to their end, some are never heard of again. */
    @Override
    public void stop(long token) {
        Attempt attempt = running.remove(token);
        if (attempt != null) {
            world.log(process + " stops token " + token);
            if (world.happens(Fault.REPORT_AFTER_STOP)) {
                Outcome outcome =
                        world.dice.coin() ? new Outcome.Stopped("interrupted") : outcome(token);
                world.agenda.after(world.dice.millis(0, 5_000), () -> report(attempt, outcome));
            }
        }
    }

    @Override
    public Set<Long> running() {
        return new TreeSet<>(running.keySet());
    }

    /** Whether this attempt runs here, or its end was told and waits to be decided about. */
    boolean knows(long token) {
        return process.isAlive() && (running.containsKey(token) || told.contains(token));
    }

    boolean saidItWasLost(long token) {
        return lost.contains(token);
    }

    void die() {
        running.clear();
    }

    @Override
    public void close() {
        die();
    }
}
