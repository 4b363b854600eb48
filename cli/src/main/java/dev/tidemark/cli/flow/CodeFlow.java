package dev.tidemark.cli.flow;

import dev.tidemark.cli.inspect.CodeReach;
import dev.tidemark.cli.inspect.MethodName;
import dev.tidemark.cli.inspect.ReachedCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the code of a pipeline does, with the values that can be told. */
public final class CodeFlow implements Known {
    /** How far values are followed from method to method. */
    private static final int MAX_DEPTH = 20;

    private final CodeReach reach;
    private final Map<MethodName, MethodFacts> facts = new HashMap<>();
    private int depth;

    /** The flow through code that can be reached. */
    public CodeFlow(CodeReach reach) {
        this.reach = reach;
    }

    /** What code does that is called, in the order of the code. */
    public List<Step> steps(List<ReachedCode> reached) {
        List<Step> steps = new ArrayList<>();
        for (ReachedCode each : reached) {
            of(each.method()).steps().stream()
                    .filter(step -> step.field().equals(each.field().orElse(step.field())))
                    .forEach(steps::add);
        }
        return steps;
    }

    @Override
    public Value inField(String owner, String name, boolean isStatic) {
        List<MethodName> setters =
                isStatic
                        ? List.of(new MethodName(owner, MethodName.INITIALISER, "()V"))
                        : reach.constructorsOf(owner);
        List<Value> values =
                setters.stream()
                        .map(setter -> of(setter).set().getOrDefault(name, Value.UNKNOWN))
                        .distinct()
                        .toList();
        return values.size() == 1 ? values.getFirst() : Value.UNKNOWN;
    }

    @Override
    public Value returnedBy(MethodName method) {
        return of(method).returned();
    }

    private MethodFacts of(MethodName method) {
        MethodFacts known = facts.get(method);
        if (known != null) {
            return known;
        }
        if (depth == MAX_DEPTH) {
            return MethodFacts.NONE;
        }
        // Methods may call each other in a circle.
        facts.put(method, MethodFacts.NONE);
        depth++;
        MethodFacts found =
                reach.codeOf(method)
                        .map(code -> MethodFlow.through(method, code, this))
                        .orElse(MethodFacts.NONE);
        depth--;
        facts.put(method, found);
        return found;
    }
}
