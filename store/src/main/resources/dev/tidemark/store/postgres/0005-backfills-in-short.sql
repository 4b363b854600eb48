-- What is asked of a backfill, in short: to list backfills, nobody has to read their plans.
ALTER TABLE backfills ADD COLUMN asked text NOT NULL DEFAULT '{}';

UPDATE backfills SET asked = json_build_object(
        'reprocess', plan ->> 'reprocess',
        'max_active', (plan ->> 'max_active')::int,
        'halt_after', (plan ->> 'halt_after')::int,
        'intervals', json_array_length(plan -> 'items'),
        'work', (SELECT count(*) FROM json_array_elements(plan -> 'items') AS item
                 WHERE item ->> 'action' <> 'SKIP'))::text
FROM (SELECT backfill AS number,
             -- A null in a text, which the database cannot read, is in nothing that is asked for.
             regexp_replace(payload, '((?<!\\)(?:\\\\)*)\\u0000', '\1', 'g')::json
                 -> 'plan' AS plan
      FROM history WHERE kind = 'backfill_created') AS created
WHERE number = backfill;

-- With the state in it, the runs of a backfill are counted without looking at them.
DROP INDEX runs_of_backfill;
CREATE INDEX runs_of_backfill ON runs (backfill, state) WHERE backfill IS NOT NULL;
