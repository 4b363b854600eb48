package dev.tidemark.simulation;

import dev.tidemark.PipelineDefinition;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Command;
import dev.tidemark.engine.Health;
import dev.tidemark.engine.Member;
import dev.tidemark.engine.Terms;
import dev.tidemark.engine.Watcher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** A process with an engine in it. It takes its steps in virtual time, dies, and stands still. */
final class EngineProcess {
    final Member member;
    final SimulatedExecutor executor;
    private final World world;
    private final String name;
    private final SkewedClock clock;
    private final List<Runnable> hints = new ArrayList<>();
    private final Optional<Errand> errand;

    /** By pipeline, the version that it had first. */
    private final Map<String, String> held = new TreeMap<>();

    private boolean alive = true;
    private boolean inStep;
    private Instant pausedUntil = Instant.MIN;
    private Instant nextStep = Instant.MAX;

    /**
     * @param errand what it is there for; empty for a server's, which does whatever there is to do
     */
    EngineProcess(World world, String name, Optional<Errand> errand) {
        this.world = world;
        this.name = name;
        this.errand = errand;
        this.clock = new SkewedClock(world.agenda::now, world.dice.eitherWay(20_000));
        this.executor = new SimulatedExecutor(world, this);
        this.member =
                new Member(
                        new FaultyStore(world, this),
                        new Terms(
                                name,
                                world.settings.lease(),
                                world.settings.slots(),
                                errand.isPresent()
                                        ? Terms.Scope.OWN_REQUESTS
                                        : Terms.Scope.EVERYTHING,
                                errand.isPresent()
                                        ? world.settings.patience()
                                        : world.settings.maxOutage()),
                        clock,
                        executor,
                        Watcher.NOBODY);
    }

    /** Begins with the latest code, or, like one that was set up long ago, with older. */
    void begin() {
        world.log(name + " starts");
        world.versions.forEach(
                (pipeline, versions) ->
                        hold(
                                pipeline,
                                world.dice.chance(0.8)
                                        ? versions.getLast()
                                        : world.dice.any(versions)));
        errand.ifPresent(it -> it.begin(this));
        stepAfter(world.dice.millis(1, 500));
    }

    private void hold(String pipeline, String version) {
        held.put(pipeline, version);
        executor.load(pipeline, version);
        member.hold(version, world.definition(pipeline, version));
    }

    /** A new version is put into this process while it runs. */
    void load(String pipeline, String version) {
        world.log(name + " loads " + pipeline + " at " + version);
        executor.load(pipeline, version);
        CompletableFuture<Boolean> _ = member.load(version, world.definition(pipeline, version));
        wake();
    }

    /** A pipeline as this process knows it. */
    PipelineDefinition definition(String pipeline) {
        return world.definition(pipeline, Objects.requireNonNull(held.get(pipeline)));
    }

    CompletableFuture<Long> ask(Command command) {
        return errand.map(it -> it.ask(this)).orElseGet(() -> member.ask(command));
    }

    /** Whether it does all that there is to do, and not only what a command asked of it. */
    boolean isServer() {
        return errand.isEmpty();
    }

    boolean isAlive() {
        return alive;
    }

    boolean isActive() {
        return alive && member.health().role() == Health.Role.ACTIVE && member.state().isPresent();
    }

    /** Whether it waits for nothing: no attempt, no question. */
    boolean isIdle() {
        return executor.running().isEmpty()
                && world.invariant(AcknowledgedIsDurable.class).isIdle(this);
    }

    void hintWith(Runnable hint) {
        hints.add(hint);
    }

    /** Hears that there may be a posted command. */
    void hint() {
        hints.forEach(Runnable::run);
        wake();
    }

    /** Something arrived: the next step comes soon. */
    void wake() {
        stepAfter(world.dice.millis(1, 40));
    }

    void stepClock(Duration by) {
        world.log("the clock of " + name + " steps by " + by);
        clock.step(by);
    }

    /** Makes no step for a while; its attempts go on. */
    void pause(Duration length) {
        world.log(name + " stands still for " + length);
        pausedUntil = world.now().plus(length);
    }

    private void stepAfter(Duration delay) {
        Instant at = world.now().plus(delay);
        if (alive && at.isBefore(nextStep)) {
            nextStep = at;
            world.agenda.after(delay, () -> stepAt(at));
        }
    }

    private void stepAt(Instant planned) {
        if (!alive || !nextStep.equals(planned)) {
            return;
        }
        nextStep = Instant.MAX;
        if (inStep || world.now().isBefore(pausedUntil)) {
            stepAfter(world.dice.millis(20, 400));
            return;
        }
        inStep = true;
        try {
            member.step(Duration.ZERO);
            world.stepped(this);
            errand.filter(Errand::isOver).ifPresent(this::end);
        } catch (Crash crash) {
            die();
        } catch (TidemarkException gaveUp) {
            world.log(name + " gives up: " + gaveUp.code());
            retire(gaveUp);
        } catch (InterruptedException | RuntimeException e) {
            Violation violation = new Violation("NoEngineBreaks", name + " threw " + e);
            violation.initCause(e);
            throw violation;
        } finally {
            inStep = false;
        }
        boolean active = member.health().role() == Health.Role.ACTIVE;
        stepAfter(active ? world.dice.millis(150, 1_200) : world.dice.millis(500, 3_000));
    }

    private void end(Errand done) {
        world.log(name + " has nothing left to do");
        done.end();
        retire(new IllegalStateException("done"));
    }

    /** Ends in good order, and gives the store up. */
    void retire() {
        if (!inStep) {
            world.log(name + " is stopped");
            retire(new IllegalStateException("stopped"));
        }
    }

    private void retire(Exception why) {
        try {
            member.retire(why);
        } catch (Crash crash) {
            world.log(name + " dies a moment earlier");
        }
        die();
    }

    void dieOn(Fault fault, String call) {
        if (alive && world.happens(fault)) {
            world.log(name + " dies: " + fault + " of " + call);
            throw new Crash();
        }
        dieIfKilled();
    }

    /** What was killed while it waited for the store never comes back from there. */
    void dieIfKilled() {
        if (!alive) {
            throw new Crash();
        }
    }

    /** Its memory, its inbox and its attempts are gone; another may come in its place. */
    void die() {
        if (alive) {
            alive = false;
            executor.die();
            errand.ifPresentOrElse(Errand::perhapsAgain, world::startLater);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
