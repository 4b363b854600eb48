package dev.tidemark.cli.flow;

import java.util.List;
import java.util.Map;

/**
 * What was seen in the code of a method.
 *
 * @param steps what it does, in the order of its code
 * @param returned what it returns
 * @param set what it puts into fields of its own class, by name
 */
record MethodFacts(List<Step> steps, Value returned, Map<String, Value> set) {
    static final MethodFacts NONE = new MethodFacts(List.of(), Value.UNKNOWN, Map.of());

    MethodFacts {
        steps = List.copyOf(steps);
        set = Map.copyOf(set);
    }
}
