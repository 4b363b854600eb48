package dev.tidemark.bench;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/**
 * db-scheduler: one row a task, removed when it is done; it keeps no history and has no graph. Set
 * as its documentation says for throughput: it locks and fetches in one statement, with many
 * threads; it also polls every millisecond and begins at once what was scheduled here, for the
 * chain. A task of the chain is replaced by the next when it completes, in one statement.
 */
final class DbScheduler implements Peer {
    private static final String VERSION = "16.12.0";
    private static final int THREADS = 32;
    private static final double FETCH_BELOW = 0.5;
    private static final double FETCH_UP_TO = 4.0;
    private static final TaskDescriptor<Integer> LINK = TaskDescriptor.of("link", Integer.class);
    private static final TaskDescriptor<Void> SINGLE = TaskDescriptor.of("single");

    private final DataSource pool;
    private final InstantSource clock;
    private volatile CountDownLatch left = new CountDownLatch(0);

    DbScheduler(DataSource pool, InstantSource clock) throws SQLException {
        this.pool = pool;
        this.clock = clock;
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    CREATE TABLE IF NOT EXISTS scheduled_tasks (
                        task_name TEXT NOT NULL,
                        task_instance TEXT NOT NULL,
                        task_data BYTEA,
                        execution_time TIMESTAMPTZ NOT NULL,
                        picked BOOLEAN NOT NULL,
                        picked_by TEXT,
                        last_success TIMESTAMPTZ,
                        last_failure TIMESTAMPTZ,
                        consecutive_failures INT,
                        last_heartbeat TIMESTAMPTZ,
                        version BIGINT NOT NULL,
                        priority SMALLINT,
                        PRIMARY KEY (task_name, task_instance))
                    """);
            statement.execute(
                    "CREATE INDEX IF NOT EXISTS execution_time_idx"
                            + " ON scheduled_tasks (execution_time)");
            statement.execute(
                    "CREATE INDEX IF NOT EXISTS last_heartbeat_idx"
                            + " ON scheduled_tasks (last_heartbeat)");
        }
    }

    @Override
    public String name() {
        return "db-scheduler " + VERSION;
    }

    private Scheduler scheduler() {
        CustomTask<Integer> link =
                Tasks.custom(LINK)
                        .execute(
                                (task, context) -> {
                                    left.countDown();
                                    int more = task.getData() - 1;
                                    return more == 0
                                            ? new CompletionHandler.OnCompleteRemove<>()
                                            : new CompletionHandler.OnCompleteReplace<>(LINK, more);
                                });
        OneTimeTask<Void> single =
                Tasks.oneTime(SINGLE).execute((task, context) -> left.countDown());
        return Scheduler.create(pool, link, single)
                .threads(THREADS)
                .pollUsingLockAndFetch(FETCH_BELOW, FETCH_UP_TO)
                .pollingInterval(Duration.ofMillis(1))
                .enableImmediateExecution()
                .build();
    }

    @Override
    public double chainMillis(int tasks) throws Exception {
        Scheduler scheduler = scheduler();
        scheduler.start();
        try {
            left = new CountDownLatch(tasks);
            long start = System.nanoTime();
            scheduler.schedule(
                    LINK.instance("of-" + tasks).data(tasks).scheduledTo(clock.instant()));
            left.await();
            return Nanos.millis(System.nanoTime() - start);
        } finally {
            scheduler.stop();
        }
    }

    @Override
    public double widePerSecond(int tasks) throws Exception {
        left = new CountDownLatch(tasks);
        Scheduler scheduler = scheduler();
        List<TaskInstance<?>> all =
                IntStream.range(0, tasks)
                        .<TaskInstance<?>>mapToObj(i -> SINGLE.instance("single-" + i).build())
                        .toList();
        long start = System.nanoTime();
        scheduler.scheduleBatch(all, clock.instant());
        scheduler.start();
        try {
            left.await();
            return tasks / Nanos.seconds(System.nanoTime() - start);
        } finally {
            scheduler.stop();
        }
    }

    @Override
    public void close() {}
}
