-- Why the page of a step could not be posted, how often that was tried, and when it is tried again by itself.

ALTER TABLE step ADD COLUMN snag TEXT CHECK (snag IN ('forbidden', 'gone', 'refused', 'unreachable'));
ALTER TABLE step ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE step ADD COLUMN again_at REAL;

CREATE INDEX step_again_at ON step (again_at) WHERE again_at IS NOT NULL;
