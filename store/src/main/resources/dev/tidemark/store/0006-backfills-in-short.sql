-- What is asked of a backfill, in short: to list backfills, nobody has to read their plans.
ALTER TABLE backfills ADD COLUMN asked TEXT NOT NULL DEFAULT '{}';

UPDATE backfills SET asked = (
    SELECT json_object('reprocess', payload ->> '$.plan.reprocess',
                       'max_active', payload ->> '$.plan.max_active',
                       'halt_after', payload ->> '$.plan.halt_after',
                       'intervals', json_array_length(payload, '$.plan.items'),
                       'work', (SELECT count(*) FROM json_each(payload, '$.plan.items')
                                WHERE value ->> 'action' <> 'SKIP'))
    FROM history
    WHERE history.backfill = backfills.backfill AND kind = 'backfill_created')
WHERE EXISTS (SELECT 1 FROM history
              WHERE history.backfill = backfills.backfill AND kind = 'backfill_created');

-- With the state in it, the runs of a backfill are counted without looking at them.
DROP INDEX runs_of_backfill;
CREATE INDEX runs_of_backfill ON runs (backfill, state) WHERE backfill IS NOT NULL;
