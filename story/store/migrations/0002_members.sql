-- What belongs to single members, and when servers that removed the bot are to be forgotten.

-- The last step that a member has seen by catching up. What they pressed under a step says the same of that step.
CREATE TABLE caught_up (
    reading INTEGER NOT NULL REFERENCES reading (id) ON DELETE CASCADE,
    member INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (reading, member)
) STRICT, WITHOUT ROWID;

CREATE INDEX caught_up_member ON caught_up (member);

CREATE TABLE bookmark (
    member INTEGER NOT NULL,
    reading INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (member, reading, n),
    FOREIGN KEY (reading, n) REFERENCES step (reading, n) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX bookmark_step ON bookmark (reading, n);

-- Servers that have removed the bot, and when.
CREATE TABLE departure (
    guild INTEGER PRIMARY KEY,
    at REAL NOT NULL
) STRICT;

CREATE INDEX departure_at ON departure (at);

-- A member who has asked to be forgotten leaves presses under a negative number, which is nobody's.
CREATE INDEX press_member ON press (member, reading, n);
CREATE INDEX step_by ON step (by_) WHERE by_ IS NOT NULL;
CREATE INDEX reading_started_by ON reading (started_by);
CREATE INDEX reading_guild ON reading (guild);
