-- How far the schedules of pipelines are: intervals up to the last one are decided.
CREATE TABLE schedules (
    pipeline   TEXT PRIMARY KEY,
    enabled_at TEXT NOT NULL,
    runs_from  TEXT NOT NULL,
    last_start TEXT,
    last_end   TEXT,
    alerted_at TEXT
) STRICT;

CREATE TABLE pauses (
    pause      INTEGER PRIMARY KEY,
    pipeline   TEXT NOT NULL,
    reason     TEXT NOT NULL,
    paused_at  TEXT NOT NULL,
    resumed_at TEXT
) STRICT;
CREATE UNIQUE INDEX pauses_open ON pauses (pipeline) WHERE resumed_at IS NULL;
CREATE INDEX pauses_of_pipeline ON pauses (pipeline, paused_at);

-- Intervals that were due and got no run from their schedule. One row for many in a row.
CREATE TABLE passed_intervals (
    pipeline    TEXT    NOT NULL,
    first_start TEXT    NOT NULL,
    first_end   TEXT    NOT NULL,
    last_start  TEXT    NOT NULL,
    last_end    TEXT    NOT NULL,
    intervals   INTEGER NOT NULL,
    why         TEXT    NOT NULL,
    passed_at   TEXT    NOT NULL,
    PRIMARY KEY (pipeline, first_start)
) STRICT;

CREATE TABLE alerts (
    alert          INTEGER PRIMARY KEY,
    raised_at      TEXT NOT NULL,
    kind           TEXT NOT NULL,
    pipeline       TEXT NOT NULL,
    run            INTEGER,
    interval_start TEXT NOT NULL,
    interval_end   TEXT NOT NULL,
    message        TEXT NOT NULL
) STRICT;

-- Runs that schedules have to go on with.
CREATE INDEX runs_open ON runs (pipeline) WHERE backfill IS NULL AND ended_at IS NULL;
