package dev.tidemark;

import java.util.List;

/**
 * A task that runs once for each element of a list known only at run time. An empty list skips it.
 *
 * @param <T> the type of each instance's result
 */
public final class MappedTask<T> {
    private final Task<T> task;

    MappedTask(Task<T> task) {
        this.task = task;
    }

    /** The results of all instances, in the order of the elements. */
    public Input<List<T>> all() {
        return new Input.OfAll<>(this);
    }

    /** The handle behind it, for policies that hold for each instance. */
    public Task<T> task() {
        return task;
    }

    /** Tries an instance again after errors. */
    public MappedTask<T> retry(Retry retry) {
        task.retry(retry);
        return this;
    }

    /** An attempt of an instance holds slots of a pool. */
    public MappedTask<T> pool(Pool pool) {
        task.pool(pool);
        return this;
    }

    /** Says that running an instance twice is running it once, and how that comes. */
    public MappedTask<T> idempotent(String why) {
        task.idempotent(why);
        return this;
    }

    /** Says that what {@code tidemark lint} finds in it by a rule is meant, and why. */
    public MappedTask<T> allows(String rule, String why) {
        task.allows(rule, why);
        return this;
    }

    /** The longest an attempt of an instance may take. */
    public MappedTask<T> timeout(String duration) {
        task.timeout(duration);
        return this;
    }
}
