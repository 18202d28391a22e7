-- Stories that servers have brought in themselves, each as a single Markdown file.

CREATE TABLE story (
    id TEXT PRIMARY KEY,  -- of no other story, not even one that is gone: readings and buttons carry it
    guild INTEGER NOT NULL,
    title TEXT NOT NULL,
    markdown TEXT NOT NULL,
    imported_at REAL NOT NULL
) STRICT;

CREATE INDEX story_of_guild ON story (guild);
