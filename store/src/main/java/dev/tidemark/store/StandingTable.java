package dev.tidemark.store;

import dev.tidemark.Interval;
import dev.tidemark.core.BackfillPlan;
import dev.tidemark.core.ScheduleState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What engines have to know that take schedules up: of all their pipelines at once. */
final class StandingTable {
    private final Sql sql;
    private final ScheduleTable schedules;
    private final String ahead;
    private final String previous;
    private final String open;

    /**
     * @param names see {@link Tables}
     */
    StandingTable(Sql sql, ScheduleTable schedules, String names) {
        this.sql = sql;
        this.schedules = schedules;
        // For each pipeline a look into the index, from where what is decided ends.
        this.ahead =
                """
                SELECT runs.*
                FROM %s LEFT JOIN schedules ON schedules.pipeline = it.value CROSS JOIN runs
                WHERE runs.pipeline = it.value AND runs.parameters = '{}'
                  AND runs.interval_start > coalesce(schedules.last_start, '')
                """
                        .formatted(names);
        this.previous =
                """
                SELECT latest.*
                FROM %s JOIN schedules ON schedules.pipeline = it.value
                     JOIN runs AS latest ON latest.run = (
                         SELECT run FROM runs
                         WHERE runs.pipeline = schedules.pipeline AND runs.parameters = '{}'
                           AND runs.interval_start <= schedules.last_start
                         ORDER BY runs.interval_start DESC LIMIT 1)
                """
                        .formatted(names);
        this.open =
                """
                SELECT pipeline, run FROM %s CROSS JOIN runs
                WHERE pipeline = it.value AND backfill IS NULL AND ended_at IS NULL ORDER BY run
                """
                        .formatted(names);
    }

    /** By pipeline; each has one. */
    Map<String, Standing> of(Collection<String> pipelines) throws SQLException {
        Map<String, ScheduleState.Kept> kept = new HashMap<>();
        schedules.views(pipelines).forEach(view -> kept.put(view.pipeline(), view.kept()));
        String names = Json.texts(pipelines);
        Map<String, Map<Interval, BackfillPlan.Existing>> later = new HashMap<>();
        sql.each(
                row -> {
                    RunTable.Covered run = RunTable.covered(row);
                    later.computeIfAbsent(row.getString("pipeline"), _ -> new HashMap<>())
                            .put(run.interval(), run.existing());
                },
                ahead,
                names);
        Map<String, ScheduleState.Previous> before = new HashMap<>();
        sql.each(row -> before.put(row.getString("pipeline"), previous(row)), previous, names);
        Map<String, List<Long>> underWay = new HashMap<>();
        sql.each(
                row ->
                        underWay.computeIfAbsent(row.getString("pipeline"), _ -> new ArrayList<>())
                                .add(row.getLong("run")),
                open,
                names);
        Map<String, Standing> standings = new HashMap<>();
        for (String pipeline : pipelines) {
            standings.put(
                    pipeline,
                    new Standing(
                            kept.getOrDefault(pipeline, ScheduleState.Kept.NOTHING),
                            later.getOrDefault(pipeline, Map.of()),
                            Optional.ofNullable(before.get(pipeline)),
                            underWay.getOrDefault(pipeline, List.of())));
        }
        return standings;
    }

    private static ScheduleState.Previous previous(ResultSet row) throws SQLException {
        RunTable.Covered run = RunTable.covered(row);
        return new ScheduleState.Previous(
                run.existing().run(), run.interval(), run.existing().state());
    }
}
