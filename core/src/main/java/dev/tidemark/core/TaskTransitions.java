package dev.tidemark.core;

import static dev.tidemark.core.TaskSignal.CANCEL;
import static dev.tidemark.core.TaskSignal.CLEAR;
import static dev.tidemark.core.TaskSignal.FAIL;
import static dev.tidemark.core.TaskSignal.READY;
import static dev.tidemark.core.TaskSignal.RETRY;
import static dev.tidemark.core.TaskSignal.SKIP;
import static dev.tidemark.core.TaskSignal.START;
import static dev.tidemark.core.TaskSignal.SUCCEED;
import static dev.tidemark.core.TaskSignal.UPSTREAM_FAIL;
import static dev.tidemark.core.TaskState.CANCELLED;
import static dev.tidemark.core.TaskState.FAILED;
import static dev.tidemark.core.TaskState.QUEUED;
import static dev.tidemark.core.TaskState.RETRYING;
import static dev.tidemark.core.TaskState.RUNNING;
import static dev.tidemark.core.TaskState.SKIPPED;
import static dev.tidemark.core.TaskState.SUCCEEDED;
import static dev.tidemark.core.TaskState.UPSTREAM_FAILED;
import static dev.tidemark.core.TaskState.WAITING;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Every legal way of a task instance. What is not in this table does not happen. */
public final class TaskTransitions {
    /** One legal way. */
    public record Way(TaskState from, TaskSignal signal, TaskState to) {}

    /** The table. {@code docs/states.md} is drawn from it. */
    public static final List<Way> ALL =
            List.of(
                    new Way(WAITING, READY, QUEUED),
                    new Way(WAITING, START, RUNNING),
                    new Way(WAITING, SUCCEED, SUCCEEDED),
                    new Way(WAITING, SKIP, SKIPPED),
                    new Way(WAITING, UPSTREAM_FAIL, UPSTREAM_FAILED),
                    new Way(WAITING, FAIL, FAILED),
                    new Way(WAITING, CANCEL, CANCELLED),
                    //
                    new Way(QUEUED, START, RUNNING),
                    new Way(QUEUED, CANCEL, CANCELLED),
                    new Way(QUEUED, CLEAR, WAITING),
                    //
                    new Way(RUNNING, SUCCEED, SUCCEEDED),
                    new Way(RUNNING, SKIP, SKIPPED),
                    new Way(RUNNING, FAIL, FAILED),
                    new Way(RUNNING, RETRY, RETRYING),
                    new Way(RUNNING, CANCEL, CANCELLED),
                    new Way(RUNNING, CLEAR, WAITING),
                    //
                    new Way(RETRYING, READY, QUEUED),
                    new Way(RETRYING, START, RUNNING),
                    new Way(RETRYING, CANCEL, CANCELLED),
                    new Way(RETRYING, CLEAR, WAITING),
                    //
                    new Way(SUCCEEDED, CLEAR, WAITING),
                    new Way(FAILED, CLEAR, WAITING),
                    new Way(SKIPPED, CLEAR, WAITING),
                    new Way(UPSTREAM_FAILED, CLEAR, WAITING),
                    new Way(CANCELLED, CLEAR, WAITING));

    /** The same, to look up: each change of a task asks. */
    private static final Map<TaskState, Set<TaskState>> BY_STATE =
            ALL.stream()
                    .collect(
                            Collectors.groupingBy(
                                    Way::from,
                                    () -> new EnumMap<>(TaskState.class),
                                    Collectors.mapping(
                                            Way::to,
                                            Collectors.toCollection(
                                                    () -> EnumSet.noneOf(TaskState.class)))));

    private TaskTransitions() {}

    /** Whether some signal leads from one to the other. */
    public static boolean isLegal(TaskState from, TaskState to) {
        return BY_STATE.getOrDefault(from, Set.of()).contains(to);
    }
}
