package dev.tidemark.core;

import static dev.tidemark.core.Declared.task;

import dev.tidemark.Retry;
import dev.tidemark.TriggerRule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Stories that leave runs and tasks in every state there is. */
final class Scenarios {
    private Scenarios() {}

    /** Each story by what it tells; each call tells it anew. */
    static Map<String, Supplier<Story>> all() {
        Map<String, Supplier<Story>> all = new LinkedHashMap<>();
        all.put("a task runs, another waits for it", Scenarios::chain);
        all.put("a task succeeded, another runs", () -> chain().succeed("a"));
        all.put("all succeeded", () -> chain().succeed("a", "b"));
        all.put("a task failed", () -> chain().fail("a"));
        all.put("a task skipped", () -> chain().skip("a"));
        all.put("a task was cancelled", () -> chain().cancel());
        all.put("a task was stopped", () -> stopped(chain()));
        all.put("a task waits for its next attempt", Scenarios::retrying);
        all.put("a task runs for the second time", Scenarios::secondAttempt);
        all.put("all wait for their next attempt and a slot", Scenarios::crowded);
        all.put("a task that was retried is queued", Scenarios::queuedAgain);
        all.put("a list is fanned out", Scenarios::fanOut);
        all.put("a list was too long", () -> lists().list("list", 100_001));
        all.put("a list was empty", () -> lists().list("list", 0));
        all.put("a finished run was cleared", () -> chain().succeed("a", "b").clear("b"));
        all.put("a run was interrupted", Scenarios::interrupted);
        all.put("an interrupted run was cleared", () -> interrupted().clear("b"));
        return all;
    }

    private static Story chain() {
        return Story.of(
                task("a"), task("b").after("a"), task("c").after("b").when(TriggerRule.ONE_FAILED));
    }

    private static Story stopped(Story story) {
        return story.report("a", new Outcome.Stopped("by hand"));
    }

    private static Story retrying() {
        return Story.of(task("a").retry(Retry.anyError(2)), task("b").after("a"))
                .report("a", Outcomes.TRANSIENT);
    }

    private static Story secondAttempt() {
        Story story = retrying();
        story.turns().advanceToTimer();
        return story;
    }

    private static Story crowded() {
        return Story.withSlots(1, task("a").retry(Retry.anyError(2)), task("b"), task("c"));
    }

    private static Story queuedAgain() {
        Story story = crowded().report("a", Outcomes.TRANSIENT);
        story.turns().advanceToTimer();
        return story;
    }

    private static Story lists() {
        return Story.withSlots(
                2, task("list"), task("each").mapping("list"), task("all").gathering("each"));
    }

    private static Story fanOut() {
        return lists().list("list", 4).succeed("each[0]").fail("each[1]");
    }

    private static Story interrupted() {
        Story story = chain().succeed("a");
        story.turns().restart().load("v1", story.run().graph().definition());
        return story;
    }
}
