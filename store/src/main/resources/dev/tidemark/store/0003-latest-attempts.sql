-- The latest attempt stands in its task; earlier ones, and those of tasks that are gone, stand in
-- attempts. Most tasks need one attempt, which is then one row that changes, and none that comes.
ALTER TABLE tasks ADD COLUMN attempt TEXT;
ALTER TABLE tasks ADD COLUMN error_class TEXT;
ALTER TABLE tasks ADD COLUMN said TEXT NOT NULL DEFAULT '';
ALTER TABLE tasks ADD COLUMN late TEXT;

UPDATE tasks SET attempt = 'RUNNING' WHERE state = 'RUNNING';
UPDATE tasks
SET attempt = latest.state, error_class = latest.error_class, said = latest.message,
    late = latest.late
FROM attempts AS latest
WHERE latest.run = tasks.run AND latest.task = tasks.task AND latest.element = tasks.element
  AND latest.token = tasks.token;
DELETE FROM attempts
WHERE EXISTS (SELECT 1 FROM tasks
              WHERE tasks.run = attempts.run AND tasks.task = attempts.task
                AND tasks.element = attempts.element AND tasks.token = attempts.token);
