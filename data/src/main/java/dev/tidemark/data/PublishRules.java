package dev.tidemark.data;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a publish must fulfil: the checks its author asked for, and those that hold unless silenced
 * by name.
 *
 * @param checks gates on the staged rows
 * @param silenced rules of the house that the author switched off for this data
 * @param contract what becomes of columns that are not as declared, or not as before
 * @param within the column by which rows must lie in the partition's interval
 */
record PublishRules(
        List<Check> checks,
        Set<HouseRule> silenced,
        SchemaContract contract,
        Optional<String> within) {
    /** Rules that hold unless silenced. */
    enum HouseRule {
        /** Silenced by {@code allowEmpty()}. */
        NOTHING_OVER_SOMETHING,
        /** Silenced by {@code mayRepeat()}. */
        SAME_INPUT_AS_BEFORE
    }

    static final PublishRules STRICT =
            new PublishRules(List.of(), Set.of(), SchemaContract.FREEZE, Optional.empty());

    PublishRules {
        checks = List.copyOf(checks);
        silenced = Set.copyOf(silenced);
    }

    PublishRules check(Check... more) {
        return new PublishRules(
                Stream.concat(checks.stream(), Stream.of(more)).toList(),
                silenced,
                contract,
                within);
    }

    PublishRules silence(HouseRule rule) {
        return new PublishRules(
                checks,
                Stream.concat(silenced.stream(), Stream.of(rule)).collect(Collectors.toSet()),
                contract,
                within);
    }

    PublishRules contract(SchemaContract other) {
        return new PublishRules(checks, silenced, other, within);
    }

    PublishRules within(String column) {
        return new PublishRules(checks, silenced, contract, Optional.of(column));
    }

    boolean holds(HouseRule rule) {
        return !silenced.contains(rule);
    }
}
