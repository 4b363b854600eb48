-- How far the schedules of pipelines are: intervals up to the last one are decided.
CREATE TABLE schedules (
    pipeline   text COLLATE "C" PRIMARY KEY,
    enabled_at text NOT NULL,
    runs_from  text NOT NULL,
    last_start text COLLATE "C",
    last_end   text COLLATE "C",
    alerted_at text
) WITH (fillfactor = 80);

CREATE TABLE pauses (
    pause      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    pipeline   text COLLATE "C" NOT NULL,
    reason     text NOT NULL,
    paused_at  text COLLATE "C" NOT NULL,
    resumed_at text COLLATE "C"
);
CREATE UNIQUE INDEX pauses_open ON pauses (pipeline) WHERE resumed_at IS NULL;
CREATE INDEX pauses_of_pipeline ON pauses (pipeline, paused_at);

-- Intervals that were due and got no run from their schedule. One row for many in a row.
CREATE TABLE passed_intervals (
    pipeline    text COLLATE "C" NOT NULL,
    first_start text COLLATE "C" NOT NULL,
    first_end   text    NOT NULL,
    last_start  text COLLATE "C" NOT NULL,
    last_end    text    NOT NULL,
    intervals   integer NOT NULL,
    why         text    NOT NULL,
    passed_at   text    NOT NULL,
    PRIMARY KEY (pipeline, first_start)
);

CREATE TABLE alerts (
    alert          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    raised_at      text NOT NULL,
    kind           text NOT NULL,
    pipeline       text COLLATE "C" NOT NULL,
    run            bigint,
    interval_start text NOT NULL,
    interval_end   text NOT NULL,
    message        text NOT NULL
);

-- Runs that schedules have to go on with.
CREATE INDEX runs_open ON runs (pipeline) WHERE backfill IS NULL AND ended_at IS NULL;
