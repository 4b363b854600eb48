package dev.tidemark.store;

import static dev.tidemark.store.Samples.NOON;
import static dev.tidemark.store.Samples.day;
import static dev.tidemark.store.Samples.elaborate;
import static dev.tidemark.store.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.Bounds;
import dev.tidemark.ErrorClass;
import dev.tidemark.ErrorCode;
import dev.tidemark.Interval;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.Schedule;
import dev.tidemark.TidemarkException;
import dev.tidemark.core.Alert;
import dev.tidemark.core.Answer;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.BackfillState;
import dev.tidemark.core.Change;
import dev.tidemark.core.Outcome;
import dev.tidemark.core.Passed;
import dev.tidemark.core.PoolKey;
import dev.tidemark.core.PoolLimit;
import dev.tidemark.core.RunIdentity;
import dev.tidemark.core.RunRequest;
import dev.tidemark.core.RunState;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskResult;
import dev.tidemark.core.TaskState;
import dev.tidemark.core.WatermarkKey;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChangeJsonTest {
    private static final List<Outcome> OUTCOMES =
            List.of(
                    Samples.succeeded(),
                    Samples.succeeded(
                            Samples.evidence("a/b", "2001-02-03", 3),
                            Samples.evidence("c", "all", Long.MAX_VALUE)),
                    new Outcome.Succeeded(
                            new TaskResult("[" + Samples.LONE_SURROGATE + "]", 17), List.of()),
                    Samples.succeededWith("x".repeat(64 * 1024)),
                    new Outcome.Skipped(Samples.ODD_TEXT),
                    new Outcome.Failed(ErrorClass.REJECTED, "", Optional.empty()),
                    new Outcome.Failed(
                            ErrorClass.RATE_LIMITED,
                            Samples.LONE_SURROGATE,
                            Optional.of(Duration.ofSeconds(3, 7))),
                    new Outcome.Lost("the process died", true),
                    new Outcome.Lost("", false),
                    new Outcome.Stopped("cancelled"));

    private static final List<Schedule> SCHEDULES =
            List.of(
                    Schedule.daily(),
                    Schedule.daily().at("05:00:01").in("America/New_York"),
                    Schedule.every("90s").in("Asia/Kolkata"),
                    Schedule.cron("0 5 * * MON#1", "*/30 15 5 L * ?").in("Australia/Lord_Howe"),
                    Schedule.cron("@daily").triggerOnly(),
                    new Schedule.BusinessDays(
                            LocalTime.of(6, 30),
                            Set.of(DayOfWeek.FRIDAY, DayOfWeek.SATURDAY),
                            new TreeSet<>(Set.of(LocalDate.of(2026, 12, 25), LocalDate.EPOCH)),
                            ZoneId.of("Asia/Riyadh")),
                    Schedule.events("2026-06-18T12:00Z", "2026-07-01T00:00Z/2026-07-02T00:00Z"),
                    Schedule.continuous(),
                    Schedule.once().in("Europe/Zurich"),
                    Schedule.onDemand().in("Europe/Zurich"));

    static Stream<Change> changes() {
        List<Change> changes = new ArrayList<>();
        SCHEDULES.forEach(
                each -> changes.add(new Change.PipelineRegistered("v1", elaborate(each))));
        OUTCOMES.forEach(each -> changes.add(new Change.LateResult(key(1, "a"), 3, each)));
        OUTCOMES.forEach(
                each ->
                        changes.add(
                                new Change.AttemptEnded(
                                        new TaskKey(Long.MAX_VALUE, "a", 99_999),
                                        Long.MAX_VALUE,
                                        TaskState.RETRYING,
                                        each,
                                        NOON)));
        changes.addAll(
                List.of(
                        new Change.RunCreated(
                                1,
                                new RunIdentity(
                                        "flights",
                                        "manual__" + Samples.ODD_TEXT,
                                        new Interval(Instant.MIN, Instant.MAX),
                                        Map.of("z", "", "a", Samples.LONE_SURROGATE)),
                                "v1",
                                0),
                        new Change.TasksVerified("flights", "v1", Set.of("b", "a")),
                        new Change.RunMoved(1, RunState.RUNNING, RunState.CANCELLED),
                        new Change.RunReopened(1, 2, "v2", 7),
                        new Change.TaskExpanded(1, "train-1", 100_000),
                        new Change.TaskMoved(
                                new TaskKey(1, "train-1", 0),
                                TaskState.WAITING,
                                TaskState.UPSTREAM_FAILED,
                                Samples.ODD_TEXT),
                        new Change.TaskCleared(key(1, "train-1")),
                        new Change.TaskCleared(new TaskKey(1, "train-1", 3)),
                        new Change.AttemptStarted(key(1, "list"), 3, 4),
                        new Change.BackfillCreated(1, Samples.plan("flights", 3)),
                        new Change.IntervalSkipped(1, day(2), "already done"),
                        new Change.BackfillCreated(
                                2,
                                new BackfillPlan(
                                        "flights",
                                        Map.of(),
                                        new BackfillPlan.Options(
                                                BackfillPlan.Reprocess.ALL,
                                                new RunRequest.Pace(
                                                        2, 3, BackfillPlan.Order.NEWEST),
                                                true,
                                                BackfillPlan.WatermarkUse.FOLLOW),
                                        List.of(),
                                        Samples.ODD_TEXT)),
                        new Change.BackfillMoved(1, BackfillState.RUNNING, BackfillState.PAUSED),
                        new Change.BackfillEnded(1, BackfillState.HALTED, "too many failed"),
                        new Change.CommandAnswered("k", new Answer.Accepted(Long.MAX_VALUE)),
                        new Change.CommandAnswered(
                                Samples.ODD_TEXT,
                                new Answer.Refused(ErrorCode.CYCLE, Samples.LONE_SURROGATE))));
        changes.addAll(OF_SCHEDULES_AND_POOLS);
        return changes.stream();
    }

    private static final WatermarkKey PROVEN = new WatermarkKey("flights", "proven");

    private static final List<Change> OF_SCHEDULES_AND_POOLS =
            List.of(
                    new Change.ScheduleEnabled("flights", Instant.MIN),
                    new Change.SchedulePaused("flights", Samples.ODD_TEXT),
                    new Change.ScheduleResumed("flights"),
                    new Change.IntervalsPassed("flights", day(1), day(9), 9, Passed.SKIPPED),
                    new Change.AlertRaised(
                            new Alert(
                                    Alert.Kind.RUN_OVERDUE,
                                    "flights",
                                    7,
                                    day(3),
                                    Samples.ODD_TEXT)),
                    new Change.PoolSet(new PoolLimit("crm", 3, OptionalInt.of(60))),
                    new Change.PoolSet(new PoolLimit("crm", 10_000, OptionalInt.empty())),
                    new Change.PoolRemoved("crm"),
                    new Change.WatermarkMoved(PROVEN, Optional.empty(), NOON, Samples.ODD_TEXT),
                    new Change.WatermarkMoved(PROVEN, Optional.of(NOON), Instant.MIN, ""),
                    new Change.IntervalAhead(PROVEN, day(3)),
                    new Change.IntervalNoLongerAhead(PROVEN, day(3)),
                    new Change.StartCounted(new PoolKey("crm", Optional.empty()), 4),
                    new Change.StartCounted(new PoolKey("crm", Optional.of(Samples.ODD_TEXT)), 5));

    @ParameterizedTest
    @MethodSource("changes")
    void whatIsWrittenIsReadBackAsItWas(Change change) {
        assertThat(again(change, NOON)).isEqualTo(change);
        assertThat(again(change, NOON.plusNanos(1))).isEqualTo(change);
    }

    private static Change again(Change change, Instant at) {
        return read(ChangeJson.kind(change), ChangeJson.payload(change, at), at);
    }

    private static Change read(String kind, String payload, Instant at) {
        return ChangeJson.read(kind, JsonObject.parse(payload), at);
    }

    @Test
    void everyKindOfChangeAndOutcomeAndScheduleIsAmongTheSamples() {
        Set<Class<?>> seen = new HashSet<>();
        changes().forEach(change -> seen.add(change.getClass()));
        OUTCOMES.forEach(outcome -> seen.add(outcome.getClass()));
        SCHEDULES.forEach(schedule -> seen.add(schedule.getClass()));

        assertThat(seen)
                .containsAll(Samples.kindsOfChanges())
                .contains(Outcome.class.getPermittedSubclasses())
                .contains(Schedule.class.getPermittedSubclasses());
    }

    @Test
    void kindsAreTheirOwn() {
        Map<Class<?>, String> kinds = new java.util.HashMap<>();
        changes().forEach(change -> kinds.put(change.getClass(), ChangeJson.kind(change)));

        assertThat(kinds.values()).doesNotHaveDuplicates();
    }

    @Test
    void fieldsThatANewerVersionAddedAreLeftAlone() {
        String newer =
                """
                {"run": 1, "colour": {"of": ["x", 1.5, null, true]}, "from": "QUEUED",
                 "to": "RUNNING", "why": null}
                """;

        assertThat(read("run_moved", newer, NOON))
                .isEqualTo(new Change.RunMoved(1, RunState.QUEUED, RunState.RUNNING));
    }

    /** As they were written when a start was a date, and there was no end. */
    @Test
    void aDefinitionFromBeforeThereWereTimesIsReadAndWrittenAsItWas() {
        String old =
                """
                {"name":"flow","timing":{"schedule":{"is":"daily","time":"05:00","zone":"Z"},\
                "starting_on":"2001-02-01","catchup":false,"max_active_runs":1},"parameters":[],\
                "tasks":[\
                """;
        PipelineDefinition written =
                new PipelineDefinition(
                        "flow",
                        PipelineDefinition.Timing.of(
                                Schedule.daily().at("05:00"),
                                Bounds.startingOn(LocalDate.of(2001, 2, 1))),
                        List.of(),
                        List.of(Samples.task("a")));
        String text = DefinitionJson.text(written);

        assertThat(text).startsWith(old);
        assertThat(DefinitionJson.read(JsonObject.parse(text))).isEqualTo(written);
    }

    @Test
    void aPlanFromBeforeThereWereOrderAndReasonIsReadWithout() {
        String old =
                "{\"backfill\":1,\"plan\":{\"pipeline\":\"p\",\"parameters\":{},"
                        + "\"reprocess\":\"ALL\",\"max_active\":4,\"halt_after\":5,\"items\":[]}}";
        assertThat(read("backfill_created", old, NOON))
                .isEqualTo(
                        new Change.BackfillCreated(
                                1,
                                new BackfillPlan(
                                        "p",
                                        Map.of(),
                                        new BackfillPlan.Options(BackfillPlan.Reprocess.ALL, 4, 5),
                                        List.of())));
    }

    @Test
    void aScheduleThatANewerVersionAddedIsRefusedByName() {
        JsonObject newer = JsonObject.parse("{\"is\": \"lunar\", \"zone\": \"UTC\"}");
        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(() -> ScheduleJson.read(newer))
                .withMessageContaining("the schedule 'lunar'");
    }

    @Test
    void aKindThatANewerVersionAddedIsRefusedByName() {
        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(() -> read("run_painted", "{}", NOON))
                .withMessageContaining("run_painted")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED));
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(
            strings = {"", "[]", "{", "{\"run\": \"one\"}", "{}", "{\"run\": 1.5}"})
    void whatCannotBeReadIsSaidToBeUnreadable(String payload) {
        assertThatExceptionOfType(TidemarkException.class)
                .isThrownBy(() -> read("run_moved", payload, NOON))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED));
    }
}
