package dev.tidemark.bench;

import java.sql.SQLException;

/**
 * The least that a durable store of task states can do: for each transition one guarded UPDATE of
 * one row, and one row of 120 bytes into a history; each commit is synced. It has no graph, no
 * attempts, no results, and nobody who asks it.
 */
interface BareStore extends AutoCloseable {
    /** About what a change is as JSON. */
    String PAYLOAD = "x".repeat(120);

    /** Tasks that wait, in place of all that were there. */
    void fill(int tasks) throws SQLException;

    /**
     * Moves tasks on, in one commit.
     *
     * @param from the state that each of them has to be in; it gets to the next one
     */
    void commit(int[] tasks, int[] from) throws SQLException;

    @Override
    void close() throws SQLException;

    /** One task after the other: each commit ends one, and starts the next. */
    default double sequentialMillis(int tasks) throws SQLException {
        fill(tasks);
        long start = System.nanoTime();
        commit(new int[] {0}, new int[] {0});
        for (int task = 0; task + 1 < tasks; task++) {
            commit(new int[] {task, task + 1}, new int[] {1, 0});
        }
        commit(new int[] {tasks - 1}, new int[] {1});
        return Nanos.millis(System.nanoTime() - start);
    }

    /** As many at once as there are slots: each commit ends all that run, and starts as many. */
    default double batchedPerSecond(int tasks, int slots) throws SQLException {
        fill(tasks);
        long start = System.nanoTime();
        for (int first = 0; first < tasks + slots; first += slots) {
            int ends = first == 0 ? 0 : Math.min(slots, tasks - first + slots);
            int starts = Math.clamp((long) tasks - first, 0, slots);
            int[] moved = new int[ends + starts];
            int[] from = new int[ends + starts];
            for (int i = 0; i < ends; i++) {
                moved[i] = first - slots + i;
                from[i] = 1;
            }
            for (int i = 0; i < starts; i++) {
                moved[ends + i] = first + i;
            }
            commit(moved, from);
        }
        return tasks / Nanos.seconds(System.nanoTime() - start);
    }
}
