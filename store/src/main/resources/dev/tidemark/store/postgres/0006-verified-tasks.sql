-- Tasks of versions of which it was shown that running them twice is running them once.
CREATE TABLE verified_tasks (
    pipeline text COLLATE "C" NOT NULL,
    version  text COLLATE "C" NOT NULL,
    task     text COLLATE "C" NOT NULL,
    PRIMARY KEY (pipeline, version, task)
);
