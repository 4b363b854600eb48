-- All that was ever decided, in order. Nothing is changed or removed: folding it gives the state.
-- Instants are texts in UTC with nine digits after the second, so that they sort. Texts sort by
-- their bytes, whatever the database's language is.
CREATE TABLE history (
    seq      bigint PRIMARY KEY,
    at       text   NOT NULL,
    run      bigint,
    backfill bigint,
    kind     text   NOT NULL,
    payload  text   NOT NULL
);
CREATE INDEX history_of_run ON history (run, seq) WHERE run IS NOT NULL;
CREATE INDEX history_of_backfill ON history (backfill, seq) WHERE backfill IS NOT NULL;

-- What follows is what queries need, written in the same transactions as the history.
-- In texts that anybody may write, a backslash begins what a text cannot hold: \0 is a null.
CREATE TABLE pipelines (
    pipeline      text COLLATE "C" NOT NULL,
    version       text COLLATE "C" NOT NULL,
    definition    text NOT NULL,
    registered_at text NOT NULL,
    PRIMARY KEY (pipeline, version)
);

-- The tasks of a version, in the order of its graph.
CREATE TABLE pipeline_tasks (
    pipeline text COLLATE "C" NOT NULL,
    version  text COLLATE "C" NOT NULL,
    place    integer NOT NULL,
    task     text COLLATE "C" NOT NULL,
    PRIMARY KEY (pipeline, version, place),
    FOREIGN KEY (pipeline, version) REFERENCES pipelines
);

-- The plan of a backfill can be long; it stands in the history only.
CREATE TABLE backfills (
    backfill   bigint PRIMARY KEY,
    pipeline   text COLLATE "C" NOT NULL,
    state      text    NOT NULL,
    reason     text    NOT NULL,
    skipped    integer NOT NULL,
    created_at text    NOT NULL,
    ended_at   text
);

-- Pages keep room for the next version of a row, so that an update needs no index.
CREATE TABLE runs (
    run            bigint PRIMARY KEY,
    pipeline       text COLLATE "C" NOT NULL,
    name           text COLLATE "C" NOT NULL,
    parameters     text COLLATE "C" NOT NULL,
    interval_start text COLLATE "C" NOT NULL,
    interval_end   text COLLATE "C" NOT NULL,
    version        text COLLATE "C" NOT NULL,
    state          text    NOT NULL,
    try            integer NOT NULL,
    backfill       bigint,
    created_at     text    NOT NULL,
    started_at     text,
    ended_at       text,
    UNIQUE (name, pipeline),
    UNIQUE (pipeline, parameters, interval_start, interval_end),
    FOREIGN KEY (pipeline, version) REFERENCES pipelines
) WITH (fillfactor = 80);
CREATE INDEX runs_of_backfill ON runs (backfill) WHERE backfill IS NOT NULL;

-- Element -1: not mapped. No reference to runs: rows are made from theirs, and a check of each
-- would cost as much as the row.
CREATE TABLE tasks (
    run        bigint  NOT NULL,
    task       text COLLATE "C" NOT NULL,
    element    integer NOT NULL,
    state      text    NOT NULL,
    started    integer NOT NULL DEFAULT 0,
    losses     integer NOT NULL DEFAULT 0,
    token      bigint  NOT NULL DEFAULT 0,
    message    text    NOT NULL DEFAULT '',
    started_at text,
    ended_at   text,
    due_at     text,
    PRIMARY KEY (run, task, element)
) WITH (fillfactor = 50);

-- Attempts that ended; the one that runs stands in tasks. By token, since the number begins anew
-- when a mapped task is expanded anew.
CREATE TABLE attempts (
    run         bigint  NOT NULL,
    task        text COLLATE "C" NOT NULL,
    element     integer NOT NULL,
    token       bigint  NOT NULL,
    number      integer NOT NULL,
    state       text    NOT NULL,
    error_class text,
    message     text    NOT NULL,
    late        text,
    started_at  text    NOT NULL,
    ended_at    text    NOT NULL,
    PRIMARY KEY (run, task, element, token)
);

-- The latest of each partition that a run published.
CREATE TABLE manifests (
    run            bigint  NOT NULL,
    asset          text COLLATE "C" NOT NULL,
    partition      text COLLATE "C" NOT NULL,
    task           text    NOT NULL,
    element        integer NOT NULL,
    token          bigint  NOT NULL,
    version        bigint  NOT NULL,
    rows_read      bigint  NOT NULL,
    rows_accepted  bigint  NOT NULL,
    rows_rejected  bigint  NOT NULL,
    rows_filtered  bigint  NOT NULL,
    rows_published bigint  NOT NULL,
    content_hash   text    NOT NULL,
    manifest       text    NOT NULL,
    manifest_hash  text    NOT NULL,
    PRIMARY KEY (run, asset, partition)
);

-- Which engine may commit. One row, from the first claim on.
CREATE TABLE owner (
    single  integer PRIMARY KEY CHECK (single = 1),
    epoch   bigint           NOT NULL,
    name    text             NOT NULL,
    lease_s double precision NOT NULL,
    until   timestamptz      NOT NULL
);

-- What other processes ask of the owner, and its answers.
CREATE TABLE commands (
    number      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key         text COLLATE "C" NOT NULL UNIQUE,
    command     text NOT NULL,
    posted_at   text NOT NULL,
    answer      text,
    answered_at text
);
CREATE INDEX commands_posted ON commands (number) WHERE answer IS NULL;

CREATE TABLE meta (
    name  text PRIMARY KEY,
    value text NOT NULL
);
INSERT INTO meta VALUES ('issuer', replace(gen_random_uuid()::text, '-', ''));
