-- Of a serial that goes by the dates of its story: the year in which the first of them comes.

ALTER TABLE serial ADD COLUMN year INTEGER NOT NULL DEFAULT 0;

-- What is wrong in a channel, so that it is told once: `n` is the step of a reading that it is wrong under, or 0.
CREATE TABLE trouble (
    channel SNOWFLAKE NOT NULL,
    kind TEXT NOT NULL,
    guild SNOWFLAKE NOT NULL,
    n INTEGER NOT NULL,
    why TEXT NOT NULL,
    since INSTANT NOT NULL,
    PRIMARY KEY (channel, kind)
) STRICT, WITHOUT ROWID;

CREATE INDEX trouble_guild ON trouble (guild);
