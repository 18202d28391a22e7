-- Everything that is kept. IDENTITY, SNOWFLAKE, INSTANT and FLAG are types of `dialect.py`; instants are unix seconds.
-- Kinds and states are words without a CHECK: a new one needs no table rebuilt.

-- One channel's way through one story. `state` is open (one a channel), aside or stopped. Buttons on old messages carry
-- the id, so it is never used again. `gone_at` is when the channel was found deleted.
CREATE TABLE reading (
    id IDENTITY,
    guild SNOWFLAKE NOT NULL,
    channel SNOWFLAKE NOT NULL,
    story TEXT NOT NULL,
    started_by SNOWFLAKE NOT NULL,
    state TEXT NOT NULL,
    gone_at INSTANT
) STRICT;

CREATE UNIQUE INDEX reading_in_channel ON reading (channel) WHERE state = 'open';
CREATE INDEX reading_guild ON reading (guild);
CREATE INDEX reading_started_by ON reading (started_by);

-- Append-only, but for `message`, which is set once the step is posted. `reopens` is the step a BACK returns to.
CREATE TABLE step (
    reading SNOWFLAKE NOT NULL REFERENCES reading (id) ON DELETE CASCADE,
    n INTEGER NOT NULL CHECK (n > 0),
    kind TEXT NOT NULL,
    at INSTANT NOT NULL,
    scene TEXT,
    pov TEXT,
    how TEXT,
    votes INTEGER NOT NULL,
    votes_cast INTEGER NOT NULL,
    by_member SNOWFLAKE,
    chooser SNOWFLAKE,
    reopens INTEGER,
    message SNOWFLAKE,
    PRIMARY KEY (reading, n),
    CHECK ((scene IS NULL) = (pov IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX step_beginning ON step (reading, n) WHERE kind IN ('start', 'restart');
CREATE INDEX step_by_member ON step (by_member) WHERE by_member IS NOT NULL;
CREATE INDEX step_chooser ON step (chooser) WHERE chooser IS NOT NULL;

-- What a member last said under a step. A member who asked to be forgotten leaves a negative number, which is nobody's.
CREATE TABLE press (
    reading SNOWFLAKE NOT NULL,
    n INTEGER NOT NULL,
    member SNOWFLAKE NOT NULL,
    pov TEXT,
    ready FLAG NOT NULL,
    PRIMARY KEY (reading, n, member),
    FOREIGN KEY (reading, n) REFERENCES step (reading, n) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX press_member ON press (member, reading, n);

-- Whatever comes due: under a reading's last step, for a date, a session, a delivery, a server that left.
-- `subject` is the id of that; `detail`, `n` and `restarts` are for ballots.
CREATE TABLE timer (
    kind TEXT NOT NULL,
    subject SNOWFLAKE NOT NULL,
    guild SNOWFLAKE NOT NULL,
    at INSTANT NOT NULL,
    detail TEXT,
    n INTEGER,
    restarts INTEGER NOT NULL,
    PRIMARY KEY (kind, subject)
) STRICT, WITHOUT ROWID;

CREATE INDEX timer_at ON timer (at);
CREATE INDEX timer_guild ON timer (guild);

-- What Discord is to show because of a change. A row goes when it is shown. Deliveries of one channel and track go in
-- the order of their ids. `subject` is a reading, session or date; `target` a message, thread or event of Discord's.
CREATE TABLE delivery (
    id IDENTITY,
    guild SNOWFLAKE NOT NULL,
    channel SNOWFLAKE NOT NULL,
    kind TEXT NOT NULL,
    subject SNOWFLAKE NOT NULL,
    n INTEGER,
    target SNOWFLAKE,
    data TEXT,
    created_at INSTANT NOT NULL,
    attempts INTEGER NOT NULL,
    failure TEXT
) STRICT;

CREATE INDEX delivery_channel ON delivery (channel, id);
CREATE INDEX delivery_guild ON delivery (guild);
CREATE INDEX delivery_section ON delivery (subject, n) WHERE kind = 'section';

-- Readings that post a section on a schedule: since `began`, every so often, by the clock on the wall of a zone.
CREATE TABLE serial (
    reading SNOWFLAKE PRIMARY KEY REFERENCES reading (id) ON DELETE CASCADE,
    every TEXT NOT NULL,
    began INSTANT NOT NULL,
    zone TEXT NOT NULL
) STRICT;

-- A group that reads together. The lobby is open until `began_at`; `began_with` and `ended_with` are the reading's last
-- steps then. `message` is the lobby's card.
CREATE TABLE session (
    id IDENTITY,
    guild SNOWFLAKE NOT NULL,
    channel SNOWFLAKE NOT NULL,
    host SNOWFLAKE NOT NULL,
    opened_at INSTANT NOT NULL,
    began_at INSTANT,
    began_with INTEGER,
    paused FLAG NOT NULL,
    ended_at INSTANT,
    ended_with INTEGER,
    message SNOWFLAKE
) STRICT;

CREATE UNIQUE INDEX session_in_channel ON session (channel) WHERE ended_at IS NULL;
CREATE INDEX session_guild ON session (guild);
CREATE INDEX session_host ON session (host);

CREATE TABLE session_reader (
    session SNOWFLAKE NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    member SNOWFLAKE NOT NULL,
    joined_at INSTANT NOT NULL,
    active_at INSTANT NOT NULL,
    gone FLAG NOT NULL,
    away FLAG NOT NULL,
    PRIMARY KEY (session, member)
) STRICT, WITHOUT ROWID;

CREATE INDEX session_reader_member ON session_reader (member);

-- When a group means to read: one date a channel, with the time it comes round to next. `event` is Discord's own.
CREATE TABLE session_date (
    id IDENTITY,
    guild SNOWFLAKE NOT NULL,
    channel SNOWFLAKE NOT NULL UNIQUE,
    host SNOWFLAKE NOT NULL,
    at INSTANT NOT NULL,
    began INSTANT NOT NULL,
    repeat TEXT NOT NULL,
    zone TEXT NOT NULL,
    role SNOWFLAKE,
    event SNOWFLAKE
) STRICT;

CREATE INDEX session_date_guild ON session_date (guild);
CREATE INDEX session_date_host ON session_date (host);
CREATE INDEX session_date_event ON session_date (event) WHERE event IS NOT NULL;

-- What servers and single readings have set: what differs from the defaults, as one JSON object each.
CREATE TABLE server_settings (
    guild SNOWFLAKE PRIMARY KEY,
    changes TEXT NOT NULL
) STRICT;

CREATE TABLE reading_settings (
    reading SNOWFLAKE PRIMARY KEY REFERENCES reading (id) ON DELETE CASCADE,
    changes TEXT NOT NULL
) STRICT;

-- The last step that a member has seen by catching up. What they pressed under a step says the same of that step.
CREATE TABLE caught_up (
    reading SNOWFLAKE NOT NULL REFERENCES reading (id) ON DELETE CASCADE,
    member SNOWFLAKE NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (reading, member)
) STRICT, WITHOUT ROWID;

CREATE INDEX caught_up_member ON caught_up (member);

CREATE TABLE bookmark (
    member SNOWFLAKE NOT NULL,
    reading SNOWFLAKE NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (member, reading, n),
    FOREIGN KEY (reading, n) REFERENCES step (reading, n) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX bookmark_step ON bookmark (reading, n);

-- Stories that servers brought in, each as a single Markdown file. Readings and buttons carry the id.
CREATE TABLE story (
    id TEXT PRIMARY KEY,
    guild SNOWFLAKE NOT NULL,
    title TEXT NOT NULL,
    markdown TEXT NOT NULL,
    imported_at INSTANT NOT NULL
) STRICT;

CREATE INDEX story_guild ON story (guild);

-- What the bot notes for itself, such as the hash of the commands that Discord was last told.
CREATE TABLE note (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
