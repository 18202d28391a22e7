-- Groups that sit down together, who is in them, and who has read to the end of a section.

CREATE TABLE session (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild INTEGER NOT NULL,
    channel INTEGER NOT NULL,
    host INTEGER NOT NULL,
    began_at REAL,                       -- NULL: the lobby is open, and nobody has pressed Begin
    began_with INTEGER,                  -- the last step of the reading then
    paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
    ended INTEGER NOT NULL DEFAULT 0 CHECK (ended IN (0, 1))
) STRICT;

CREATE UNIQUE INDEX session_in_channel ON session (channel) WHERE ended = 0;
CREATE INDEX session_guild ON session (guild);
CREATE INDEX session_host ON session (host);

CREATE TABLE session_reader (
    session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    member INTEGER NOT NULL,
    joined_at REAL NOT NULL,
    active_at REAL NOT NULL,
    gone INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1)),
    PRIMARY KEY (session, member)
) STRICT, WITHOUT ROWID;

CREATE INDEX session_reader_member ON session_reader (member);

ALTER TABLE press ADD COLUMN done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1));

-- What comes due: the ballot's clock runs out; the grace after everybody is ready is over; it is time to look
-- whether somebody is away by now; or the next section of a serial.
ALTER TABLE deadline ADD COLUMN kind TEXT NOT NULL DEFAULT 'clock'
    CHECK (kind IN ('clock', 'grace', 'look', 'serial'));
