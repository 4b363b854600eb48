-- The limits that pools have now; a pool without a row has none. No rate: null.
CREATE TABLE pools (
    pool              TEXT PRIMARY KEY,
    slots             INTEGER NOT NULL,
    starts_per_minute INTEGER,
    set_at            TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

-- Whoever becomes the owner reads the starts of the last minutes that count towards a rate. Only
-- they are in the index, so what has no rate pays nothing for it.
CREATE INDEX history_of_starts ON history (at) WHERE kind = 'start_counted';
