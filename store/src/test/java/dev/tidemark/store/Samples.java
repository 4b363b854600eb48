package dev.tidemark.store;

import dev.tidemark.Bounds;
import dev.tidemark.Effects;
import dev.tidemark.ErrorClass;
import dev.tidemark.Evidence;
import dev.tidemark.InputDefinition;
import dev.tidemark.Interval;
import dev.tidemark.ParameterDefinition;
import dev.tidemark.PipelineDefinition;
import dev.tidemark.Pool;
import dev.tidemark.Receipt;
import dev.tidemark.Retry;
import dev.tidemark.RowCounts;
import dev.tidemark.Schedule;
import dev.tidemark.TaskDefinition;
import dev.tidemark.TriggerRule;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.Change;
import dev.tidemark.core.Outcome;
import dev.tidemark.core.RunIdentity;
import dev.tidemark.core.TaskKey;
import dev.tidemark.core.TaskResult;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Things to keep. */
final class Samples {
    static final Instant NOON = Instant.parse("2001-02-03T12:00:00.123456789Z");

    /** A text with what text can hold: accents, an emoji, a null, a quote, a line end. */
    static final String ODD_TEXT = "naïve 🌊 \u0000 \"quoted\" \\ \n 中文 \u2028";

    /** Half an emoji. UTF-8 cannot hold it; JSON can. */
    static final String LONE_SURROGATE = "cut \uD83D off";

    /** Commits as the owner, which whoever asks under the same name always becomes. */
    static void commit(Store store, List<Change> changes, Instant at) {
        store.commit(store.claim("tests", Duration.ofHours(1)).orElseThrow(), changes, at);
    }

    private Samples() {}

    /** All kinds of changes there are. */
    static Set<Class<?>> kindsOfChanges() {
        Set<Class<?>> kinds = new HashSet<>(List.of(Change.class.getPermittedSubclasses()));
        kinds.addAll(List.of(Change.OfSchedule.class.getPermittedSubclasses()));
        kinds.addAll(List.of(Change.OfWatermark.class.getPermittedSubclasses()));
        kinds.remove(Change.OfSchedule.class);
        kinds.remove(Change.OfWatermark.class);
        return kinds;
    }

    /** An instant so many seconds after noon. */
    static Instant second(int seconds) {
        return NOON.plusSeconds(seconds);
    }

    static Interval day(int index) {
        Instant start = Instant.parse("2001-02-03T05:00:00Z").plus(Duration.ofDays(index));
        return new Interval(start, start.plus(Duration.ofDays(1)));
    }

    static TaskDefinition task(String name, InputDefinition... inputs) {
        return new TaskDefinition(
                name,
                new TaskDefinition.Edges(List.of(inputs), List.of(), TriggerRule.ALL_SUCCESS),
                TaskDefinition.Policy.DEFAULT,
                TaskDefinition.Assets.NONE);
    }

    static InputDefinition result(String task) {
        return new InputDefinition(task, InputDefinition.Form.RESULT);
    }

    static InputDefinition element(String task) {
        return new InputDefinition(task, InputDefinition.Form.ELEMENT);
    }

    static PipelineDefinition pipeline(String name, TaskDefinition... tasks) {
        return new PipelineDefinition(
                name,
                new PipelineDefinition.Timing(
                        Schedule.daily(),
                        Bounds.NONE,
                        PipelineDefinition.Filling.DEFAULT.upTo(16),
                        PipelineDefinition.Promises.DEFAULT),
                List.of(),
                List.of(tasks));
    }

    /** A pipeline in which nothing is as it is by default. */
    static PipelineDefinition elaborate(Schedule schedule) {
        TaskDefinition models =
                new TaskDefinition(
                        "train-1",
                        new TaskDefinition.Edges(
                                List.of(element("list"), result("zlast")),
                                List.of("alone"),
                                TriggerRule.ALL_SUCCESS),
                        new TaskDefinition.Policy(
                                Retry.anyError(3)
                                        .limit(ErrorClass.TRANSIENT, 7)
                                        .exponential("500ms", "2h")
                                        .jitter(0.125),
                                Duration.ofMillis(90_001),
                                true,
                                true),
                        new TaskDefinition.Assets(
                                List.of("models/a", "models/b"),
                                List.of("flights/accepted"),
                                new Effects(Effects.Kind.DECLARED, ODD_TEXT)),
                        new TaskDefinition.Limits(
                                Optional.of(new Pool("gpus", 3, Optional.of("note"))), -7));
        TaskDefinition tolerant =
                new TaskDefinition(
                        "report",
                        new TaskDefinition.Edges(
                                List.of(
                                        new InputDefinition(
                                                "train-1", InputDefinition.Form.GATHERED),
                                        new InputDefinition("list", InputDefinition.Form.OPTIONAL)),
                                List.of(),
                                TriggerRule.ALL_DONE_MIN_ONE_SUCCESS),
                        TaskDefinition.Policy.DEFAULT,
                        TaskDefinition.Assets.NONE);
        return new PipelineDefinition(
                "elaborate",
                new PipelineDefinition.Timing(
                        schedule,
                        new Bounds(
                                Optional.of(LocalDateTime.of(2001, 2, 1, 0, 10)),
                                Optional.of(LocalDateTime.of(2001, 3, 1, 0, 0))),
                        new PipelineDefinition.Filling(
                                true, PipelineDefinition.Gaps.SKIP, 7, true, Duration.ofMinutes(5)),
                        new PipelineDefinition.Promises(
                                Duration.ofMinutes(90), Optional.of(Duration.ofHours(30)))),
                List.of(
                        new ParameterDefinition(
                                "limit", ParameterDefinition.Type.INTEGER, Optional.of("42")),
                        new ParameterDefinition(
                                "note", ParameterDefinition.Type.TEXT, Optional.empty())),
                List.of(task("list"), task("zlast"), task("alone"), models, tolerant),
                new PipelineDefinition.Limits(OptionalInt.of(9)));
    }

    static RunIdentity identity(String pipeline, int day) {
        return new RunIdentity(pipeline, "backfill__" + day(day).start(), day(day), Map.of());
    }

    static TaskKey key(long run, String task) {
        return new TaskKey(run, task, TaskKey.NONE);
    }

    static BackfillPlan plan(String pipeline, int days) {
        List<BackfillPlan.Item> items =
                java.util.stream.IntStream.range(0, days)
                        .mapToObj(
                                day ->
                                        BackfillPlan.item(
                                                day(day),
                                                "backfill__" + day(day).start(),
                                                Optional.empty(),
                                                BackfillPlan.Reprocess.MISSING))
                        .toList();
        return new BackfillPlan(
                pipeline,
                Map.of("note", ODD_TEXT),
                new BackfillPlan.Options(BackfillPlan.Reprocess.MISSING, 4, 5),
                items);
    }

    static Evidence evidence(String asset, String partition, long version) {
        return new Evidence(
                new Receipt(
                        asset, partition, version, new RowCounts(10, 7, 2, 1, 6), "c" + version),
                "{\"rows\":6,\"note\":\"" + "🌊" + "\"}",
                "h" + version);
    }

    static Outcome.Succeeded succeeded(Evidence... evidence) {
        return new Outcome.Succeeded(
                new TaskResult("{\"a\":1}", TaskResult.NO_LIST), List.of(evidence));
    }

    static Outcome.Succeeded succeededWith(String json) {
        return new Outcome.Succeeded(new TaskResult(json, TaskResult.NO_LIST), List.of());
    }

    static Outcome.Failed failed(String message) {
        return new Outcome.Failed(ErrorClass.TRANSIENT, message, Optional.empty());
    }
}
