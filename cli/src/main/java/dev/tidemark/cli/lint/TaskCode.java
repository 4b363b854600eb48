package dev.tidemark.cli.lint;

import dev.tidemark.cli.flow.Spot;
import dev.tidemark.cli.flow.Step;
import dev.tidemark.cli.flow.Value;
import dev.tidemark.cli.inspect.MethodName;
import dev.tidemark.cli.sql.SqlText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a task does, or what declares a pipeline, for rules to look at. */
final class TaskCode {
    private final List<Step> steps;
    private final Predicate<String> isAuthors;
    private final List<Sql> sql;

    /**
     * @param steps all that it does
     * @param isAuthors whether a class is told of; what libraries do is not
     */
    TaskCode(List<Step> steps, Predicate<String> isAuthors) {
        this.steps = List.copyOf(steps);
        this.isAuthors = isAuthors;
        this.sql = findSql();
    }

    /**
     * A text that is given to a database.
     *
     * @param spot where that is done, or else where the text stands
     */
    record Sql(SqlText text, Spot spot) {}

    /** Its calls, where it is the author's own code that makes them. */
    Stream<Step.Call> calls() {
        return allCalls().filter(call -> isAuthors.test(call.spot().owner()));
    }

    private Stream<Step.Call> allCalls() {
        return steps.stream().filter(Step.Call.class::isInstance).map(Step.Call.class::cast);
    }

    /** The static fields that the author's own code reads. */
    Stream<Step.Read> reads() {
        return steps.stream()
                .filter(Step.Read.class::isInstance)
                .map(Step.Read.class::cast)
                .filter(read -> isAuthors.test(read.spot().owner()));
    }

    /** Where the first such call stands that follows a step, or else the step itself. */
    Spot firstAfter(Step.Read step, Predicate<MethodName> wanted) {
        return steps.subList(steps.indexOf(step), steps.size()).stream()
                .filter(Step.Call.class::isInstance)
                .map(Step.Call.class::cast)
                .filter(call -> wanted.test(call.method()))
                .findFirst()
                .map(Step.Call::spot)
                .filter(spot -> spot.owner().equals(step.spot().owner()))
                .orElse(step.spot());
    }

    /** The SQL in the author's own code. */
    Stream<Sql> sql() {
        return sql.stream().filter(each -> isAuthors.test(each.spot().owner()));
    }

    /** Whether it publishes through a target. */
    boolean publishes() {
        return allCalls()
                .map(Step.Call::method)
                .anyMatch(
                        call ->
                                call.owner().equals("dev/tidemark/TaskContext")
                                        && call.name().equals("into"));
    }

    private List<Sql> findSql() {
        List<Sql> found = new ArrayList<>();
        Set<Value.Text> settled = Collections.newSetFromMap(new IdentityHashMap<>());
        // A constant is loaded where it is declared, too, and by then is another text.
        Set<String> carriedOut = new HashSet<>();
        boolean usesDatabase = false;
        for (Step.Call call : allCalls().toList()) {
            MethodName method = call.method();
            boolean isSql = SqlCalls.takesSql(method);
            usesDatabase |= isSql || SqlCalls.isOfDatabase(method);
            for (Value argument : call.arguments()) {
                if (argument instanceof Value.Text text) {
                    if (isSql && SqlCalls.isSql(method, call.arguments(), text)) {
                        found.add(new Sql(SqlText.of(text.text()), call.spot()));
                        settle(text, settled);
                        carriedOut.add(text.text());
                    } else if (SqlCalls.takesNoSql(method)) {
                        settle(text, settled);
                    }
                }
            }
        }
        if (usesDatabase) {
            addStatements(found, settled, carriedOut);
        }
        return found;
    }

    /** Texts of which it is not seen what becomes of them, and that read as statements. */
    private void addStatements(List<Sql> found, Set<Value.Text> settled, Set<String> carriedOut) {
        List<Value.Text> loaded =
                steps.stream()
                        .filter(Step.Load.class::isInstance)
                        .map(step -> ((Step.Load) step).text())
                        .toList();
        loaded.forEach(text -> text.parts().forEach(part -> settle(part, settled)));
        for (Value.Text text : loaded) {
            SqlText read = SqlText.of(text.text());
            if (!settled.contains(text)
                    && !carriedOut.contains(text.text())
                    && read.isStatement()) {
                found.add(new Sql(read, text.spot()));
            }
        }
    }

    private static void settle(Value.Text text, Set<Value.Text> settled) {
        if (settled.add(text)) {
            text.parts().forEach(part -> settle(part, settled));
        }
    }
}
