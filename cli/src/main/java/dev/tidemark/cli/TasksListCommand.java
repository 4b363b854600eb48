package dev.tidemark.cli;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskState;
import dev.tidemark.store.RunView;
import dev.tidemark.store.StoreReader;
import dev.tidemark.store.TaskFilter;
import dev.tidemark.store.TaskView;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code tidemark tasks list}: the task instances of a run, page by page. */
final class TasksListCommand implements Command {
    /** What {@link TaskKey#label} writes. */
    private static final Pattern LABEL = Pattern.compile("([^\\[\\]]+)(?:\\[([0-9]{1,9})])?");

    private final Syntax syntax =
            new Syntax(
                    "list",
                    this,
                    "Lists the task instances of a run page by page: tasks in the order of the"
                            + " graph, elements of mapped tasks in theirs.");

    private final StateOptions state = new StateOptions(syntax);
    private final RunParameter run = new RunParameter(syntax);

    private final Given<Optional<String>> task =
            syntax.option("--task=TASK", String.class, "Only instances of this task.");

    private final Given<Optional<TaskState>> inState =
            syntax.option("--state=STATE", TaskState.class, "Only instances in this state.");

    private final Given<Optional<String>> after =
            syntax.option(
                    "--after=TASK[ELEMENT]",
                    String.class,
                    "Only instances that come later than this one, as in train or train[3].");

    private final Given<Integer> limit =
            syntax.option(
                    "--limit=N",
                    Integer.class,
                    TaskFilter.DEFAULT_LIMIT_INSTANCES,
                    "How many at most, up to " + TaskFilter.MAX_LIMIT_INSTANCES + ".");

    private final Given<Boolean> json =
            syntax.flag(
                    "--json",
                    "Prints one JSON object. Its next_after is what --after takes for the next"
                            + " page, and null on the last.");

    @Override
    public Syntax syntax() {
        return syntax;
    }

    /** Some of the instances, and what the next page begins after, where there is one. */
    private record Page(RunView run, List<TaskView> tasks, Optional<String> nextAfter) {}

    @Override
    public ExitCode run() {
        TaskFilter filter = TaskFilter.ALL.limit(limit.value());
        filter = task.value().map(filter::task).orElse(filter);
        filter = inState.value().map(filter::state).orElse(filter);
        filter = after.value().map(this::place).map(filter::after).orElse(filter);
        try (StoreReader store = state.read()) {
            Page page = page(store, filter);
            syntax.out().print(json.value() ? json(page) + "\n" : text(page));
            syntax.out().flush();
            return ExitCode.DONE;
        }
    }

    private TaskFilter.Place place(String label) {
        Matcher parts = LABEL.matcher(label);
        if (!parts.matches()) {
            throw syntax.misuse(
                    "--after takes a task instance, as in train or train[3], not '" + label + "'");
        }
        int element =
                Optional.ofNullable(parts.group(2)).map(Integer::parseInt).orElse(TaskKey.NONE);
        return new TaskFilter.Place(parts.group(1), element);
    }

    private Page page(StoreReader store, TaskFilter filter) {
        RunView found = run.in(store);
        List<TaskView> tasks = store.tasks(found.number(), filter);
        if (tasks.isEmpty()) {
            refuseUnknownTask(store, found);
        }
        if (tasks.size() < filter.limit()) {
            return new Page(found, tasks, Optional.empty());
        }
        // A full page may be the last one: only another look tells.
        TaskKey last = tasks.getLast().task();
        TaskFilter next = filter.after(TaskFilter.Place.of(last)).limit(1);
        return new Page(
                found,
                tasks,
                store.tasks(found.number(), next).isEmpty()
                        ? Optional.empty()
                        : Optional.of(last.label()));
    }

    private void refuseUnknownTask(StoreReader store, RunView found) {
        task.value()
                .filter(name -> !hasTask(store, found, name))
                .ifPresent(
                        name -> {
                            throw new TidemarkException(
                                    ErrorCode.INVALID_REQUEST,
                                    "run "
                                            + found.name()
                                            + " has no task '"
                                            + name
                                            + "'; runs show "
                                            + found.name()
                                            + " lists its tasks");
                        });
    }

    private static boolean hasTask(StoreReader store, RunView run, String name) {
        return store.definition(run.pipeline(), run.version()).stream()
                .flatMap(definition -> definition.tasks().stream())
                .anyMatch(task -> task.name().equals(name));
    }

    private static String text(Page page) {
        if (page.tasks().isEmpty()) {
            return "No task instances.\n";
        }
        // In quotes, since brackets mean something to shells.
        String more =
                page.nextAfter()
                        .map(last -> "There are more: add --after='" + last + "' to go on.\n")
                        .orElse("");
        return TaskText.instances(page.tasks()) + more;
    }

    private static String json(Page page) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("run_id", page.run().name()).put("pipeline", page.run().pipeline());
        ArrayNode tasks = root.putArray("tasks");
        for (TaskView task : page.tasks()) {
            RunReport.json(tasks.addObject(), task)
                    .put("losses", task.tally().losses())
                    .put("message", task.message());
        }
        root.put("next_after", page.nextAfter().orElse(null));
        return JsonMapper.shared().writeValueAsString(root);
    }
}
