package dev.tidemark.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Plans and requests for the pipeline {@code flow}. */
final class Backfills {
    private Backfills() {}

    /** A run of the interval so many days after the pipeline's start. */
    static BackfillPlan.Item create(int day) {
        return new BackfillPlan.Item(
                Turns.day(day), "backfill__" + day, 0, BackfillPlan.Action.CREATE, "");
    }

    /** So many intervals from the first on, oldest first. */
    static List<BackfillPlan.Item> days(int count) {
        List<BackfillPlan.Item> items = new ArrayList<>();
        for (int day = 0; day < count; day++) {
            items.add(create(day));
        }
        return items;
    }

    static BackfillPlan.Item item(RunIdentity identity, long run, BackfillPlan.Action action) {
        return new BackfillPlan.Item(identity.interval(), identity.name(), run, action, "");
    }

    static BackfillPlan plan(BackfillPlan.Item... items) {
        return plan(4, 5, Arrays.asList(items));
    }

    static BackfillPlan plan(int maxActive, int haltAfter, List<BackfillPlan.Item> items) {
        return new BackfillPlan(
                "flow",
                Map.of(),
                new BackfillPlan.Options(BackfillPlan.Reprocess.MISSING, maxActive, haltAfter),
                items);
    }

    static Event.BackfillRequested request(BackfillPlan.Item... items) {
        return request(plan(items));
    }

    static Event.BackfillRequested request(BackfillPlan plan) {
        return new Event.BackfillRequested(plan, 0);
    }
}
