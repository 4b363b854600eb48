package dev.tidemark.simulation;

import static dev.tidemark.simulation.Mutant.core;
import static dev.tidemark.simulation.Mutant.engine;
import static dev.tidemark.simulation.Mutant.store;

import java.util.List;
import java.util.stream.Stream;

/** Mistakes that the simulation has to find. */
final class Mutants {
    private Mutants() {}

    static Stream<Mutant> all() {
        return Stream.of(
                        GUARDS,
                        SLOTS_AND_COMMITS,
                        LimitMutants.ALL,
                        RECOVERY,
                        RETRIES_AND_RULES,
                        COMMANDS,
                        BACKFILLS,
                        MutantsByHand.ALL,
                        EffectsMutants.ALL,
                        COMMANDS_WITH_ENGINES,
                        ScheduleMutants.ALL,
                        WatermarkMutants.ALL,
                        LATER)
                .flatMap(List::stream);
    }

    private static final List<Mutant> GUARDS =
            List.of(
                    core(
                            "token check forgotten",
                            "TaskInstance",
                            "return state == TaskState.RUNNING && token == asked;",
                            "return state == TaskState.RUNNING;"),
                    core(
                            "state guard dropped",
                            "TaskInstance",
                            "return state == TaskState.RUNNING && token == asked;",
                            "return token == asked;"),
                    core(
                            "guard of a retry dropped",
                            "TaskDecisions",
                            ".filter(run -> run.instance(key).state() == TaskState.RETRYING)",
                            ".filter(_ -> true)"),
                    store(
                            "epoch check forgotten",
                            "MemoryStore",
                            "if (epoch == 0 || lease.epoch() != epoch) {",
                            "if (epoch == 0) {"),
                    store(
                            "lease not renewed by the store",
                            "MemoryLease",
                            "return new MemoryLease(name, epoch, length, now.plus(length));",
                            "return this;"),
                    store(
                            "lease ignored by a claim",
                            "MemoryLease",
                            "until.isAfter(now) && !name.equals(owner)",
                            "false"),
                    engine(
                            "lease not renewed by an idle owner",
                            "Loop",
                            "if (changes.isEmpty() && now.isBefore(lastCommit.plus(renewal()))) {",
                            "if (changes.isEmpty()) {"));

    private static final List<Mutant> SLOTS_AND_COMMITS =
            List.of(
                    core(
                            "slot never released",
                            "Admission",
                            "Held released = held.remove(key);",
                            "Held released = held.get(key);"),
                    core("slots ignored", "Starts", "if (startable > 0) {", "if (true) {"),
                    core(
                            "slots ignored by the queue",
                            "Admission",
                            "if (freeSlots() == 0) {",
                            "if (false) {"),
                    core(
                            "queue forgotten when an attempt ends",
                            "AttemptDecisions",
                            "return draft.next(new Event.SlotPerhapsFree()).done();",
                            "return draft.done();"),
                    engine(
                            "acted before the commit",
                            "Loop",
                            "            commit();",
                            "act(); commit(); effects.clear(); answers.clear();"),
                    engine(
                            "acknowledged before the commit",
                            "Loop",
                            "            commit();",
                            "answers.forEach(Runnable::run); commit();"));

    private static final List<Mutant> RECOVERY =
            List.of(
                    core(
                            "recovery forgets retries",
                            "Recovery",
                            "draft.effect(new Effect.SetTimer(instance.due(), new"
                                    + " Event.RetryDue(key)));",
                            ""),
                    core(
                            "recovery forgets time-outs",
                            "Recovery",
                            "} else if (instance.state() == TaskState.RUNNING &&"
                                    + " alive.contains(instance.token())) {",
                            "} else if (false) {"),
                    core(
                            "recovery forgets what ran",
                            "Recovery",
                            "if (instance.state() == TaskState.RUNNING &&"
                                    + " !alive.contains(instance.token())) {",
                            "if (false) {"),
                    core(
                            "lost attempt charged",
                            "Recovery",
                            "new Outcome.Lost(\"the process that ran it ended\", false)",
                            "new Outcome.Lost(\"the process that ran it ended\", true)"),
                    engine(
                            "backfills not resumed",
                            "Member",
                            ".filter(number -> all || own.has(number))",
                            ".filter(number -> own.has(number))"),
                    engine(
                            "alive set ignored",
                            "Member",
                            "new HashSet<>(executor.running())",
                            "new HashSet<>()"),
                    engine(
                            "told ends forgotten by a recovery",
                            "Member",
                            "alive.addAll(inbox.reported());",
                            ""),
                    engine(
                            "told ends not put back",
                            "Inbox",
                            "case Arrival.Told told -> arrivals.addFirst(told);",
                            "case Arrival.Told _ -> {}"),
                    engine("nothing put back", "Loop", "inbox.putBack(turn.notKept(), e);", ""),
                    core(
                            "version taken for at hand",
                            "Recovery",
                            "if (state.isAtHand(run.graph())) {",
                            "if (true) {"),
                    engine(
                            "what was stopped unheard goes on",
                            "Loop",
                            "stopAllBut(state.currentTokens());",
                            ""),
                    engine(
                            "attempts of a former owner go on",
                            "Member",
                            "stopAttempts(); // It may",
                            "// It may"));

    private static final List<Mutant> RETRIES_AND_RULES =
            List.of(
                    core(
                            "retry counted twice",
                            "TaskInstance",
                            "return attempts() - (startedBeforeTry - lossesBeforeTry) - 1;",
                            "return attempts() - (startedBeforeTry - lossesBeforeTry);"),
                    core(
                            "one retry too many",
                            "RetryRule",
                            "if (retries >= policy.limits()",
                            "if (retries > policy.limits()"),
                    core(
                            "losses without a cap",
                            "AttemptDecisions",
                            "return losses > RetryRule.MAX_LOSSES",
                            "return losses > 100"),
                    core(
                            "asked pause ignored",
                            "RetryRule",
                            "Duration least = asked.filter(it -> it.compareTo(pause) >"
                                    + " 0).orElse(pause);",
                            "Duration least = pause;"),
                    core(
                            "trigger rule swapped",
                            "TriggerRules",
                            "case ONE_FAILED -> up.anyFailed() > 0 ? Verdict.RUN",
                            "case ONE_FAILED -> up.anyFailed() > 0 ? Verdict.SKIP"),
                    core(
                            "trigger rule counts the skipped",
                            "TriggerRules",
                            "up.succeeded() + up.failed() > 0 ? Verdict.RUN",
                            "up.succeeded() + up.skipped() + up.failed() > 0 ? Verdict.RUN"),
                    core(
                            "empty list expanded",
                            "TaskDecisions",
                            "if (elements == 0) {",
                            "if (elements < -5) {"));

    private static final List<Mutant> COMMANDS =
            List.of(
                    core(
                            "cancel does not stop",
                            "RunDecisions",
                            "draft.effect(new Effect.StopAttempt(key, instance.token(), reason));",
                            ""),
                    core(
                            "cancel ends only what runs",
                            "RunDecisions",
                            "} else if (!instance.state().isFinal()) {",
                            "} else if (false) {"),
                    core(
                            "time-out does not stop",
                            "Decider",
                            ".effect(new Effect.StopAttempt(event.task(), event.token(), message))",
                            ""),
                    core(
                            "clear forgets what is under way below",
                            "RunDecisions",
                            "asked.forEach(key -> open.add(key.task()));",
                            ""),
                    core(
                            "clear does not stop",
                            "RunDecisions",
                            "if (meant && instance.state() == TaskState.RUNNING) {",
                            "if (false) {"),
                    core(
                            "every failure forgiven",
                            "RunDecisions",
                            "|| run.graph().task(name).policy().mayFail();",
                            "|| true;"),
                    store(
                            "command answered twice",
                            "MemoryCommands",
                            ".filter(row -> row.answer().isEmpty())",
                            ".filter(_ -> true)"),
                    store(
                            "command posted again is new",
                            "MemoryCommands",
                            "if (!commands.has(key)) {",
                            "if (true) {"),
                    engine(
                            "posted commands not looked at",
                            "Loop",
                            "if (now.isBefore(lastPoll.plus(POLL))) {",
                            "if (true) {"),
                    engine(
                            "request planned from an old store",
                            "Loop",
                            "if (question.looksAtStore() && !changes.isEmpty()) {",
                            "if (false) {"),
                    engine(
                            "request takes up what is under way",
                            "Questions",
                            "if (planned.joins() > 0) {",
                            "if (false) {"),
                    core(
                            "intervals in flight ignored",
                            "BackfillDecisions",
                            "event.plan().without(inFlight(state, event))",
                            "event.plan()"));

    private static final List<Mutant> BACKFILLS =
            List.of(
                    core(
                            "next interval counted twice",
                            "Backfill",
                            "if (active.add(run)) {",
                            "if (active.add(run) || true) {"),
                    core(
                            "ended run counted again",
                            "State",
                            "return bringingIn ? Optional.empty() : backfill(number);",
                            "return backfill(number);"),
                    core(
                            "one active run too many",
                            "Backfill",
                            "return active.size() < plan.options().maxActive();",
                            "return active.size() <= plan.options().maxActive();"),
                    core(
                            "failures in a row never halt",
                            "Backfill",
                            "halted |= failedInARow >= plan.options().haltAfter();",
                            "halted |= false;"),
                    core(
                            "tokens given out again",
                            "State",
                            "this.lastToken = last.token();",
                            "this.lastToken = 0;"));

    private static final List<Mutant> COMMANDS_WITH_ENGINES =
            List.of(
                    engine(
                            "command carries out what others left",
                            "Member",
                            ".filter(number -> all || own.has(number))",
                            ".filter(_ -> true)"),
                    engine(
                            "command forgets its own work when it is the owner again",
                            "Member",
                            ".filter(number -> all || own.has(number))",
                            ".filter(_ -> all)"),
                    engine(
                            "command never hears of what others ended",
                            "OwnBackfills",
                            "} else if (state.get().isFinal()) {",
                            "} else if (false) {"),
                    core(
                            "run counted by the backfill that lost it",
                            "State",
                            "if (run.backfill() != it.backfill()) {",
                            "if (false) {"),
                    core(
                            "run created a second time",
                            "BackfillDecisions",
                            "if (item.action() != BackfillPlan.Action.CREATE) {",
                            "if (true) {"),
                    engine(
                            "runs of others not looked for",
                            "Loading",
                            "item.action() == BackfillPlan.Action.CREATE && shared",
                            "false"));

    /** Thought of when all else was done, to see how good the seeds are. */
    private static final List<Mutant> LATER =
            List.of(
                    core(
                            "pause grows too soon",
                            "RetryRule",
                            "Math.pow(backoff.factor(), retries)",
                            "Math.pow(backoff.factor(), retries + 1)"),
                    core(
                            "queue not refilled when a run comes back",
                            "State",
                            "            enqueue(run);",
                            ""),
                    core(
                            "rerun forgets what is below",
                            "Reopening",
                            "keys.forEach(key -> below.addAll(graph.downstreams(key.task())));",
                            ""),
                    store(
                            "replay leaves out what is under way",
                            "MemoryHistory",
                            "ofRun(run).forEach(change -> inOrder.put(change.seq(), change));",
                            ""),
                    core(
                            "taken up without clearing",
                            "Recovery",
                            "draft.change(new Change.TaskCleared(key));",
                            ""),
                    core(
                            "clear leaves retries used up",
                            "TaskInstance",
                            "startedBeforeTry = started;",
                            ""),
                    engine(
                            "timers fire at once",
                            "Timers",
                            "!byTime.isEmpty() && !byTime.firstKey().isAfter(now)) {",
                            "!byTime.isEmpty()) {"));
}
