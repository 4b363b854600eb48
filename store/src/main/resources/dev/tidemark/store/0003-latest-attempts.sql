-- The latest attempt stands in its task; earlier ones, and those of tasks that are gone, stand in
-- attempts. Most tasks need one attempt, which is then one row that changes, and none that comes.
-- With a rowid, a row that changes stays in its place; its key never changes.
CREATE TABLE new_tasks (
    run         INTEGER NOT NULL REFERENCES runs,
    task        TEXT    NOT NULL,
    element     INTEGER NOT NULL,
    state       TEXT    NOT NULL,
    started     INTEGER NOT NULL DEFAULT 0,
    losses      INTEGER NOT NULL DEFAULT 0,
    token       INTEGER NOT NULL DEFAULT 0,
    message     TEXT    NOT NULL DEFAULT '',
    started_at  TEXT,
    ended_at    TEXT,
    due_at      TEXT,
    attempt     TEXT,
    error_class TEXT,
    said        TEXT    NOT NULL DEFAULT '',
    late        TEXT,
    PRIMARY KEY (run, task, element)
) STRICT;

INSERT INTO new_tasks
SELECT tasks.run, tasks.task, tasks.element, tasks.state, started, losses, tasks.token,
       tasks.message, tasks.started_at, tasks.ended_at, due_at,
       CASE tasks.state WHEN 'RUNNING' THEN 'RUNNING' ELSE latest.state END,
       latest.error_class, coalesce(latest.message, ''), latest.late
FROM tasks LEFT JOIN attempts AS latest USING (run, task, element, token);

DELETE FROM attempts
WHERE EXISTS (SELECT 1 FROM tasks
              WHERE tasks.run = attempts.run AND tasks.task = attempts.task
                AND tasks.element = attempts.element AND tasks.token = attempts.token);
DROP TABLE tasks;
ALTER TABLE new_tasks RENAME TO tasks;
