-- How servers, and single readings, want to be read to: what differs from the defaults, as one JSON object each.

CREATE TABLE server_settings (
    guild INTEGER PRIMARY KEY,
    changes TEXT NOT NULL CHECK (json_valid(changes))
) STRICT;

CREATE TABLE reading_settings (
    reading INTEGER PRIMARY KEY REFERENCES reading (id) ON DELETE CASCADE,
    changes TEXT NOT NULL CHECK (json_valid(changes))
) STRICT;

-- Whose choice it was, where it was one member's: also if they let it pass.
ALTER TABLE step ADD COLUMN chooser INTEGER;

CREATE INDEX step_chooser ON step (chooser) WHERE chooser IS NOT NULL;

-- How often the clock was started again because too few had answered.
ALTER TABLE deadline ADD COLUMN restarts INTEGER NOT NULL DEFAULT 0;
