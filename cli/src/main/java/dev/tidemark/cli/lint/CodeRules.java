package dev.tidemark.cli.lint;

import dev.tidemark.cli.flow.Step;
import dev.tidemark.cli.flow.Value;
import dev.tidemark.cli.sql.SqlText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The rules about what code does. */
final class CodeRules {
    private static final Set<String> WRITERS =
            Set.of("dev/tidemark/data/TableWriter", "dev/tidemark/data/FileWriter");

    private CodeRules() {}

    /**
     * What they say of a task.
     *
     * @param settled whether it is known that a second attempt of it is the same as one
     */
    static List<Problem> ofTask(TaskCode code, boolean settled) {
        List<Problem> problems = new ArrayList<>(ofDefinition(code));
        wallClockInSql(code).forEach(problems::add);
        if (code.publishes()) {
            randomness(code).forEach(problems::add);
        }
        if (!settled) {
            appendedFiles(code).forEach(problems::add);
            addedRows(code).forEach(problems::add);
        }
        stars(code).forEach(problems::add);
        return problems.stream().distinct().toList();
    }

    /** What they say of code that declares a pipeline. */
    static List<Problem> ofDefinition(TaskCode code) {
        return code.calls()
                .filter(call -> ClockCalls.readsClock(call.method()))
                .map(
                        call ->
                                new Problem(
                                        Rule.WALL_CLOCK,
                                        call.spot(),
                                        "asks "
                                                + call.method().spoken()
                                                + " for the time of day; a run of an earlier"
                                                + " interval would get another one. Use the run's"
                                                + " own interval, task.interval() or task.date()"))
                .distinct()
                .toList();
    }

    private static Stream<Problem> wallClockInSql(TaskCode code) {
        return code.sql()
                .filter(sql -> !sql.text().clocks().isEmpty())
                .map(
                        sql ->
                                new Problem(
                                        Rule.WALL_CLOCK_IN_SQL,
                                        sql.spot(),
                                        "the SQL asks for the time of day, by "
                                                + String.join(", ", sql.text().clocks())
                                                + "; a run of an earlier interval would get"
                                                + " another one. Give it the interval as"
                                                + " parameters"));
    }

    private static Stream<Problem> randomness(TaskCode code) {
        return code.calls()
                .filter(call -> ClockCalls.rollsDice(call.method()))
                .map(
                        call ->
                                new Problem(
                                        Rule.RANDOMNESS,
                                        call.spot(),
                                        "publishes, and takes random values from "
                                                + call.method().spoken()
                                                + "; a second attempt would publish others. Take"
                                                + " a seed from the interval, or make keys of the"
                                                + " data"));
    }

    /** Not where files are deleted, replaced or made elsewhere too: it may be the same file. */
    private static Stream<Problem> appendedFiles(TaskCode code) {
        if (code.calls().anyMatch(call -> FileCalls.beginsAnew(call.method()))
                || code.reads().anyMatch(FileCalls::beginsAnew)) {
            return Stream.of();
        }
        String message =
                "opens a file to append to it; a second attempt would add the same again. Publish"
                        + " through task.into, or write the whole file anew";
        return Stream.concat(
                        code.reads()
                                .filter(FileCalls::appends)
                                .map(read -> code.firstAfter(read, FileCalls::takesOptions)),
                        code.calls().filter(FileCalls::appends).map(Step::spot))
                .map(spot -> new Problem(Rule.APPEND_ONLY_WRITE, spot, message));
    }

    private static Stream<Problem> addedRows(TaskCode code) {
        Set<String> renewed = new HashSet<>();
        code.sql().forEach(sql -> renewed.addAll(sql.text().renewed()));
        return code.sql()
                .flatMap(
                        sql ->
                                sql.text().writes().stream()
                                        .filter(write -> !mayBeAnyOf(write.table(), renewed))
                                        .map(
                                                write ->
                                                        new Problem(
                                                                Rule.APPEND_ONLY_WRITE,
                                                                sql.spot(),
                                                                message(write))));
    }

    /** A name of which a part is not known may be any. */
    private static boolean mayBeAnyOf(String table, Set<String> renewed) {
        return renewed.contains(table)
                || (!renewed.isEmpty() && isUnknown(table))
                || renewed.stream().anyMatch(CodeRules::isUnknown);
    }

    private static boolean isUnknown(String table) {
        return table.indexOf(SqlText.UNKNOWN_PART) >= 0;
    }

    private static String message(SqlText.Write write) {
        return switch (write.kind()) {
            case ADDS ->
                    write.how()
                            + " adds rows to those that are there; a second attempt would add them"
                            + " again. Publish through task.into, delete the window in the same"
                            + " transaction, or add ON CONFLICT";
            case MAKES ->
                    write.how()
                            + " makes a table only where there is none; a second attempt would"
                            + " fail, or keep the rows of the first. Write CREATE OR REPLACE TABLE,"
                            + " or drop it before";
        };
    }

    /** Rows that go from a query into a target as they are. */
    private static Stream<Problem> stars(TaskCode code) {
        return code.calls()
                .filter(call -> WRITERS.contains(call.method().owner()))
                .flatMap(call -> call.arguments().stream())
                .filter(Value.QueryRows.class::isInstance)
                .map(rows -> ((Value.QueryRows) rows).query())
                .filter(query -> SqlText.of(query.sql().text()).hasOpenStar())
                .map(
                        query ->
                                new Problem(
                                        Rule.SELECT_STAR,
                                        query.spot(),
                                        "the query selects *, and its rows are published as they"
                                                + " are; a new column in its table would fail the"
                                                + " publish. Name the columns"));
    }
}
