package dev.tidemark.store;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The tables of a store, over one connection. They are read with the same SQL in every database;
 * what writes here is for SQLite. Used by one thread at a time.
 */
final class Tables implements AutoCloseable {
    final Sql sql;
    final HistoryTable history;
    final PipelineTable pipelines;
    final RunTable runs;
    final TaskTable tasks;
    final AttemptTable attempts;
    final ManifestTable manifests;
    final BackfillTable backfills;
    final ScheduleTable schedules;
    final OwnerTable owner;
    final StandingTable standings;
    final CommandTable commands;
    final PoolTable pools;
    final WatermarkTable watermarks;

    /** How a list of texts, in a parameter that holds them as JSON, becomes rows in SQLite. */
    static final String NAMES_IN_SQLITE = "json_each(?) AS it";

    /** The same in PostgreSQL. */
    static final String NAMES_IN_POSTGRES = "jsonb_array_elements_text(?::jsonb) AS it (value)";

    /**
     * @param names how a list of names becomes rows: {@code it}, with one column, {@code value}
     */
    Tables(Connection connection, String names) {
        sql = new Sql(connection);
        history = new HistoryTable(sql);
        pipelines = new PipelineTable(sql);
        runs = new RunTable(sql);
        attempts = new AttemptTable(sql);
        tasks = new TaskTable(sql, attempts, pipelines);
        manifests = new ManifestTable(sql);
        backfills = new BackfillTable(sql, history, names);
        schedules = new ScheduleTable(sql, names);
        standings = new StandingTable(sql, schedules, names);
        owner = new OwnerTable(sql);
        commands = new CommandTable(sql);
        pools = new PoolTable(sql);
        watermarks = new WatermarkTable(sql, names);
    }

    @Override
    public void close() throws SQLException {
        sql.close();
    }
}
