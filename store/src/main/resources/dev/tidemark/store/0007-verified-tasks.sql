-- Tasks of versions of which it was shown that running them twice is running them once.
CREATE TABLE verified_tasks (
    pipeline TEXT NOT NULL,
    version  TEXT NOT NULL,
    task     TEXT NOT NULL,
    PRIMARY KEY (pipeline, version, task)
) STRICT, WITHOUT ROWID;
