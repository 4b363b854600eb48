-- The limits that pools have now; a pool without a row has none. No rate: null.
CREATE TABLE pools (
    pool              text COLLATE "C" PRIMARY KEY,
    slots             integer NOT NULL,
    starts_per_minute integer,
    set_at            text    NOT NULL
);

-- Whoever becomes the owner reads the starts of the last minutes that count towards a rate. Only
-- they are in the index, so what has no rate pays nothing for it.
CREATE INDEX history_of_starts ON history (at) WHERE kind = 'start_counted';
