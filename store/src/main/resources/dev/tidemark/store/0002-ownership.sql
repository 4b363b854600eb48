-- Which engine may commit. One row, from the first claim on.
CREATE TABLE owner (
    only    INTEGER PRIMARY KEY CHECK (only = 1),
    epoch   INTEGER NOT NULL,
    name    TEXT    NOT NULL,
    lease_s REAL    NOT NULL,
    until_s REAL    NOT NULL
) STRICT;

-- What other processes ask of the owner, and its answers.
CREATE TABLE commands (
    number      INTEGER PRIMARY KEY,
    key         TEXT NOT NULL UNIQUE,
    command     TEXT NOT NULL,
    posted_at   TEXT NOT NULL,
    answer      TEXT,
    answered_at TEXT
) STRICT;
CREATE INDEX commands_posted ON commands (number) WHERE answer IS NULL;

-- A run that comes to a backfill belongs to the history of both.
UPDATE history SET backfill = NULLIF(payload ->> 'backfill', 0)
WHERE kind IN ('run_created', 'run_reopened');
