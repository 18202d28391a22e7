-- A date is a card: `message` is where it stands, `remind` how many seconds before it its channel is reminded.
ALTER TABLE session_date ADD COLUMN message SNOWFLAKE;
ALTER TABLE session_date ADD COLUMN remind INTEGER NOT NULL DEFAULT 900;

-- What members say of a date as it is next: going, maybe or cant, or nothing yet; and whether they want to be reminded
-- in private.
CREATE TABLE rsvp (
    date SNOWFLAKE NOT NULL REFERENCES session_date (id) ON DELETE CASCADE,
    member SNOWFLAKE NOT NULL,
    says TEXT,
    remind FLAG NOT NULL,
    at INSTANT NOT NULL,
    PRIMARY KEY (date, member)
) STRICT, WITHOUT ROWID;

CREATE INDEX rsvp_member ON rsvp (member);

-- What members have asked to be told in private, in a server: kinds of directs.
CREATE TABLE alert (
    guild SNOWFLAKE NOT NULL,
    kind TEXT NOT NULL,
    member SNOWFLAKE NOT NULL,
    PRIMARY KEY (guild, kind, member)
) STRICT, WITHOUT ROWID;

CREATE INDEX alert_member ON alert (member, guild);

-- Members that Discord does not let the bot write to in private, until they have been told so.
CREATE TABLE unreached (
    member SNOWFLAKE PRIMARY KEY
) STRICT, WITHOUT ROWID;
