-- Where several processes share Discord's shards: which is whose, by the name of the process, and when that was last
-- heard of, by the clock of the database. There are as many rows as shards.
CREATE TABLE shard (
    number INTEGER PRIMARY KEY,
    owner TEXT,
    heard INSTANT NOT NULL
) STRICT;

-- When the last turn to identify begins, of the shards of a bucket: they take turns, 5 seconds each.
CREATE TABLE identify (
    bucket INTEGER PRIMARY KEY,
    at INSTANT NOT NULL
) STRICT;
