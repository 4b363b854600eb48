package dev.tidemark.bench;

import dev.dbos.transact.DBOS;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/**
 * DBOS Transact: a workflow is a method, and each of its steps one durable row. Workflows are
 * called directly, not put into a queue, which it polls once a second. The chain is one workflow.
 * Independent tasks are the steps of eight workflows side by side: a workflow a task would cost it
 * three writes instead of one.
 */
final class Dbos implements Peer {
    private static final int CALLERS = 8;

    private final DBOS dbos;
    private final Steps steps;

    /** What DBOS makes durable; it asks for an interface. */
    interface Steps {
        int run(int steps);
    }

    private static final class InOrder implements Steps {
        private final DBOS dbos;

        private InOrder(DBOS dbos) {
            this.dbos = dbos;
        }

        @Override
        @Workflow(name = "steps")
        public int run(int count) {
            int last = 0;
            for (int i = 0; i < count; i++) {
                int number = i;
                last = dbos.runStep(() -> number, "step");
            }
            return last;
        }
    }

    Dbos(DataSource pool) {
        dbos = new DBOS(DBOSConfig.defaults("bench").withDataSource(pool).withAppVersion("bench"));
        steps = dbos.registerProxy(Steps.class, new InOrder(dbos));
        dbos.launch();
    }

    @Override
    public String name() {
        return "DBOS Transact " + DBOS.version();
    }

    @Override
    public double chainMillis(int tasks) {
        long start = System.nanoTime();
        steps.run(tasks);
        return Nanos.millis(System.nanoTime() - start);
    }

    @Override
    public double widePerSecond(int tasks) throws Exception {
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            long start = System.nanoTime();
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                all.add(callers.submit(() -> steps.run(tasks / CALLERS)));
            }
            for (Future<Integer> each : all) {
                each.get();
            }
            return tasks / Nanos.seconds(System.nanoTime() - start);
        }
    }

    @Override
    public void close() {
        dbos.close();
    }
}
