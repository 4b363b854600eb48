package dev.tidemark.simulation;

import dev.tidemark.PipelineDefinition;
import dev.tidemark.core.Change;
import dev.tidemark.core.Command;
import dev.tidemark.store.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** All there is in one simulation: time, chance, the store, the engines, and what was kept. */
final class World {
    static final Instant START = Instant.parse("2001-03-01T00:00:00Z");
    private static final int MOST_NESTED = 3;
    private static final Duration LONGEST_PATIENCE = Duration.ofMinutes(2);

    /** After the last fault: pauses end, clocks that were set back arrive again, leases end. */
    private static final Duration LONGEST_AFTERMATH = Duration.ofMinutes(5);

    final Dice dice;
    final Rates rates;
    final Journal journal;
    final Agenda agenda = new Agenda(START);
    final SkewedClock storeClock = new SkewedClock(agenda::now, Duration.ZERO);
    final MemoryStore store = new MemoryStore("issuer", storeClock);
    final Ledger ledger = new Ledger();
    final List<EngineProcess> processes = new ArrayList<>();
    final Settings settings;

    /** By pipeline, its versions in the order in which they came. */
    final Map<String, List<String>> versions = new TreeMap<>();

    /** By pipeline and version. */
    final Map<String, PipelineDefinition> definitions = new TreeMap<>();

    /** By pipeline, that of its latest version. */
    private final Map<String, PipelineDefinition.Timing> timings = new TreeMap<>();

    private final List<Invariant> invariants;
    private final Map<Class<?>, Invariant> byType = new HashMap<>();
    private final Client client = new Client(this);
    private boolean faulty = true;
    private Instant downUntil = Instant.MIN;
    private Instant quietFrom = Instant.MAX;
    private int nested;
    private int made;

    /** What stays the same in one simulation. */
    record Settings(Cast cast, int slots, Duration lease, Duration maxOutage, int mood) {
        static Settings of(Dice dice) {
            return new Settings(
                    Cast.of(dice),
                    dice.from(1, 4),
                    dice.millis(2_000, 12_000),
                    dice.chance(0.2) ? dice.millis(5_000, 60_000) : Duration.ofDays(1),
                    RandomOutcome.mood(dice));
        }

        /** How long a command waits for a store that is away, or another's. */
        Duration patience() {
            return maxOutage.compareTo(LONGEST_PATIENCE) < 0 ? maxOutage : LONGEST_PATIENCE;
        }
    }

    /**
     * Who takes part.
     *
     * @param servers how many engines do whatever there is to do; none until all faults are over
     * @param commands how many of those who want something bring an engine of their own
     */
    record Cast(int servers, double commands) {
        static Cast of(Dice dice) {
            double commands = dice.coin() ? 0 : dice.any(0.1, 0.5, 1.0);
            return new Cast(commands > 0 && dice.chance(0.3) ? 0 : dice.from(1, 4), commands);
        }
    }

    World(long seed, Journal journal) {
        this.dice = new Dice(seed);
        this.rates = new Rates(dice);
        this.settings = Settings.of(dice);
        this.journal = journal;
        this.invariants = Invariants.all(this);
        this.invariants.forEach(invariant -> byType.put(invariant.getClass(), invariant));
    }

    Client client() {
        return client;
    }

    Instant now() {
        return agenda.now();
    }

    void log(String what) {
        journal.line(now(), what);
    }

    /** Whether a fault happens now. */
    boolean happens(Fault fault) {
        boolean happens = faulty && dice.chance(rates.of(fault));
        if (happens) {
            journal.happened(fault);
        }
        return happens;
    }

    /** From now on nothing goes wrong any more. */
    void heal() {
        log("all faults are over");
        faulty = false;
        downUntil = Instant.MIN;
        quietFrom = now().plus(LONGEST_AFTERMATH);
    }

    /** Whether nothing has gone wrong for so long that nothing may change hands any more. */
    boolean isQuiet() {
        return now().isAfter(quietFrom);
    }

    boolean isFaulty() {
        return faulty;
    }

    /** Whether the store can be reached; now and then it goes away for a while. */
    boolean storeIsDown() {
        if (happens(Fault.STORE_DOWN)) {
            downUntil = now().plus(dice.millis(10, 20_000));
            log("the store is down until " + downUntil);
        }
        return now().isBefore(downUntil);
    }

    /** Time passes while somebody waits for the store; everybody else goes on meanwhile. */
    void wait(Duration length) {
        if (nested == MOST_NESTED) {
            return;
        }
        nested++;
        try {
            Instant until = now().plus(length);
            while (agenda.advance(until)) {
                // Each is an event of somebody else's.
            }
        } finally {
            nested--;
        }
    }

    /** Starts a server. */
    void start() {
        begin("engine-", Optional.empty());
    }

    /** Starts a command that brings an engine of its own. */
    void run(Command command) {
        begin("command-", Optional.of(new Errand(this, command)));
    }

    private void begin(String kind, Optional<Errand> errand) {
        made++;
        EngineProcess process = new EngineProcess(this, kind + made, errand);
        processes.add(process);
        process.begin();
    }

    /** Another engine, later, in the place of one that has ended. */
    void startLater() {
        agenda.after(dice.millis(10, 15_000), this::start);
    }

    List<EngineProcess> living() {
        return processes.stream().filter(EngineProcess::isAlive).toList();
    }

    List<EngineProcess> servers() {
        return living().stream().filter(EngineProcess::isServer).toList();
    }

    /** Makes up the next version of a pipeline. */
    String newVersion(String pipeline) {
        List<String> known = versions.computeIfAbsent(pipeline, _ -> new ArrayList<>());
        String version = "v" + (known.size() + 1);
        if (known.isEmpty() || dice.chance(0.3)) {
            timings.put(pipeline, RandomTiming.of(dice));
        }
        PipelineDefinition.Timing timing = Objects.requireNonNull(timings.get(pipeline));
        definitions.put(pipeline + "@" + version, RandomPipeline.of(dice, pipeline, timing));
        known.add(version);
        return version;
    }

    PipelineDefinition definition(String pipeline, String version) {
        PipelineDefinition definition = definitions.get(pipeline + "@" + version);
        if (definition == null) {
            throw new IllegalArgumentException(pipeline + " has no version " + version);
        }
        return definition;
    }

    /** A commit was kept. */
    void kept(Committed commit) {
        for (Change change : commit.changes()) {
            log(commit.by() + " kept " + text(change));
            journal.kept(change);
            invariants.forEach(invariant -> invariant.before(change, commit));
            ledger.fold(change, commit);
        }
        invariants.forEach(invariant -> invariant.after(commit));
    }

    /** Definitions are long, and say little. */
    private static String text(Change change) {
        return change instanceof Change.PipelineRegistered it
                ? "version " + it.version() + " of " + it.definition().name()
                : change.toString();
    }

    void stepped(EngineProcess process) {
        invariants.forEach(invariant -> invariant.stepped(process));
    }

    /** Whether nothing is left to be done. */
    boolean isAtRest() {
        return !ledger.hasLiveBackfill()
                && !ledger.hasOpenRun()
                && now().isAfter(RandomTiming.LATEST_DUE)
                && !client.waits()
                && living().stream().allMatch(EngineProcess::isServer)
                && living().stream().allMatch(EngineProcess::isIdle)
                && living().stream().anyMatch(EngineProcess::isActive);
    }

    void checkRest() {
        invariants.forEach(Invariant::atRest);
    }

    <T extends Invariant> T invariant(Class<T> type) {
        return type.cast(Objects.requireNonNull(byType.get(type), type.getName()));
    }
}
