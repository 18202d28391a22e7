-- Readings whose sections come by themselves: since `began`, every so often, by the clock on the wall of a zone.

CREATE TABLE serial (
    reading INTEGER PRIMARY KEY REFERENCES reading (id) ON DELETE CASCADE,
    every TEXT NOT NULL CHECK (every IN ('daily', 'weekly', 'weekdays')),
    began REAL NOT NULL,
    zone TEXT NOT NULL
) STRICT;
