-- Where watermarks stand, which intervals are proven ahead of them, and how they came there.
CREATE TABLE watermarks (
    pipeline  TEXT NOT NULL,
    watermark TEXT NOT NULL,
    stands_at TEXT NOT NULL,
    moved_at  TEXT NOT NULL,
    PRIMARY KEY (pipeline, watermark)
) STRICT, WITHOUT ROWID;

CREATE TABLE intervals_ahead (
    pipeline       TEXT NOT NULL,
    watermark      TEXT NOT NULL,
    interval_start TEXT NOT NULL,
    interval_end   TEXT NOT NULL,
    PRIMARY KEY (pipeline, watermark, interval_end, interval_start)
) STRICT, WITHOUT ROWID;

-- It stood nowhere before: null.
CREATE TABLE watermark_moves (
    move      INTEGER PRIMARY KEY,
    pipeline  TEXT NOT NULL,
    watermark TEXT NOT NULL,
    stood_at  TEXT,
    stands_at TEXT NOT NULL,
    moved_at  TEXT NOT NULL,
    reason    TEXT NOT NULL
) STRICT;

CREATE INDEX watermark_moves_of ON watermark_moves (pipeline, watermark, move);
