-- When groups mean to sit down: one appointment a channel, with the time it comes round to next.

CREATE TABLE appointment (
    channel INTEGER PRIMARY KEY,
    guild INTEGER NOT NULL,
    host INTEGER NOT NULL,
    at REAL NOT NULL,
    began REAL NOT NULL,
    repeat TEXT NOT NULL CHECK (repeat IN ('none', 'daily', 'weekly', 'weekdays')),
    zone TEXT NOT NULL,
    role INTEGER,                        -- pinged by the reminder
    event INTEGER,                       -- Discord's own scheduled event
    reminded INTEGER NOT NULL DEFAULT 0 CHECK (reminded IN (0, 1))
) STRICT;

CREATE INDEX appointment_guild ON appointment (guild);
CREATE INDEX appointment_host ON appointment (host);
CREATE INDEX appointment_at ON appointment (at);
CREATE INDEX appointment_reminded ON appointment (reminded, at);
