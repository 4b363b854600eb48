-- Where watermarks stand, which intervals are proven ahead of them, and how they came there.
CREATE TABLE watermarks (
    pipeline  text COLLATE "C" NOT NULL,
    watermark text COLLATE "C" NOT NULL,
    stands_at text NOT NULL,
    moved_at  text NOT NULL,
    PRIMARY KEY (pipeline, watermark)
);

CREATE TABLE intervals_ahead (
    pipeline       text COLLATE "C" NOT NULL,
    watermark      text COLLATE "C" NOT NULL,
    interval_start text COLLATE "C" NOT NULL,
    interval_end   text COLLATE "C" NOT NULL,
    PRIMARY KEY (pipeline, watermark, interval_end, interval_start)
);

-- It stood nowhere before: null.
CREATE TABLE watermark_moves (
    move      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    pipeline  text COLLATE "C" NOT NULL,
    watermark text COLLATE "C" NOT NULL,
    stood_at  text,
    stands_at text NOT NULL,
    moved_at  text NOT NULL,
    reason    text NOT NULL
);

CREATE INDEX watermark_moves_of ON watermark_moves (pipeline, watermark, move);
