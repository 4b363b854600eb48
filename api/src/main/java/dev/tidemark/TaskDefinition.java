package dev.tidemark;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A task as plain data.
 *
 * @param name unique in its pipeline
 * @param edges what it waits for
 * @param policy how it runs
 * @param assets what it reads and leaves
 * @param limits what it shares with others, and whom it goes before
 */
public record TaskDefinition(
        String name, Edges edges, Policy policy, Assets assets, Limits limits) {
    public TaskDefinition {
        Names.check("task", name);
    }

    /** A task that needs nothing but a slot of the engine. */
    public TaskDefinition(String name, Edges edges, Policy policy, Assets assets) {
        this(name, edges, policy, assets, Limits.NONE);
    }

    /**
     * What a task waits for.
     *
     * @param inputs the results it takes, in the order of its parameters
     * @param after names of further tasks it waits for without taking anything
     * @param rule when it runs, given how all these ended
     */
    public record Edges(List<InputDefinition> inputs, List<String> after, TriggerRule rule) {
        public Edges {
            inputs = List.copyOf(inputs);
            after = List.copyOf(after);
        }

        /** Names of all tasks waited for, each once, inputs first. */
        public List<String> upstreams() {
            return java.util.stream.Stream.concat(
                            inputs.stream().map(InputDefinition::task), after.stream())
                    .distinct()
                    .toList();
        }

        /** The task over whose list this one fans out. */
        public Optional<String> mapsOver() {
            return inputs.stream()
                    .filter(input -> input.form() == InputDefinition.Form.ELEMENT)
                    .map(InputDefinition::task)
                    .findFirst();
        }
    }

    /**
     * How a task runs.
     *
     * @param retry which errors are tried again
     * @param timeout the longest an attempt may take
     * @param mayFail whether its failure leaves the run's success alone
     * @param mostlyWaits whether it needs no thread of its own while it waits
     */
    public record Policy(Retry retry, Duration timeout, boolean mayFail, boolean mostlyWaits) {
        /** No retry, a day at most. */
        public static final Policy DEFAULT =
                new Policy(Retry.none(), Duration.ofDays(1), false, false);

        public Policy {
            if (timeout.isNegative() || timeout.isZero()) {
                throw new TidemarkException(
                        ErrorCode.INVALID_DEFINITION, "a time-out of " + timeout + " is no time");
            }
        }

        Policy with(Retry changed) {
            return new Policy(changed, timeout, mayFail, mostlyWaits);
        }

        Policy within(Duration changed) {
            return new Policy(retry, changed, mayFail, mostlyWaits);
        }

        Policy tolerated() {
            return new Policy(retry, timeout, true, mostlyWaits);
        }

        Policy waiting() {
            return new Policy(retry, timeout, mayFail, true);
        }
    }

    /**
     * What a task reads and leaves.
     *
     * @param produces names of assets it publishes
     * @param consumes names of assets it reads
     * @param effects what is known of all it does outside
     * @param advances the name of the watermark that it advances
     */
    public record Assets(
            List<String> produces,
            List<String> consumes,
            Effects effects,
            Optional<String> advances) {
        public static final Assets NONE = new Assets(List.of(), List.of());

        public Assets {
            produces = List.copyOf(produces);
            consumes = List.copyOf(consumes);
        }

        /** Assets of a task whose code nobody has looked at. */
        public Assets(List<String> produces, List<String> consumes) {
            this(produces, consumes, Effects.UNSEEN);
        }

        /** Assets of a task that advances no watermark. */
        public Assets(List<String> produces, List<String> consumes, Effects effects) {
            this(produces, consumes, effects, Optional.empty());
        }
    }

    /** What is known of all it does outside. */
    public Effects effects() {
        return assets.effects();
    }

    /** The same task, of which something else is known. */
    public TaskDefinition with(Effects effects) {
        return new TaskDefinition(
                name,
                edges,
                policy,
                new Assets(assets.produces(), assets.consumes(), effects, assets.advances()),
                limits);
    }

    /**
     * What a task shares with others, and whom it goes before.
     *
     * @param pool what it needs of a pool
     * @param priority the minutes of waiting that it has ahead of others, {@link #MIN_PRIORITY} to
     *     {@link #MAX_PRIORITY}
     */
    public record Limits(Optional<Pool> pool, int priority) {
        /** Bounded, so that what waits goes before whatever comes more than 200 minutes later. */
        public static final int MAX_PRIORITY = 100;

        public static final int MIN_PRIORITY = -MAX_PRIORITY;

        /** No pool, and no priority over anybody. */
        public static final Limits NONE = new Limits(Optional.empty(), 0);

        public Limits {
            if (priority < MIN_PRIORITY || priority > MAX_PRIORITY) {
                throw new TidemarkException(
                        ErrorCode.INVALID_DEFINITION,
                        "a priority must be "
                                + MIN_PRIORITY
                                + " to "
                                + MAX_PRIORITY
                                + " minutes, not "
                                + priority);
            }
        }

        Limits in(Pool changed) {
            return new Limits(Optional.of(changed), priority);
        }

        Limits with(int changed) {
            return new Limits(pool, changed);
        }
    }
}
