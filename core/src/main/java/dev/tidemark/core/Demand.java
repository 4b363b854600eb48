package dev.tidemark.core;

import dev.tidemark.Pool;
import dev.tidemark.TaskDefinition;
import java.util.Optional;

/**
 * What an attempt needs besides a slot of the engine. Instances with the same demand wait in one
 * lane: as long as the first of them may not start, none may.
 *
 * @param pool whose slots it holds; empty for none
 * @param weight how many of them
 * @param share its pipeline's part of the engine
 * @param priority minutes of waiting that it has ahead of others
 */
record Demand(Optional<PoolKey> pool, int weight, Share share, int priority) {
    private static final Demand PLAIN = new Demand(Optional.empty(), 0, Share.WHOLE, 0);

    /**
     * How many attempts a pipeline may have at once. Versions of a pipeline may differ in it; all
     * attempts of the pipeline count towards each.
     *
     * @param pipeline its name; of no meaning where there is no limit
     */
    record Share(String pipeline, int most) {
        /** That of all pipelines without a limit. */
        static final Share WHOLE = new Share("", Integer.MAX_VALUE);

        boolean isLimited() {
            return most < Integer.MAX_VALUE;
        }

        private static Share of(Run run) {
            return run.graph().definition().limits().maxActiveTasks().stream()
                    .mapToObj(most -> new Share(run.identity().pipeline(), most))
                    .findFirst()
                    .orElse(WHOLE);
        }
    }

    static Demand of(Run run, TaskDefinition task) {
        TaskDefinition.Limits limits = task.limits();
        boolean alone = run.graph().definition().limits().maxActiveTasks().isEmpty();
        if (alone && limits.pool().isEmpty() && limits.priority() == 0) {
            return PLAIN;
        }
        return new Demand(
                limits.pool().map(pool -> new PoolKey(pool.name(), value(run, pool))),
                limits.pool().map(Pool::weight).orElse(0),
                Share.of(run),
                limits.priority());
    }

    private static Optional<String> value(Run run, Pool pool) {
        return pool.per().map(run::parameter);
    }
}
