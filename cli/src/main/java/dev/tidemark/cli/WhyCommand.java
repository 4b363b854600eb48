package dev.tidemark.cli;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.cli.show.Table;
import dev.tidemark.cli.show.Table.Cell;
import dev.tidemark.cli.show.Table.Column;
import dev.tidemark.cli.show.Terminal;
import dev.tidemark.cli.show.Units;
import dev.tidemark.core.Condition;
import dev.tidemark.core.Run;
import dev.tidemark.core.State;
import dev.tidemark.core.TaskInstance;
import dev.tidemark.core.Why;
import dev.tidemark.engine.Snapshot;
import dev.tidemark.store.Owner;
import dev.tidemark.store.RunView;
import dev.tidemark.store.StoreReader;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code tidemark why}: what a run, or a task of it, waits for. */
final class WhyCommand implements Command {
    /** Instances that are shown one by one. */
    private static final int MOST_INSTANCES = 200;

    private final InstantSource clock;

    private final Syntax syntax =
            new Syntax(
                    "why",
                    this,
                    "Says what a run waits for, and each of its tasks that has not ended. Needs no"
                            + " engine: it reads what was kept.");

    private final StateOptions state = new StateOptions(syntax);

    private final Given<String> meant =
            syntax.parameter(
                    "RUN[/TASK]",
                    String.class,
                    "The run's text id or number, and perhaps one task, as in 42/train or"
                            + " 42/train[3].");

    private final Given<Boolean> json = syntax.flag("--json", "Prints one JSON object.");

    WhyCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    /** An instance, and what it waits for. */
    private record Waiting(TaskInstance instance, List<Condition> conditions) {}

    /**
     * All that is said.
     *
     * @param more how many instances are left out
     */
    private record Answer(RunView run, List<Condition> conditions, List<Waiting> tasks, int more) {}

    @Override
    public ExitCode run() {
        String[] parts = meant.value().split("/", 2);
        Optional<String> task = parts.length == 2 ? Optional.of(parts[1]) : Optional.empty();
        try (StoreReader store = state.read()) {
            Answer answer = answer(store, RunParameter.in(store, parts[0]), task);
            syntax.out().print(json.value() ? json(answer) + "\n" : text(answer));
            syntax.out().flush();
            return ExitCode.DONE;
        }
    }

    private Answer answer(StoreReader store, RunView view, Optional<String> task) {
        Instant now = clock.instant();
        State known = Snapshot.of(store, view, now);
        Run run = known.run(view.number()).orElseThrow();
        Why why = new Why(known, run, now);
        List<Condition> conditions = new ArrayList<>();
        if (!run.state().isFinal()) {
            noEngine(store).ifPresent(conditions::add);
        }
        conditions.add(why.run());
        List<TaskInstance> instances = instances(run, task);
        return new Answer(
                view,
                conditions,
                instances.stream()
                        .limit(MOST_INSTANCES)
                        .map(each -> new Waiting(each, why.task(each.key())))
                        .toList(),
                Math.max(0, instances.size() - MOST_INSTANCES));
    }

    /** The most frequent reason: there is nobody who could do anything. */
    private Optional<Condition> noEngine(StoreReader store) {
        if (state.place().isLive(store)) {
            return Optional.empty();
        }
        String last = store.owner().map(Owner::name).map(name -> ", " + name + ",").orElse("");
        return Optional.of(
                Condition.of(
                        Condition.Kind.NO_ENGINE,
                        "no engine is at work here: the last one"
                                + last
                                + " has ended; start a server, or run the pipeline again"));
    }

    /** Those that are meant, or that have not ended. */
    private static List<TaskInstance> instances(Run run, Optional<String> task) {
        List<TaskInstance> instances =
                run.instances().stream()
                        .filter(
                                each ->
                                        task.map(
                                                        label ->
                                                                label.equals(each.key().label())
                                                                        || label.equals(
                                                                                each.key().task()))
                                                .orElse(!each.state().isFinal()))
                        .toList();
        if (task.isPresent() && instances.isEmpty()) {
            throw new TidemarkException(
                    ErrorCode.INVALID_REQUEST,
                    "run "
                            + run.identity().name()
                            + " has no task '"
                            + task.get()
                            + "'; runs show "
                            + run.identity().name()
                            + " lists its tasks");
        }
        return instances;
    }

    private static String text(Answer answer) {
        RunView run = answer.run();
        StringBuilder text =
                new StringBuilder(
                        "%s of %s, number %d: %s%n"
                                .formatted(
                                        run.name(),
                                        run.pipeline(),
                                        run.number(),
                                        RunReport.word(run.state())));
        answer.conditions().forEach(each -> text.append(each.text()).append('\n'));
        if (!answer.tasks().isEmpty()) {
            text.append('\n').append(table(answer.tasks()));
        }
        if (answer.more() > 0) {
            text.append(Units.count(answer.more()))
                    .append(" more. Name a task to see what it waits for.\n");
        }
        return text.toString();
    }

    private static String table(List<Waiting> tasks) {
        return new Table(
                        List.of(Column.text("TASK"), Column.text("STATE"), Column.text("WHY")),
                        tasks.stream().map(WhyCommand::row).toList())
                .render(Terminal.ofStandardOutput());
    }

    private static List<Cell> row(Waiting task) {
        return List.of(
                Cell.of(task.instance().key().label()),
                Cell.of(RunReport.word(task.instance().state())),
                Cell.of(
                        task.conditions().stream()
                                .map(Condition::text)
                                .collect(Collectors.joining("; "))));
    }

    private static String json(Answer answer) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("run_id", answer.run().name()).put("pipeline", answer.run().pipeline());
        root.put("state", RunReport.word(answer.run().state()));
        json(root.putArray("conditions"), answer.conditions());
        ArrayNode tasks = root.putArray("tasks");
        for (Waiting task : answer.tasks()) {
            ObjectNode one = tasks.addObject().put("task", task.instance().key().label());
            one.put("state", RunReport.word(task.instance().state()));
            json(one.putArray("conditions"), task.conditions());
        }
        root.put("more", answer.more());
        return JsonMapper.shared().writeValueAsString(root);
    }

    private static void json(ArrayNode array, List<Condition> conditions) {
        for (Condition each : conditions) {
            ObjectNode one = array.addObject();
            one.put("kind", RunReport.word(each.kind())).put("text", each.text());
            ArrayNode tasks = one.putArray("tasks");
            each.tasks().forEach(key -> tasks.add(key.run() + "/" + key.label()));
            one.put("until", each.until().map(Instant::toString).orElse(null));
        }
    }
}
