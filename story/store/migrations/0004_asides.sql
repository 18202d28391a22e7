-- The scene that a path begins with, at its first step, where that is not the story's first.
ALTER TABLE step ADD COLUMN begins TEXT;

-- What a channel has read can be looked back at, and taken up again.
CREATE INDEX reading_of_channel ON reading (channel, id);

-- A reading that is over is forgotten after 90 days. Of those that are over already, that is counted from the last
-- thing that anybody has done in any.
INSERT INTO timer (kind, subject, guild, at, detail, n, restarts)
SELECT 'reading', id, guild, (SELECT max(at) FROM step) + 90 * 86400.0, NULL, NULL, 0 FROM reading
WHERE state = 'stopped'
ON CONFLICT (kind, subject) DO NOTHING;

-- A role that somebody who reads along was seen without: while it takes that role to vote, nobody waits for them.
ALTER TABLE session_reader ADD COLUMN lacks SNOWFLAKE;

-- Whether a reading is on hold, since its story is for adults and its channel is not age-restricted any more.
ALTER TABLE reading ADD COLUMN held FLAG NOT NULL DEFAULT 0;
