package dev.tidemark.core;

import static dev.tidemark.core.Condition.Kind;

import dev.tidemark.TaskDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Names what runs and tasks wait for. Looks at the state, and changes nothing. */
public final class Why {
    /** Of those that hold what somebody needs, so many are named. */
    private static final int MOST_NAMED = 5;

    private final State state;
    private final Run run;
    private final Instant now;

    /** About one run, at a moment. */
    public Why(State state, Run run, Instant now) {
        this.state = state;
        this.run = run;
        this.now = now;
    }

    /** What the run waits for. */
    public Condition run() {
        if (run.state().isFinal()) {
            return Condition.of(Kind.RUN_ENDED, "it has " + run.state());
        }
        if (run.state() == RunState.RUNNING) {
            return state.isUnderWay(run)
                    ? Condition.of(Kind.RUN_RUNNING, "it is under way")
                    : Condition.of(
                            Kind.INTERRUPTED,
                            "its backfill "
                                    + run.backfill()
                                    + " is not under way; ask for its interval again");
        }
        Optional<ScheduleState> schedule = schedule();
        if (schedule.isPresent()) {
            return Condition.of(
                    Kind.SCHEDULE_FULL,
                    "a server goes on with it when there is room: "
                            + some(schedule.get().active().size(), "run")
                            + " of its pipeline under way, and at most "
                            + run.graph().definition().timing().filling().maxActiveRuns()
                            + " at once");
        }
        for (Backfill backfill : state.backfills()) {
            if (backfill.left().stream().anyMatch(item -> item.run() == run.number())) {
                return planned(backfill);
            }
        }
        return Condition.of(
                Kind.NOT_REQUESTED, "nobody has asked for its interval since it was cleared");
    }

    /** The schedule that is going to go on with the run. */
    private Optional<ScheduleState> schedule() {
        return state.schedule(run.identity().pipeline())
                .filter(ScheduleState::isInForce)
                .filter(schedule -> schedule.queued().contains(run.number()));
    }

    private static Condition planned(Backfill backfill) {
        String name = "backfill " + backfill.number();
        if (backfill.state() == BackfillState.PAUSED) {
            return Condition.of(
                    Kind.BACKFILL_PAUSED,
                    name + " is paused: tidemark backfills resume " + backfill.number());
        }
        return backfill.isHalted()
                ? Condition.of(
                        Kind.BACKFILL_HALTED,
                        name
                                + " starts nothing more: "
                                + backfill.plan().options().haltAfter()
                                + " of its runs failed in a row")
                : Condition.of(
                        Kind.BACKFILL_FULL,
                        name
                                + " has "
                                + some(backfill.active(), "run")
                                + " under way, and may have "
                                + backfill.plan().options().maxActive());
    }

    /** What an instance waits for, all of it; never empty. */
    public List<Condition> task(TaskKey key) {
        TaskInstance instance = run.instance(key);
        return switch (instance.state()) {
            case WAITING -> List.of(waiting(key));
            case QUEUED -> queued(key, instance);
            case RUNNING ->
                    List.of(
                            Condition.of(
                                            Kind.TASK_RUNNING,
                                            "attempt "
                                                    + instance.started()
                                                    + " runs since "
                                                    + instance.since())
                                    .until(
                                            instance.since()
                                                    .plus(run.definition(key).policy().timeout())));
            case RETRYING ->
                    List.of(
                            Condition.of(
                                            Kind.RETRY,
                                            "attempt "
                                                    + (instance.started() + 1)
                                                    + " starts at "
                                                    + instance.due())
                                    .until(instance.due()));
            case SUCCEEDED, FAILED, SKIPPED, UPSTREAM_FAILED, CANCELLED ->
                    List.of(Condition.of(Kind.TASK_ENDED, "it is " + instance.state()));
        };
    }

    private Condition waiting(TaskKey key) {
        TaskDefinition task = run.definition(key);
        Optional<String> list = task.edges().mapsOver().filter(name -> !run.node(name).isDone());
        TriggerRules.Verdict verdict =
                TriggerRules.judge(task.edges().rule(), run.upstreams(key.task()));
        if (list.isPresent() && verdict == TriggerRules.Verdict.RUN) {
            return Condition.of(Kind.LIST, "the list of '" + list.get() + "' is not there yet");
        }
        List<TaskKey> open = new ArrayList<>();
        for (String upstream : task.edges().upstreams()) {
            run.node(upstream).instances().stream()
                    .filter(each -> !each.state().isFinal())
                    .map(TaskInstance::key)
                    .forEach(open::add);
        }
        return Condition.of(
                        Kind.UPSTREAMS,
                        "its rule " + task.edges().rule() + " waits for " + named(open))
                .by(open);
    }

    private List<Condition> queued(TaskKey key, TaskInstance instance) {
        Demand demand = run.demand(key.task());
        Lane.Rank rank = Lane.Rank.of(instance.queuedSince(), demand.priority(), Long.MAX_VALUE);
        List<Condition> conditions = new ArrayList<>();
        pipeline(demand, rank).ifPresent(conditions::add);
        demand.pool().ifPresent(pool -> pool(pool, demand, rank, conditions));
        if (conditions.isEmpty()) {
            conditions.add(slots(instance, demand));
        }
        return conditions;
    }

    private Optional<Condition> pipeline(Demand demand, Lane.Rank rank) {
        Demand.Share share = demand.share();
        if (state.admission().places(share, rank, now) > 0) {
            return Optional.empty();
        }
        String pipeline = share.pipeline();
        List<TaskKey> holders = holders(held -> held.pipeline().equals(pipeline));
        return Optional.of(
                Condition.of(
                                Kind.PIPELINE_FULL,
                                "pipeline "
                                        + pipeline
                                        + " may have "
                                        + some(share.most(), "attempt")
                                        + " at once; "
                                        + (holders.size() < share.most()
                                                ? "the next place is kept for one who waits longer"
                                                : named(holders)))
                        .by(holders));
    }

    private void pool(PoolKey key, Demand demand, Lane.Rank rank, List<Condition> conditions) {
        Admission admission = state.admission();
        Room room = admission.rooms().get(key);
        PoolLimit limit = state.pool(key.pool()).orElse(null);
        if (room == null || limit == null) {
            return;
        }
        List<TaskKey> holders = holders(held -> held.demand().pool().equals(Optional.of(key)));
        String needs = demand.weight() + " of " + limit.slots() + " slots of pool " + key.label();
        if (!room.couldFit(demand.weight())) {
            conditions.add(
                    Condition.of(
                            Kind.POOL_TOO_SMALL,
                            "it needs "
                                    + needs
                                    + "; it starts once tidemark pools set gives it as many"));
        } else if (!room.fits(demand.weight())) {
            conditions.add(
                    Condition.of(Kind.POOL_FULL, "it needs " + needs + "; " + named(holders))
                            .by(holders));
        } else if (admission.isReserved(room, rank, now)) {
            conditions.add(
                    Condition.of(
                                    Kind.POOL_RESERVED,
                                    "pool "
                                            + key.label()
                                            + " keeps its slots for one who needs more of them,"
                                            + " and waits longer")
                            .by(holders));
        }
        room.restsUntil(now)
                .ifPresent(
                        until ->
                                conditions.add(
                                        Condition.of(
                                                        Kind.RATE,
                                                        "pool "
                                                                + key.label()
                                                                + " allows "
                                                                + some(
                                                                        limit.startsPerMinute()
                                                                                .orElse(0),
                                                                        "start")
                                                                + " a minute; the next is at "
                                                                + until)
                                                .until(until)));
    }

    private Condition slots(TaskInstance instance, Demand demand) {
        List<TaskKey> holders = holders(_ -> true);
        int ahead = ahead(instance, demand);
        String before = some(ahead, "task") + " in line before it";
        return Condition.of(
                        Kind.SLOTS,
                        holders.isEmpty()
                                ? "nothing is missing"
                                : "the slots of the engine are held by "
                                        + some(holders.size(), "attempt")
                                        + ": "
                                        + named(holders)
                                        + (ahead == 0 ? "" : "; " + before))
                .by(holders);
    }

    /** How many of those that wait go before it. */
    private int ahead(TaskInstance instance, Demand demand) {
        Instant mine = Lane.Rank.of(instance.queuedSince(), demand.priority(), 0).at();
        int ahead = 0;
        boolean cameEarlier = true;
        for (TaskKey key : state.queue()) {
            if (key.equals(instance.key())) {
                cameEarlier = false;
            } else if (rank(key).isBefore(mine) || (cameEarlier && rank(key).equals(mine))) {
                ahead++;
            }
        }
        return ahead;
    }

    private Instant rank(TaskKey key) {
        Run of = state.run(key.run()).orElseThrow();
        int priority = of.demand(key.task()).priority();
        return Lane.Rank.of(of.instance(key).queuedSince(), priority, 0).at();
    }

    private List<TaskKey> holders(Predicate<Admission.Held> meant) {
        return state.admission().held().entrySet().stream()
                .filter(each -> meant.test(each.getValue()))
                .map(java.util.Map.Entry::getKey)
                .toList();
    }

    private static String some(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private String named(List<TaskKey> keys) {
        List<String> names = keys.stream().limit(MOST_NAMED).map(this::named).toList();
        int more = keys.size() - names.size();
        return String.join(", ", names) + (more > 0 ? " and " + more + " more" : "");
    }

    private String named(TaskKey key) {
        if (key.run() == run.number()) {
            return key.label();
        }
        RunIdentity other = state.run(key.run()).orElseThrow().identity();
        return other.pipeline() + " " + other.name() + "/" + key.label();
    }
}
