package dev.tidemark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each refusal says what is wrong, and on which line of the author's code. */
final class PipelineBuilderTest {
    private final PipelineBuilder flow = Pipeline.named("flow");

    private static Task<String> task(PipelineBuilder pipeline, String name) {
        return pipeline.task(name, String.class, task -> name);
    }

    private Pipeline build() {
        return flow.build();
    }

    private static void refused(ErrorCode code, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TidemarkException.class, it -> assertThat(it.code()).isEqualTo(code))
                .hasMessageContaining(message)
                .hasMessageMatching("(?s).*\\(?PipelineBuilderTest\\.java:\\d+\\)?");
    }

    @Test
    void whatATaskTakesIsWhatItWaitsFor() {
        Task<String> a = task(flow, "a");
        Task<String> b = task(flow, "b");
        flow.task("c", String.class, a, b, (task, x, y) -> x + y).after(a);
        TaskDefinition c = flow.build().definition().tasks().getLast();
        assertThat(c.edges().upstreams()).containsExactly("a", "b");
        assertThat(c.edges().rule()).isEqualTo(TriggerRule.ALL_SUCCESS);
    }

    @Test
    void tasksAreOrderedSoThatEachFollowsWhatItWaitsForAndOtherwiseAsDeclared() {
        Task<String> late = task(flow, "late");
        task(flow, "other");
        Task<String> early = task(flow, "early");
        late.after(early);
        assertThat(flow.build().definition().tasks())
                .extracting(TaskDefinition::name)
                .containsExactly("other", "early", "late");
    }

    @Test
    void aCircleIsNamed() {
        Task<String> a = task(flow, "a");
        Task<String> b = flow.task("b", String.class, a, (task, x) -> x);
        flow.task("below", String.class, b, (task, x) -> x);
        a.after(b);
        refused(
                ErrorCode.CYCLE,
                "the tasks of pipeline flow wait for each other in a circle: a → b → a",
                this::build);
    }

    @Test
    void aTaskCannotWaitForItself() {
        Task<String> a = task(flow, "a");
        a.after(a);
        refused(ErrorCode.CYCLE, "circle: a → a", this::build);
    }

    @Test
    void twoTasksOfOneNameAreRefusedWithBothPlaces() {
        task(flow, "a");
        assertThatThrownBy(() -> task(flow, "a"))
                .hasMessageMatching(
                        "pipeline flow has two tasks named 'a': PipelineBuilderTest\\.java:\\d+"
                                + " and PipelineBuilderTest\\.java:\\d+");
    }

    @Test
    void twoParametersOfOneNameAreRefused() {
        task(flow, "a");
        flow.parameters(Parameter.text("x", "1"), Parameter.integer("x"));
        refused(ErrorCode.DUPLICATE_NAME, "two parameters named 'x'", this::build);
    }

    @Test
    void whatASchedulesRunsWouldNeedAndNobodyGivesIsRefused() {
        task(flow, "a");
        flow.schedule(Schedule.daily()).parameters(Parameter.integer("x"));
        refused(
                ErrorCode.INVALID_DEFINITION,
                "pipeline flow has a schedule, and its parameter 'x' has no default",
                this::build);
    }

    @Test
    void catchingUpNeedsABeginning() {
        task(flow, "a");
        flow.schedule(Schedule.daily()).catchup();
        refused(ErrorCode.INVALID_DEFINITION, "does not say from when", this::build);
    }

    @Test
    void promisesOfNoTimeAreRefused() {
        refused(
                ErrorCode.INVALID_DEFINITION,
                "a deadline of PT0S is no time",
                () -> flow.deadline("0s"));
        refused(
                ErrorCode.INVALID_DEFINITION,
                "'soon' is not a duration",
                () -> flow.lateAfter("soon"));
    }

    @Test
    void oneAssetHasOneProducer() {
        Asset table = Asset.named("daily/revenue");
        task(flow, "a").produces(table);
        task(flow, "b").produces(table);
        refused(
                ErrorCode.DUPLICATE_NAME,
                "asset 'daily/revenue' of pipeline flow is produced by both 'a' and 'b'",
                this::build);
    }

    @Test
    void aTaskOfAnotherPipelineCannotBeTaken() {
        Task<String> foreign = task(Pipeline.named("other"), "x");
        refused(
                ErrorCode.UNKNOWN_INPUT,
                "task 'a' of pipeline flow waits for 'x' of pipeline other, declared at"
                        + " PipelineBuilderTest.java:",
                () -> flow.task("a", String.class, foreign, (task, x) -> x));
        refused(
                ErrorCode.UNKNOWN_INPUT,
                "a task can only wait for tasks of its own pipeline",
                () -> task(flow, "b").after(foreign));
    }

    @Test
    void onlyAListCanBeMappedOver() {
        Input<List<String>> notAList =
                flow.map(
                                "m",
                                String.class,
                                flow.list("l", String.class, task -> List.of("x")),
                                (task, x) -> x)
                        .all();
        refused(
                ErrorCode.UNKNOWN_INPUT,
                "map takes the result of a task declared with list(), not 'm'",
                () -> flow.map("again", String.class, notAList, (task, x) -> x));
    }

    @Test
    void theResultOfAMappedTaskIsTakenWithAll() {
        MappedTask<String> mapped =
                flow.map(
                        "m",
                        String.class,
                        flow.list("l", String.class, task -> List.of("x")),
                        (task, x) -> x);
        flow.task("good", Integer.class, mapped.all(), (task, all) -> all.size());
        assertThat(flow.build().definition().tasks()).hasSize(3);
        flow.task("bad", String.class, mapped.task(), (task, x) -> x);
        refused(
                ErrorCode.UNKNOWN_INPUT,
                "task 'bad' takes one result of 'm', which has one for each element; take them"
                        + " with all()",
                this::build);
    }

    @Test
    void aTaskThatMayRunAfterAFailureTakesItsInputsAsOptional() {
        Task<String> a = task(flow, "a");
        flow.task("b", String.class, a, (task, x) -> x).when(TriggerRule.ALL_DONE);
        refused(
                ErrorCode.UNKNOWN_INPUT,
                "task 'b' may run under ALL_DONE when 'a' has no result; take it as optional()",
                this::build);
    }

    @Test
    void anOptionalInputFitsAnyRule() {
        Task<String> a = task(flow, "a");
        flow.task("b", String.class, a.optional(), (task, x) -> x.orElse(""))
                .when(TriggerRule.ALL_DONE);
        assertThat(flow.build().definition().tasks()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1st", "two words", "a/b", "a.b", "ä", "-a", "..", "a\n"})
    void namesAreKeptPlain(String name) {
        refused(
                ErrorCode.INVALID_DEFINITION,
                "task name '" + name + "' is not allowed",
                () -> task(flow, name));
        refused(
                ErrorCode.INVALID_DEFINITION,
                "pipeline name '" + name + "' is not allowed",
                () -> Pipeline.named(name));
        refused(
                ErrorCode.INVALID_DEFINITION,
                "parameter name '" + name + "' is not allowed",
                () -> Parameter.text(name));
    }

    @Test
    void namesHaveALimit() {
        assertThat(task(flow, "a".repeat(100)).name()).hasSize(100);
        refused(ErrorCode.INVALID_DEFINITION, "at most 100", () -> task(flow, "a".repeat(101)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5 m", "5min", "-5m", "1.5h", "m", "1h30m", "9999999999s"})
    void durationsAreANumberAndAUnit(String text) {
        String message = "'" + text + "' is not a duration; write a number and a unit";
        refused(ErrorCode.INVALID_DEFINITION, message, () -> task(flow, "a").timeout(text));
        refused(ErrorCode.INVALID_DEFINITION, message, () -> Schedule.every(text));
        refused(ErrorCode.INVALID_DEFINITION, message, () -> Retry.none().fixed(text));
        refused(ErrorCode.INVALID_DEFINITION, message, () -> Retry.none().exponential("1s", text));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        refused(ErrorCode.INVALID_DEFINITION, "no time", () -> task(flow, "a").timeout("0s"));
        refused(ErrorCode.INVALID_DEFINITION, "the least is 1s", () -> Schedule.every("999ms"));
        refused(
                ErrorCode.INVALID_DEFINITION,
                "'5 o'clock' is not a time of day; write it as 05:00",
                () -> Schedule.daily().at("5 o'clock"));
        refused(
                ErrorCode.INVALID_DEFINITION,
                "unknown time zone 'Mars/Olympus'",
                () -> Schedule.daily().in("Mars/Olympus"));
        refused(
                ErrorCode.INVALID_DEFINITION,
                "'1 Feb' is not a date; write it as 2001-02-01",
                () -> flow.startingOn("1 Feb"));
        refused(
                ErrorCode.INVALID_DEFINITION,
                "maxActiveRuns must be 1 to 1000, not 0",
                () -> flow.maxActiveRuns(0).build());
        refused(
                ErrorCode.INVALID_DEFINITION,
                "retries must be 0 to 1000, not -1",
                () -> Retry.transientErrors(-1));
        refused(
                ErrorCode.INVALID_DEFINITION,
                "'wall clock' is not the name of a rule",
                () -> task(flow, "b").allows("wall clock", "it is"));
        refused(
                ErrorCode.INVALID_DEFINITION,
                "rule wall-clock is silenced; say in one line why",
                () -> flow.allows("wall-clock", " "));
        refused(
                ErrorCode.INVALID_PARAMETER,
                "parameter share: 'half' is not a number such as 0.25",
                () -> Parameter.decimal("share", "half"));
    }

    @Test
    void aPipelineWithoutTasksIsRefused() {
        refused(ErrorCode.INVALID_DEFINITION, "pipeline flow has no task", this::build);
    }

    @Test
    void aPipelineHasNoMoreTasksThanTheLimit() {
        for (int i = 0; i <= PipelineDefinition.MAX_TASKS; i++) {
            task(flow, "t" + i);
        }
        refused(
                ErrorCode.INVALID_DEFINITION,
                "pipeline flow has 10001 tasks; the most is 10000",
                this::build);
    }

    @Test
    void thePlaceIsTheLineThatIsWrong() {
        String here = Place.ofCaller();
        assertThatThrownBy(() -> Pipeline.named("no name")) // the line after the one above
                .hasMessageEndingWith("(" + nextLine(here) + ")");
    }

    @Test
    void whatIsAllowedIsKeptWithItsReasonAndItsPlace() {
        String here = Place.ofCaller();
        task(flow, "a").allows("wall-clock", "it is"); // the line after the one above
        flow.allows("no-interval", "not yet");
        Pipeline pipeline = build();
        assertThat(pipeline.body("a").place()).startsWith("PipelineBuilderTest.java:");
        assertThat(pipeline.body("a").allowances())
                .containsExactly(new Allowance("wall-clock", "it is", nextLine(here)));
        assertThat(pipeline.allowances()).extracting(Allowance::why).containsExactly("not yet");
        assertThat(pipeline.inspected(_ -> Effects.UNSEEN).allowances()).hasSize(1);
    }

    private static String nextLine(String place) {
        String[] parts = place.split(":", 2);
        return parts[0] + ":" + (Integer.parseInt(parts[1]) + 1);
    }

    @Test
    void whatATaskSharesIsInItsDefinition() {
        Parameter<String> customer = Parameter.text("customer");
        flow.parameters(customer).maxActiveTasks(3);
        task(flow, "plain");
        task(flow, "light").pool("crm");
        task(flow, "heavy").pool("crm", 4).priority(-7);
        task(flow, "each").pool(Pool.named("crm").weight(2).per(customer)).priority(100);
        PipelineDefinition definition = build().definition();
        assertThat(definition.limits().maxActiveTasks()).hasValue(3);
        assertThat(definition.tasks())
                .extracting(TaskDefinition::limits)
                .containsExactly(
                        TaskDefinition.Limits.NONE,
                        limits(1, Optional.empty(), 0),
                        limits(4, Optional.empty(), -7),
                        limits(2, Optional.of("customer"), 100));
    }

    private static TaskDefinition.Limits limits(int weight, Optional<String> per, int priority) {
        return new TaskDefinition.Limits(Optional.of(new Pool("crm", weight, per)), priority);
    }

    @Test
    void limitsThatMakeNoSenseAreRefused() {
        Task<String> a = task(flow, "a");
        ErrorCode code = ErrorCode.INVALID_DEFINITION;
        refused(code, "pool name 'a b' is not allowed", () -> a.pool("a b"));
        refused(code, "must hold 1 to 10000 slots of pool 'crm', not 0", () -> a.pool("crm", 0));
        refused(code, "must be -100 to 100 minutes, not 101", () -> a.priority(101));
        refused(code, "maxActiveTasks must be 1 to 10000, not 0", () -> flow.maxActiveTasks(0));
        a.pool(Pool.named("crm").per(Parameter.text("customer")));
        refused(ErrorCode.UNKNOWN_INPUT, "parameter 'customer', which pipeline flow", this::build);
    }
}
