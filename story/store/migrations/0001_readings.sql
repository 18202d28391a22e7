-- Readings, their steps, and what members press under them. Instants are unix seconds.

CREATE TABLE reading (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used again: buttons on old messages carry it
    guild INTEGER NOT NULL,
    channel INTEGER NOT NULL,
    story TEXT NOT NULL,
    started_by INTEGER NOT NULL,
    stopped INTEGER NOT NULL DEFAULT 0 CHECK (stopped IN (0, 1))
) STRICT;

CREATE UNIQUE INDEX reading_in_channel ON reading (channel) WHERE stopped = 0;
CREATE INDEX reading_of_guild ON reading (guild) WHERE stopped = 0;

-- Append-only, but for `message`, which is set once the step has been posted.
CREATE TABLE step (
    reading INTEGER NOT NULL REFERENCES reading (id) ON DELETE CASCADE,
    n INTEGER NOT NULL CHECK (n > 0),
    kind TEXT NOT NULL CHECK (kind IN ('start', 'section', 'back', 'restart', 'stop')),
    at REAL NOT NULL,
    scene TEXT,
    pov TEXT,
    how TEXT CHECK (how IN ('only', 'votes', 'heard least', 'order')),
    votes INTEGER NOT NULL,
    cast_ INTEGER NOT NULL,
    by_ INTEGER,
    message INTEGER,
    PRIMARY KEY (reading, n),
    CHECK ((scene IS NULL) = (pov IS NULL)),
    CHECK ((kind = 'section' AND scene IS NOT NULL) OR kind IN ('start', 'restart') OR scene IS NULL)
) STRICT, WITHOUT ROWID;

CREATE INDEX step_beginning ON step (reading, n) WHERE kind IN ('start', 'restart');
CREATE INDEX step_untold ON step (reading, n) WHERE message IS NULL AND kind <> 'stop';

-- What a member last said under a step: the POV voted for, and whether they are ready to go on.
CREATE TABLE press (
    reading INTEGER NOT NULL,
    n INTEGER NOT NULL,
    member INTEGER NOT NULL,
    pov TEXT,
    ready INTEGER NOT NULL CHECK (ready IN (0, 1)),
    PRIMARY KEY (reading, n, member),
    FOREIGN KEY (reading, n) REFERENCES step (reading, n) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- When the ballot under a reading's last step closes. No row: its clock has not been started.
CREATE TABLE deadline (
    reading INTEGER PRIMARY KEY REFERENCES reading (id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    at REAL NOT NULL
) STRICT;

CREATE INDEX deadline_at ON deadline (at);

-- What the bot keeps for itself, such as the hash of the commands that Discord has been told.
CREATE TABLE note (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
