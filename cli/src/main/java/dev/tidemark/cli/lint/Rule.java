package dev.tidemark.cli.lint;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is looked for. {@code docs/lint.md} explains each. */
public enum Rule {
    /** Code asks for the time of day. */
    WALL_CLOCK,
    /** SQL asks for the time of day. */
    WALL_CLOCK_IN_SQL,
    /** What a task publishes may come from random numbers that no seed decides. */
    RANDOMNESS,
    /** Rows or bytes are added to what is there. */
    APPEND_ONLY_WRITE,
    /** The columns of a query that is published are those that a table happens to have. */
    SELECT_STAR,
    /** A task is tried again of which nobody knows what it does a second time. */
    RETRY_UNKNOWN_EFFECTS,
    /** A schedule has no interval. */
    NO_INTERVAL,
    /** A rule is silenced that finds nothing, or that does not exist. */
    UNUSED_ALLOWANCE;

    /** Its name as users write it, such as {@code wall-clock}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The rule of a name. */
    public static Optional<Rule> named(String label) {
        return Arrays.stream(values()).filter(rule -> rule.label().equals(label)).findFirst();
    }

    /** The names of all rules. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(Rule::label).toList();
    }
}
