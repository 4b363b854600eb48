package dev.tidemark.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * One simulation: some engines, one store, and a time of faults, after which everything must come
 * to rest. The same seed does the same, line by line.
 */
public final class Simulation {
    private static final Duration HEALING = Duration.ofHours(3);
    private static final Duration WATCHED = Duration.ofMinutes(7);

    private final World world;

    private Simulation(World world) {
        this.world = world;
    }

    /**
     * Runs a simulation; for those who load it anew.
     *
     * @return how many things happened
     * @throws SimulationFailure where something does not hold that must
     */
    public static int lines(long seed) {
        return run(seed, _ -> {}).lines();
    }

    /** The same, and says how it went. */
    static Report run(long seed, Consumer<String> listener) {
        Journal journal = new Journal(listener);
        try {
            World world = new World(seed, journal);
            new Simulation(world).run();
        } catch (RuntimeException | Error found) {
            throw new SimulationFailure(seed, journal, found);
        }
        return new Report(
                seed,
                journal.lines(),
                Long.toHexString(journal.hash()),
                journal.faults(),
                journal.changes());
    }

    private void run() {
        Instant healed = World.START.plus(world.dice.millis(20_000, 120_000));
        setUp(Duration.between(World.START, healed));
        while (world.agenda.advance(healed)) {
            world.client().readAnswers();
        }
        world.heal();
        if (world.settings.cast().servers() == 0) {
            world.agenda.after(world.dice.millis(0, 60_000), world::start);
        }
        rest(healed.plus(HEALING));
        if (world.dice.chance(0.1)) {
            stayAtRest(healed.plus(WATCHED));
        }
        world.checkRest();
    }

    private void setUp(Duration length) {
        for (int i = world.dice.from(1, 2); i > 0; i--) {
            world.newVersion("flow-" + i);
        }
        for (int i = 0; i < world.settings.cast().servers(); i++) {
            world.agenda.after(world.dice.millis(0, 3_000), world::start);
        }
        for (int i = world.dice.from(2, 12); i > 0; i--) {
            world.agenda.after(moment(length), world.client()::act);
        }
        world.agenda.after(world.dice.millis(0, 2_000), world.client()::act);
        if (world.dice.coin()) {
            world.agenda.after(world.dice.millis(0, 2_000), world.client()::limit);
            world.agenda.after(world.dice.millis(0, 2_000), world.client()::limit);
        }
        world.agenda.after(Duration.ofSeconds(1), this::disturb);
    }

    /** Many ask at the same moment, some at the beginning. */
    private Duration moment(Duration length) {
        int millis = (int) length.toMillis();
        return world.dice.millis(0, world.dice.coin() ? millis : millis / 4);
    }

    private void disturb() {
        if (!world.isFaulty()) {
            return;
        }
        List<EngineProcess> living = world.living();
        if (!living.isEmpty()) {
            EngineProcess process = world.dice.any(living);
            if (world.happens(Fault.LONG_PAUSE)) {
                process.pause(world.settings.lease().plus(world.dice.millis(0, 10_000)));
            }
            if (world.happens(Fault.ENGINE_CLOCK_STEP)) {
                process.stepClock(world.dice.eitherWay(30_000));
            }
            if (world.happens(Fault.ENGINE_RETIRED)) {
                process.retire();
            }
        }
        if (world.happens(Fault.STORE_CLOCK_STEP)) {
            Duration step = world.dice.eitherWay(20_000);
            world.log("the clock of the store steps by " + step);
            world.storeClock.step(step);
        }
        if (world.happens(Fault.NEW_VERSION)) {
            newVersion();
        }
        world.agenda.after(world.dice.millis(500, 2_000), this::disturb);
    }

    /** Some processes get it now, and others when they start anew. */
    private void newVersion() {
        String pipeline = world.dice.any(world.versions.keySet());
        String version = world.newVersion(pipeline);
        for (EngineProcess process : world.servers()) {
            if (world.dice.coin()) {
                process.load(pipeline, version);
            }
        }
    }

    /** Nobody has anything to do, and nothing may change hands. */
    private void stayAtRest(Instant until) {
        while (world.agenda.advance(until)) {
            world.client().readAnswers();
        }
    }

    private void rest(Instant latest) {
        do {
            if (!world.agenda.advance(latest)) {
                throw new Violation(
                        "AllComesToRest",
                        HEALING
                                + " after the last fault these are under way: "
                                + world.ledger.underWay()
                                + ", an answer is missing: "
                                + world.client().waits()
                                + ", and these are busy: "
                                + world.living().stream()
                                        .filter(process -> !process.isIdle())
                                        .toList());
            }
            world.client().readAnswers();
            world.client().endPauses();
        } while (!world.isAtRest());
    }
}
