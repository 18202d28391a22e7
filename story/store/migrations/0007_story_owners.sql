-- Who has brought a story in, so that they can have all of it back; 0 where that was not written down, or they are forgotten.
ALTER TABLE story ADD COLUMN imported_by SNOWFLAKE NOT NULL DEFAULT 0;
CREATE INDEX story_imported_by ON story (imported_by);
