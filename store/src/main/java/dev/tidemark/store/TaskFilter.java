package dev.tidemark.store;

import dev.tidemark.ErrorCode;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskState;
import java.util.List;
import java.util.Optional;

/**
 * Which task instances of a run to show: {@code TaskFilter.ALL.state(FAILED).limit(20)}.
 *
 * @param task only instances of the task with this name
 * @param after only instances that come later than this place; for the next page
 * @param limit how many at most
 */
public record TaskFilter(
        Optional<String> task, Optional<TaskState> state, Optional<Place> after, int limit) {
    public static final int DEFAULT_LIMIT_INSTANCES = 100;

    /** A page is held in memory as a whole. */
    public static final int MAX_LIMIT_INSTANCES = 10_000;

    /** The first of all. */
    public static final TaskFilter ALL =
            new TaskFilter(
                    Optional.empty(), Optional.empty(), Optional.empty(), DEFAULT_LIMIT_INSTANCES);

    /** Comes before all elements of a task, and before the one instance of one without elements. */
    static final int BEFORE_ALL = TaskKey.NONE - 1;

    /**
     * A place in the order of instances. Nothing needs to stand there: whoever turns pages goes on
     * where he was, also when a task was expanded, or waits again as a whole, meanwhile.
     *
     * @param element {@link TaskKey#NONE} for a task that is not mapped
     */
    public record Place(String task, int element) {
        public static Place of(TaskKey key) {
            return new Place(key.task(), key.element());
        }
    }

    public TaskFilter {
        if (limit < 1 || limit > MAX_LIMIT_INSTANCES) {
            throw new TidemarkException(
                    ErrorCode.INVALID_REQUEST,
                    "the limit must be 1 to "
                            + MAX_LIMIT_INSTANCES
                            + " task instances, not "
                            + limit
                            + "; ask for more page by page");
        }
    }

    public TaskFilter task(String only) {
        return new TaskFilter(Optional.of(only), state, after, limit);
    }

    public TaskFilter state(TaskState only) {
        return new TaskFilter(task, Optional.of(only), after, limit);
    }

    public TaskFilter after(Place place) {
        return new TaskFilter(task, state, Optional.of(place), limit);
    }

    public TaskFilter limit(int atMost) {
        return new TaskFilter(task, state, after, atMost);
    }

    /**
     * The tasks to look through, in order, of those of the run's graph.
     *
     * @throws TidemarkException where the page begins after a task that the run does not have
     */
    List<String> among(long run, List<String> graph) {
        int first = after.map(place -> graph.indexOf(place.task())).orElse(0);
        if (first < 0) {
            throw unknownPlace(run);
        }
        return graph.subList(first, graph.size()).stream()
                .filter(name -> task.orElse(name).equals(name))
                .toList();
    }

    /** The element of a task after which to look. */
    int afterElementOf(String name) {
        return after.filter(place -> place.task().equals(name))
                .map(Place::element)
                .orElse(BEFORE_ALL);
    }

    /** Not an empty page, which would look like the end. */
    TidemarkException unknownPlace(long run) {
        return new TidemarkException(
                ErrorCode.INVALID_REQUEST,
                "run "
                        + run
                        + " has no task '"
                        + after.map(Place::task).orElse("")
                        + "' for a page to begin after; begin with the first page: a run that is"
                        + " taken up under another version has the tasks of that version");
    }
}
