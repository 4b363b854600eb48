package dev.tidemark.cli;

import dev.tidemark.Interval;
import dev.tidemark.core.RunState;
import dev.tidemark.store.BackfillSummary;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** Backfills as programs read them. */
final class BackfillJson {
    private BackfillJson() {}

    /** Says of a backfill what is always said. */
    static void put(ObjectNode json, BackfillSummary backfill) {
        json.put("backfill", backfill.number())
                .put("pipeline", backfill.asked().pipeline())
                .put("state", RunReport.word(backfill.state()))
                .put("ended_because", backfill.status().reason())
                .put("accepts_unknown_effects", backfill.asked().options().acceptUnknownEffects())
                .put("reason", backfill.asked().reason())
                .put("reprocess", RunReport.word(backfill.asked().options().reprocess()))
                .put("max_active", backfill.asked().options().maxActive())
                .put("halt_after", backfill.asked().options().haltAfter())
                .put("order", RunReport.word(backfill.asked().options().pace().order()))
                .put("created", backfill.times().created().toString())
                .put("ended", backfill.times().ended().map(Instant::toString).orElse(null));
        ObjectNode counts = json.putObject("intervals");
        counts.put("planned", backfill.asked().intervals());
        for (RunState state : RunState.values()) {
            counts.put(RunReport.word(state), BackfillText.of(backfill, state));
        }
        counts.put("left_alone", backfill.progress().skipped())
                .put("not_started", BackfillText.notStarted(backfill));
    }

    static void put(ObjectNode json, Interval interval) {
        json.put("start", interval.start().toString()).put("end", interval.end().toString());
    }
}
