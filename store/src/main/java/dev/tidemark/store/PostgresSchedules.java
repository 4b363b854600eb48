package dev.tidemark.store;

import static dev.tidemark.store.Volley.ints;
import static dev.tidemark.store.Volley.longs;
import static dev.tidemark.store.Volley.texts;

import dev.tidemark.Interval;
import dev.tidemark.core.Alert;
import dev.tidemark.core.Change;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes schedules and alerts to PostgreSQL, many at once. */
final class PostgresSchedules {
    private static final String ENABLE =
            """
            INSERT INTO schedules (pipeline, enabled_at, runs_from)
            SELECT pipeline, ?, runs_from
            FROM unnest(?::text[], ?::text[]) AS it (pipeline, runs_from)
            """;
    private static final String ADVANCE =
            """
            UPDATE schedules SET last_start = it.last_start, last_end = it.last_end
            FROM unnest(?::text[], ?::text[], ?::text[]) AS it (pipeline, last_start, last_end)
            WHERE schedules.pipeline = it.pipeline
              AND (schedules.last_start IS NULL OR schedules.last_start < it.last_start)
            """;
    private static final String PASS =
            """
            INSERT INTO passed_intervals (pipeline, first_start, first_end, last_start, last_end,
                                          intervals, why, passed_at)
            SELECT it.*, ?
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::int[], ?::text[])
                 AS it (pipeline, first_start, first_end, last_start, last_end, intervals, why)
            """;
    private static final String PAUSE =
            """
            INSERT INTO pauses (pipeline, reason, paused_at)
            SELECT pipeline, reason, ? FROM unnest(?::text[], ?::text[]) AS it (pipeline, reason)
            """;
    private static final String RESUME =
            """
            UPDATE pauses SET resumed_at = ?
            FROM unnest(?::text[]) AS it (pipeline)
            WHERE pauses.pipeline = it.pipeline AND resumed_at IS NULL
            """;
    private static final String RAISE =
            """
            INSERT INTO alerts (raised_at, kind, pipeline, run, interval_start, interval_end,
                                message)
            SELECT ?, kind, pipeline, nullif(run, 0), interval_start, interval_end, message
            FROM unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[])
                 AS it (kind, pipeline, run, interval_start, interval_end, message)
            """;
    private static final String ALERTED =
            "UPDATE schedules SET alerted_at = ? WHERE pipeline = ANY (?::text[])";

    private PostgresSchedules() {}

    static void enable(Volley volley, List<Change.ScheduleEnabled> them, String at) {
        volley.exactly(
                them.size(),
                ENABLE,
                at,
                texts(them, Change.ScheduleEnabled::pipeline),
                texts(them, it -> Instants.text(it.from())));
    }

    /** Runs of schedules came to be. */
    static void created(Volley volley, List<Change.RunCreated> them) {
        Map<String, Interval> latest = new TreeMap<>();
        for (Change.RunCreated it : them) {
            if (it.backfill() == 0) {
                latest.merge(
                        it.identity().pipeline(),
                        it.identity().interval(),
                        PostgresSchedules::later);
            }
        }
        advance(volley, latest);
    }

    private static Interval later(Interval one, Interval other) {
        return one.start().isAfter(other.start()) ? one : other;
    }

    private static void advance(Volley volley, Map<String, Interval> latest) {
        List<Map.Entry<String, Interval>> entries = List.copyOf(latest.entrySet());
        if (!entries.isEmpty()) {
            volley.add(
                    ADVANCE,
                    texts(entries, Map.Entry::getKey),
                    texts(entries, it -> Instants.text(it.getValue().start())),
                    texts(entries, it -> Instants.text(it.getValue().end())));
        }
    }

    static void pass(Volley volley, List<Change.IntervalsPassed> them, String at) {
        volley.exactly(
                them.size(),
                PASS,
                at,
                texts(them, Change.IntervalsPassed::pipeline),
                texts(them, it -> Instants.text(it.first().start())),
                texts(them, it -> Instants.text(it.first().end())),
                texts(them, it -> Instants.text(it.last().start())),
                texts(them, it -> Instants.text(it.last().end())),
                ints(them, Change.IntervalsPassed::count),
                texts(them, it -> it.why().name()));
        Map<String, Interval> latest = new TreeMap<>();
        them.forEach(it -> latest.merge(it.pipeline(), it.last(), PostgresSchedules::later));
        advance(volley, latest);
    }

    static void pause(Volley volley, List<Change.SchedulePaused> them, String at) {
        volley.exactly(
                them.size(),
                PAUSE,
                at,
                texts(them, Change.SchedulePaused::pipeline),
                texts(them, it -> PostgresText.encode(it.reason())));
    }

    static void resume(Volley volley, List<Change.ScheduleResumed> them, String at) {
        volley.exactly(them.size(), RESUME, at, texts(them, Change.ScheduleResumed::pipeline));
    }

    static void raise(Volley volley, List<Change.AlertRaised> them, String at) {
        List<Alert> alerts = them.stream().map(Change.AlertRaised::alert).toList();
        volley.exactly(
                alerts.size(),
                RAISE,
                at,
                texts(alerts, it -> it.kind().name()),
                texts(alerts, Alert::pipeline),
                longs(alerts, Alert::run),
                texts(alerts, it -> Instants.text(it.interval().start())),
                texts(alerts, it -> Instants.text(it.interval().end())),
                texts(alerts, it -> PostgresText.encode(it.message())));
        List<Alert> late =
                alerts.stream().filter(it -> it.kind() == Alert.Kind.INTERVAL_LATE).toList();
        if (!late.isEmpty()) {
            volley.add(ALERTED, at, texts(late, Alert::pipeline));
        }
    }
}
