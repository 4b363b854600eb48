package dev.tidemark.engine;

import dev.tidemark.Classification;
import dev.tidemark.ErrorClass;
import dev.tidemark.Pipeline;
import dev.tidemark.ProtocolStep;
import dev.tidemark.ResultType;
import dev.tidemark.SkipException;
import dev.tidemark.TaskDefinition;
import dev.tidemark.TaskException;
import dev.tidemark.TaskFunction;
import dev.tidemark.core.Event;
import dev.tidemark.core.Outcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs attempts in this process: on platform threads, since native calls pin virtual ones, and on
 * virtual threads where the task mostly waits. How many run at once is decided elsewhere.
 */
public final class InProcessExecutor implements Executor {
    private static final Duration CLOSING = Duration.ofSeconds(2);
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private final Workplace workplace;
    private final ExecutorService platform;
    private final ExecutorService virtual;

    /** By token. Attempts are there from their start until their end was told. */
    private final Map<Long, Attempt> attempts = new ConcurrentHashMap<>();

    /** Runs what tells how an attempt ended, and perhaps what follows from it. */
    private volatile Consumer<Runnable> leader = Runnable::run;

    /** How many attempts are on platform threads, or wait for one. */
    private final AtomicInteger computing = new AtomicInteger();

    /** Attempts that wait for a platform thread, first come first. */
    private final Queue<Attempt> pending = new ConcurrentLinkedQueue<>();

    /** How many threads were called and have not come yet. */
    private final AtomicInteger called = new AtomicInteger();

    /** Whether the thread looks for what is pending as soon as it has told how an attempt ended. */
    private static final ThreadLocal<Boolean> COMES_BACK = ThreadLocal.withInitial(() -> false);

    /** By pipeline and version. Filled by whoever loads code, read by attempts. */
    private final Map<String, Loaded> code = new ConcurrentHashMap<>();

    /**
     * Code at hand.
     *
     * @param waiting its tasks that mostly wait
     */
    private record Loaded(PipelineCode code, Set<String> waiting) {
        private static Loaded of(PipelineCode code) {
            return new Loaded(
                    code,
                    code.pipeline().definition().tasks().stream()
                            .filter(task -> task.policy().mostlyWaits())
                            .map(TaskDefinition::name)
                            .collect(Collectors.toUnmodifiableSet()));
        }
    }

    public InProcessExecutor(Workplace workplace) {
        this(workplace, Thread.ofPlatform().name("attempt-", 1).daemon(true).factory());
    }

    InProcessExecutor(Workplace workplace, ThreadFactory threads) {
        this.workplace = workplace;
        this.platform = Executors.newCachedThreadPool(threads);
        this.virtual =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("attempt-", 1).factory());
    }

    /** Makes the code of a pipeline's version known. */
    public void load(PipelineCode loaded) {
        code.put(key(loaded.pipeline().definition().name(), loaded.version()), Loaded.of(loaded));
    }

    private static String key(String pipeline, String version) {
        return pipeline + "@" + version;
    }

    /**
     * Lets the threads of attempts do more than tell how those ended: as long as no more of them
     * compute than there are processors. With more, others end soon, and are better told together.
     *
     * @param by is given what tells it
     */
    void lead(Consumer<Runnable> by) {
        leader = by;
    }

    /** An attempt, from its start to when its end was told. */
    private final class Attempt implements Runnable {
        private final AttemptOrder order;
        private final Consumer<Event> report;
        private final FutureTask<@Nullable Void> code;
        private @Nullable Outcome outcome;

        /** Set by whoever stops it, read by its thread: from then on it publishes nothing. */
        private volatile boolean stopped;

        private Attempt(AttemptOrder order, PipelineCode loaded, Consumer<Event> report) {
            this.order = order;
            this.report = report;
            this.code =
                    new FutureTask<>(
                            () ->
                                    outcome =
                                            InProcessExecutor.this.run(
                                                    order, loaded, () -> stopped),
                            null);
        }

        @Override
        public void run() {
            code.run();
            // From here on nothing interrupts this thread, and what did is the task's affair.
            boolean _ = Thread.interrupted();
            Outcome end = outcome;
            if (end != null) {
                long token = order.token().number();
                Event event = new Event.AttemptReported(order.key(), token, end);
                if (computing.get() > PROCESSORS || Thread.currentThread().isVirtual()) {
                    report.accept(event);
                } else {
                    lead(() -> report.accept(event));
                }
                attempts.remove(token); // Not before: it has to be known of throughout.
            }
        }

        private void lead(Runnable tell) {
            COMES_BACK.set(true);
            try {
                leader.accept(tell);
            } finally {
                COMES_BACK.remove();
            }
        }

        private void stop() {
            stopped = true;
            code.cancel(true);
        }
    }

    /**
     * Calls a thread, unless enough are on their way: each that comes calls the next. To wake one
     * costs more than a short attempt; those that are awake may have done all by then.
     */
    private void call() {
        int onTheirWay = called.get();
        if (onTheirWay < PROCESSORS && called.compareAndSet(onTheirWay, onTheirWay + 1)) {
            try {
                platform.execute(this::come);
            } catch (RejectedExecutionException | OutOfMemoryError e) {
                called.decrementAndGet(); // Nobody comes.
                throw e;
            }
        }
    }

    /** Runs what is pending, one after the other. */
    private void come() {
        called.decrementAndGet(); // Before it looks: what comes after that calls again.
        for (Attempt next = next(); next != null; next = next()) {
            try {
                callNext();
                next.run();
            } finally {
                computing.decrementAndGet();
            }
        }
    }

    private @Nullable Attempt next() {
        // What interrupts a thread between two attempts means neither, or that all is over.
        boolean _ = Thread.interrupted();
        return platform.isShutdown() ? null : pending.poll();
    }

    private void callNext() {
        if (pending.isEmpty()) {
            return;
        }
        try {
            call();
        } catch (RejectedExecutionException | OutOfMemoryError _) {
            // There are no more threads: this one goes on with what is pending.
        }
    }

    @Override
    public void start(AttemptOrder order, Consumer<Event> report) {
        Loaded loaded =
                Objects.requireNonNull(
                        code.get(key(order.writer().pipeline(), order.writer().version())));
        Attempt attempt = new Attempt(order, loaded.code(), report);
        attempts.put(order.token().number(), attempt);
        if (loaded.waiting().contains(order.key().task())) {
            virtual.execute(attempt);
            return;
        }
        computing.incrementAndGet();
        pending.add(attempt);
        if (COMES_BACK.get()) {
            COMES_BACK.set(false);
        } else {
            call();
        }
    }

    @Override
    public void stop(long token) {
        Attempt attempt = attempts.remove(token);
        if (attempt != null) {
            attempt.stop();
        }
    }

    @Override
    public Set<Long> running() {
        return Set.copyOf(attempts.keySet());
    }

    @Override
    public void close() {
        platform.shutdownNow();
        virtual.shutdownNow();
        try {
            platform.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
            virtual.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Outcome run(AttemptOrder order, PipelineCode loaded, BooleanSupplier stopped) {
        try (AttemptLog log =
                new AttemptLog(
                        workplace
                                .home()
                                .log(
                                        order.writer().pipeline(),
                                        order.writer().run(),
                                        order.key().label(),
                                        order.writer().attempt()),
                        workplace.clock())) {
            AttemptContext context =
                    new AttemptContext(
                            order,
                            workplace,
                            new AttemptContext.Surroundings(loaded.folder(), stopped),
                            log);
            Outcome[] outcome = new Outcome[1];
            StandardStreams.into(log, () -> outcome[0] = attempt(order, loaded, context, log));
            return Objects.requireNonNull(outcome[0]);
        } catch (Throwable e) {
            // What the code threw threw in turn when it was asked what it is.
            return new Outcome.Failed(ErrorClass.UNKNOWN, e.getClass().getName(), Optional.empty());
        }
    }

    private static Outcome attempt(
            AttemptOrder order, PipelineCode loaded, AttemptContext context, AttemptLog log) {
        String label = order.key().label();
        log.note(() -> "attempt " + order.writer().attempt() + " of " + label + " starts");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            context.reached(ProtocolStep.STARTED, "");
            Pipeline.Body body = loaded.pipeline().body(order.key().task());
            thread.setContextClassLoader(body.function().getClass().getClassLoader());
            @Nullable Object result = call(body.function(), context, arguments(order, loaded));
            Outcome outcome =
                    new Outcome.Succeeded(
                            Results.write(label, body.result(), result), context.evidence());
            log.note(() -> "attempt " + order.writer().attempt() + " of " + label + " succeeded");
            context.reached(ProtocolStep.RETURNED, "");
            return outcome;
        } catch (SkipException e) {
            log.line("skipped: " + e.getMessage());
            return new Outcome.Skipped(String.valueOf(e.getMessage()));
        } catch (Throwable e) {
            // Whatever the author's code throws ends its attempt, and nothing else.
            return failed(e, log);
        } finally {
            thread.setContextClassLoader(before); // A turn may be taken here.
        }
    }

    private static Outcome failed(Throwable error, AttemptLog log) {
        ErrorClass errorClass = Classification.of(error);
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        log.line("failed, " + errorClass + ": " + trace);
        Optional<Duration> retryAfter =
                error instanceof TaskException known ? known.retryAfter() : Optional.empty();
        return new Outcome.Failed(errorClass, Messages.of(error), retryAfter);
    }

    private static @Nullable Object[] arguments(AttemptOrder order, PipelineCode loaded) {
        return order.arguments().stream()
                .map(argument -> value(argument, loaded.pipeline().body(argument.task()).result()))
                .toArray();
    }

    private static @Nullable Object value(AttemptOrder.Argument argument, ResultType type) {
        return switch (argument) {
            case AttemptOrder.Argument.Value(String task, String json) ->
                    Results.read(task, type, json);
            case AttemptOrder.Argument.Perhaps(String task, Optional<String> json) ->
                    json.map(text -> Results.read(task, type, text));
            case AttemptOrder.Argument.All(String task, List<String> json) ->
                    json.stream().map(text -> Results.read(task, type, text)).toList();
            case AttemptOrder.Argument.Element(String task, String json, int element) ->
                    Results.readElement(task, type, json, element);
        };
    }

    /** The builder saw to it that the arguments have the types that the code takes. */
    @SuppressWarnings("unchecked")
    private static @Nullable Object call(
            TaskFunction function, AttemptContext task, @Nullable Object[] a) throws Exception {
        return switch (function) {
            case TaskFunction.Of0<?> code -> code.run(task);
            case TaskFunction.Of1<?, ?> code ->
                    ((TaskFunction.Of1<@Nullable Object, ?>) code).run(task, a[0]);
            case TaskFunction.Of2<?, ?, ?> code ->
                    ((TaskFunction.Of2<@Nullable Object, @Nullable Object, ?>) code)
                            .run(task, a[0], a[1]);
            case TaskFunction.Of3<?, ?, ?, ?> code ->
                    ((TaskFunction.Of3<@Nullable Object, @Nullable Object, @Nullable Object, ?>)
                                    code)
                            .run(task, a[0], a[1], a[2]);
            case TaskFunction.Of4<?, ?, ?, ?, ?> code ->
                    ((TaskFunction.Of4<
                                            @Nullable Object,
                                            @Nullable Object,
                                            @Nullable Object,
                                            @Nullable Object,
                                            ?>)
                                    code)
                            .run(task, a[0], a[1], a[2], a[3]);
        };
    }
}
