-- All that was ever decided, in order. Nothing is changed or removed: folding it gives the state.
-- Instants are texts in UTC with nine digits after the second, so that they sort.
CREATE TABLE history (
    seq      INTEGER PRIMARY KEY,
    at       TEXT    NOT NULL,
    run      INTEGER,
    backfill INTEGER,
    kind     TEXT    NOT NULL,
    payload  TEXT    NOT NULL
) STRICT;
CREATE INDEX history_of_run ON history (run) WHERE run IS NOT NULL;
CREATE INDEX history_of_backfill ON history (backfill) WHERE backfill IS NOT NULL;

-- What follows is what queries need, written in the same transactions as the history.
CREATE TABLE pipelines (
    pipeline      TEXT NOT NULL,
    version       TEXT NOT NULL,
    definition    TEXT NOT NULL,
    registered_at TEXT NOT NULL,
    PRIMARY KEY (pipeline, version)
) STRICT;

-- The plan of a backfill can be long; it stands in the history only.
CREATE TABLE backfills (
    backfill   INTEGER PRIMARY KEY,
    pipeline   TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    reason     TEXT    NOT NULL,
    skipped    INTEGER NOT NULL,
    created_at TEXT    NOT NULL,
    ended_at   TEXT
) STRICT;

CREATE TABLE runs (
    run            INTEGER PRIMARY KEY,
    pipeline       TEXT    NOT NULL,
    name           TEXT    NOT NULL,
    parameters     TEXT    NOT NULL,
    interval_start TEXT    NOT NULL,
    interval_end   TEXT    NOT NULL,
    version        TEXT    NOT NULL,
    state          TEXT    NOT NULL,
    try            INTEGER NOT NULL,
    backfill       INTEGER,
    created_at     TEXT    NOT NULL,
    started_at     TEXT,
    ended_at       TEXT,
    UNIQUE (name, pipeline),
    UNIQUE (pipeline, parameters, interval_start, interval_end),
    FOREIGN KEY (pipeline, version) REFERENCES pipelines
) STRICT;
CREATE INDEX runs_of_backfill ON runs (backfill) WHERE backfill IS NOT NULL;

-- Clustered by run and task: what changes together lies together. Element -1: not mapped.
CREATE TABLE tasks (
    run        INTEGER NOT NULL REFERENCES runs,
    task       TEXT    NOT NULL,
    element    INTEGER NOT NULL,
    state      TEXT    NOT NULL,
    started    INTEGER NOT NULL DEFAULT 0,
    losses     INTEGER NOT NULL DEFAULT 0,
    token      INTEGER NOT NULL DEFAULT 0,
    message    TEXT    NOT NULL DEFAULT '',
    started_at TEXT,
    ended_at   TEXT,
    due_at     TEXT,
    PRIMARY KEY (run, task, element)
) STRICT, WITHOUT ROWID;

-- Attempts that ended; the one that runs stands in tasks. By token, since the number begins anew when a mapped task is expanded anew.
CREATE TABLE attempts (
    run         INTEGER NOT NULL,
    task        TEXT    NOT NULL,
    element     INTEGER NOT NULL,
    token       INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    state       TEXT    NOT NULL,
    error_class TEXT,
    message     TEXT    NOT NULL,
    late        TEXT,
    started_at  TEXT    NOT NULL,
    ended_at    TEXT    NOT NULL,
    PRIMARY KEY (run, task, element, token)
) STRICT, WITHOUT ROWID;

-- The latest of each partition that a run published.
CREATE TABLE manifests (
    run            INTEGER NOT NULL REFERENCES runs,
    asset          TEXT    NOT NULL,
    partition      TEXT    NOT NULL,
    task           TEXT    NOT NULL,
    element        INTEGER NOT NULL,
    token          INTEGER NOT NULL,
    version        INTEGER NOT NULL,
    rows_read      INTEGER NOT NULL,
    rows_accepted  INTEGER NOT NULL,
    rows_rejected  INTEGER NOT NULL,
    rows_filtered  INTEGER NOT NULL,
    rows_published INTEGER NOT NULL,
    content_hash   TEXT    NOT NULL,
    manifest       TEXT    NOT NULL,
    manifest_hash  TEXT    NOT NULL,
    PRIMARY KEY (run, asset, partition)
) STRICT;

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES ('issuer', lower(hex(randomblob(16))));
