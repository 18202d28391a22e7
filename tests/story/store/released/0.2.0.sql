BEGIN TRANSACTION;
CREATE TABLE bookmark (
    member INTEGER NOT NULL,
    reading INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (member, reading, n),
    FOREIGN KEY (reading, n) REFERENCES step (reading, n) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO "bookmark" VALUES(102,3,2);
CREATE TABLE caught_up (
    reading INTEGER NOT NULL REFERENCES reading (id) ON DELETE CASCADE,
    member INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (reading, member)
) STRICT, WITHOUT ROWID;
INSERT INTO "caught_up" VALUES(3,103,2);
CREATE TABLE delivery (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild INTEGER NOT NULL,
    channel INTEGER NOT NULL,
    kind TEXT NOT NULL,
    subject INTEGER NOT NULL,
    n INTEGER,
    target INTEGER,
    data TEXT,
    created_at REAL NOT NULL,
    attempts INTEGER NOT NULL,
    failure TEXT
) STRICT;
INSERT INTO "delivery" VALUES(3,1,10,'closed',1,1,NULL,'{"message": 1001}',1767268800.0,0,NULL);
INSERT INTO "delivery" VALUES(5,1,10,'closed',1,2,NULL,'{"message": 1002}',1767268800.0,0,NULL);
INSERT INTO "delivery" VALUES(6,1,10,'closed',1,3,NULL,'{"message": 1003}',1767268800.0,0,NULL);
INSERT INTO "delivery" VALUES(7,1,10,'lobby',1,NULL,NULL,NULL,1767268800.0,0,NULL);
INSERT INTO "delivery" VALUES(8,1,10,'lobby card',1,NULL,NULL,NULL,1767268801.0,0,NULL);
INSERT INTO "delivery" VALUES(9,1,10,'lobby card',1,NULL,NULL,NULL,1767268801.0,0,NULL);
INSERT INTO "delivery" VALUES(12,1,10,'closed',2,1,NULL,'{"message": 1001}',1767268806.0,0,NULL);
INSERT INTO "delivery" VALUES(13,1,10,'lobby card',1,NULL,NULL,NULL,1767268806.0,0,NULL);
INSERT INTO "delivery" VALUES(14,1,10,'closing card',1,NULL,NULL,NULL,1767268806.0,0,NULL);
INSERT INTO "delivery" VALUES(15,1,10,'card',2,NULL,NULL,NULL,1767268806.0,0,NULL);
INSERT INTO "delivery" VALUES(16,1,10,'lobby',2,NULL,NULL,NULL,1767268806.0,0,NULL);
INSERT INTO "delivery" VALUES(17,1,10,'lobby card',2,NULL,NULL,NULL,1767268807.0,0,NULL);
INSERT INTO "delivery" VALUES(18,1,10,'lobby card',2,NULL,NULL,NULL,1767268807.0,0,NULL);
INSERT INTO "delivery" VALUES(20,1,10,'moved',2,2,1002,NULL,1767268807.0,0,NULL);
INSERT INTO "delivery" VALUES(21,1,10,'lobby card',2,NULL,NULL,NULL,1767268807.0,0,NULL);
INSERT INTO "delivery" VALUES(22,1,10,'card',2,NULL,NULL,NULL,1767268807.0,0,NULL);
INSERT INTO "delivery" VALUES(23,1,14,'lobby',3,NULL,NULL,NULL,1767268807.0,0,NULL);
INSERT INTO "delivery" VALUES(26,1,11,'closed',3,1,NULL,'{"message": 1001}',1767268807.0,0,NULL);
INSERT INTO "delivery" VALUES(27,1,11,'card',3,NULL,NULL,NULL,1767268807.0,0,NULL);
INSERT INTO "delivery" VALUES(28,1,10,'card',2,NULL,NULL,NULL,1767268807.0,0,NULL);
INSERT INTO "delivery" VALUES(29,1,11,'card',3,NULL,NULL,NULL,1767268807.0,0,NULL);
INSERT INTO "delivery" VALUES(31,1,11,'closed',3,2,NULL,'{"message": 1002}',1767268807.0,0,NULL);
INSERT INTO "delivery" VALUES(33,1,12,'notice',4,NULL,NULL,'{"notice": "serial"}',1767268807.0,0,NULL);
INSERT INTO "delivery" VALUES(34,1,12,'card',4,NULL,NULL,NULL,1767268807.0,0,NULL);
INSERT INTO "delivery" VALUES(36,2,20,'section',6,1,NULL,NULL,1767268807.0,1,'forbidden');
INSERT INTO "delivery" VALUES(37,1,10,'event',1,NULL,NULL,NULL,1767268807.0,0,NULL);
INSERT INTO "delivery" VALUES(38,1,10,'notice',1,NULL,NULL,'{"notice": "date", "host": 101, "at": 1767466800.0, "began": 1767466800.0, "repeat": "weekly", "zone": "Europe/Berlin", "role": 77, "event": true}',1767268807.0,0,NULL);
INSERT INTO "delivery" VALUES(39,1,11,'event',2,NULL,NULL,NULL,1767268807.0,0,NULL);
INSERT INTO "delivery" VALUES(40,1,11,'notice',2,NULL,NULL,'{"notice": "date", "host": 102, "at": 1767276007.0, "began": 1767276007.0, "repeat": "none", "zone": "UTC", "role": null, "event": true}',1767268807.0,0,NULL);
CREATE TABLE note (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "note" VALUES('commands','0123abcd');
CREATE TABLE press (
    reading INTEGER NOT NULL,
    n INTEGER NOT NULL,
    member INTEGER NOT NULL,
    pov TEXT,
    ready INTEGER NOT NULL,
    PRIMARY KEY (reading, n, member),
    FOREIGN KEY (reading, n) REFERENCES step (reading, n) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO "press" VALUES(1,1,101,'anna',1);
INSERT INTO "press" VALUES(1,2,101,NULL,1);
INSERT INTO "press" VALUES(2,1,101,'ben',0);
INSERT INTO "press" VALUES(2,1,102,'ben',0);
INSERT INTO "press" VALUES(3,1,101,'ben',1);
INSERT INTO "press" VALUES(3,2,102,'cleo',0);
INSERT INTO "press" VALUES(3,2,103,NULL,1);
INSERT INTO "press" VALUES(3,3,102,'ben',0);
INSERT INTO "press" VALUES(5,1,101,'anna',0);
CREATE TABLE reading (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild INTEGER NOT NULL,
    channel INTEGER NOT NULL,
    story TEXT NOT NULL,
    started_by INTEGER NOT NULL,
    state TEXT NOT NULL,
    gone_at REAL
) STRICT;
INSERT INTO "reading" VALUES(1,1,10,'fork',101,'stopped',NULL);
INSERT INTO "reading" VALUES(2,1,10,'tale',101,'open',NULL);
INSERT INTO "reading" VALUES(3,1,11,'tale',101,'open',NULL);
INSERT INTO "reading" VALUES(4,1,12,'ways',101,'open',NULL);
INSERT INTO "reading" VALUES(5,1,13,'fork',101,'aside',1767268807.0);
INSERT INTO "reading" VALUES(6,2,20,'tale',0,'open',NULL);
CREATE TABLE reading_settings (
    reading INTEGER PRIMARY KEY REFERENCES reading (id) ON DELETE CASCADE,
    changes TEXT NOT NULL
) STRICT;
INSERT INTO "reading_settings" VALUES(3,'{"seconds": 300, "names": false}');
CREATE TABLE serial (
    reading INTEGER PRIMARY KEY REFERENCES reading (id) ON DELETE CASCADE,
    every TEXT NOT NULL,
    began REAL NOT NULL,
    zone TEXT NOT NULL
) STRICT;
INSERT INTO "serial" VALUES(4,'daily',1767286800.0,'Europe/Berlin');
CREATE TABLE server_settings (
    guild INTEGER PRIMARY KEY,
    changes TEXT NOT NULL
) STRICT;
INSERT INTO "server_settings" VALUES(1,'{"discuss": true, "zone": "Europe/Berlin", "language": "de"}');
CREATE TABLE session (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild INTEGER NOT NULL,
    channel INTEGER NOT NULL,
    host INTEGER NOT NULL,
    opened_at REAL NOT NULL,
    began_at REAL,
    began_with INTEGER,
    paused INTEGER NOT NULL,
    ended_at REAL,
    ended_with INTEGER,
    message INTEGER
) STRICT;
INSERT INTO "session" VALUES(1,1,10,101,1767268800.0,1767268801.0,0,0,1767268806.0,2,NULL);
INSERT INTO "session" VALUES(2,1,10,102,1767268806.0,1767268807.0,2,0,NULL,NULL,NULL);
INSERT INTO "session" VALUES(3,1,14,103,1767268807.0,NULL,NULL,0,NULL,NULL,7000);
CREATE TABLE session_date (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild INTEGER NOT NULL,
    channel INTEGER NOT NULL UNIQUE,
    host INTEGER NOT NULL,
    at REAL NOT NULL,
    began REAL NOT NULL,
    repeat TEXT NOT NULL,
    zone TEXT NOT NULL,
    role INTEGER,
    event INTEGER
) STRICT;
INSERT INTO "session_date" VALUES(1,1,10,101,1767466800.0,1767466800.0,'weekly','Europe/Berlin',77,8000);
INSERT INTO "session_date" VALUES(2,1,11,102,1767276007.0,1767276007.0,'none','UTC',NULL,NULL);
CREATE TABLE session_reader (
    session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    member INTEGER NOT NULL,
    joined_at REAL NOT NULL,
    active_at REAL NOT NULL,
    gone INTEGER NOT NULL,
    away INTEGER NOT NULL,
    PRIMARY KEY (session, member)
) STRICT, WITHOUT ROWID;
INSERT INTO "session_reader" VALUES(1,101,1767268800.0,1767268801.0,0,0);
INSERT INTO "session_reader" VALUES(1,102,1767268801.0,1767268801.0,0,0);
INSERT INTO "session_reader" VALUES(2,102,1767268806.0,1767268807.0,0,0);
INSERT INTO "session_reader" VALUES(2,103,1767268807.0,1767268807.0,1,0);
INSERT INTO "session_reader" VALUES(3,103,1767268807.0,1767268807.0,0,0);
CREATE TABLE step (
    reading INTEGER NOT NULL REFERENCES reading (id) ON DELETE CASCADE,
    n INTEGER NOT NULL CHECK (n > 0),
    kind TEXT NOT NULL,
    at REAL NOT NULL,
    scene TEXT,
    pov TEXT,
    how TEXT,
    votes INTEGER NOT NULL,
    votes_cast INTEGER NOT NULL,
    by_member INTEGER,
    chooser INTEGER,
    reopens INTEGER,
    message INTEGER,
    PRIMARY KEY (reading, n),
    CHECK ((scene IS NULL) = (pov IS NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO "step" VALUES(1,1,'start',1767268800.0,NULL,NULL,NULL,0,0,101,NULL,NULL,1001);
INSERT INTO "step" VALUES(1,2,'section',1767268800.0,'scene-1','anna','votes',1,1,101,NULL,NULL,1002);
INSERT INTO "step" VALUES(1,3,'section',1767268800.0,'scene-2','anna','only',0,0,101,NULL,NULL,1003);
INSERT INTO "step" VALUES(1,4,'stop',1767268800.0,NULL,NULL,NULL,0,0,101,NULL,NULL,NULL);
INSERT INTO "step" VALUES(2,1,'start',1767268801.0,'scene-1','anna','only',0,0,101,NULL,NULL,1001);
INSERT INTO "step" VALUES(2,2,'section',1767268806.0,'scene-2','ben','votes',2,2,NULL,NULL,NULL,1002);
INSERT INTO "step" VALUES(3,1,'start',1767268807.0,'scene-1','anna','only',0,0,101,NULL,NULL,1001);
INSERT INTO "step" VALUES(3,2,'section',1767268807.0,'scene-2','ben','votes',1,1,101,NULL,NULL,1002);
INSERT INTO "step" VALUES(3,3,'back',1767268807.0,NULL,NULL,NULL,0,0,101,NULL,1,1003);
INSERT INTO "step" VALUES(4,1,'start',1767268807.0,NULL,NULL,NULL,0,0,101,NULL,NULL,1001);
INSERT INTO "step" VALUES(5,1,'start',1767268807.0,NULL,NULL,NULL,0,0,101,NULL,NULL,1001);
INSERT INTO "step" VALUES(6,1,'start',1767268807.0,'scene-1','anna','only',0,0,NULL,NULL,NULL,NULL);
CREATE TABLE story (
    id TEXT PRIMARY KEY,
    guild INTEGER NOT NULL,
    title TEXT NOT NULL,
    markdown TEXT NOT NULL,
    imported_at REAL NOT NULL
) STRICT;
INSERT INTO "story" VALUES('our-own-34d16775',2,'Our Own','+++
title = "Our Own"
authors = [
    "An Author",
]
language = "en"
content_notes = [
    "storms",
]

[povs.anna]
name = "Anna"
colour = "#3366cc"
blurb = "quick"

[povs.ben]
name = "Ben"
colour = "#cc6633"

[povs.cleo]
name = "Cleo"
colour = "#888888"
+++

# Scene 1

## Anna

> Recap: Anna recaps 1

Anna tells scene 1.

# Scene 2

## Ben

> Recap: Ben recaps 2

Ben tells scene 2.
',1767268807.0);
CREATE TABLE timer (
    kind TEXT NOT NULL,
    subject INTEGER NOT NULL,
    guild INTEGER NOT NULL,
    at REAL NOT NULL,
    detail TEXT,
    n INTEGER,
    restarts INTEGER NOT NULL,
    PRIMARY KEY (kind, subject)
) STRICT, WITHOUT ROWID;
INSERT INTO "timer" VALUES('ballot',2,1,1767268987.0,'look',2,0);
INSERT INTO "timer" VALUES('ballot',3,1,1767269107.0,'clock',3,0);
INSERT INTO "timer" VALUES('ballot',4,1,1767286800.0,'serial',1,0);
INSERT INTO "timer" VALUES('date',1,1,1767466800.0,NULL,NULL,0);
INSERT INTO "timer" VALUES('date',2,1,1767276007.0,NULL,NULL,0);
INSERT INTO "timer" VALUES('delivery',36,2,1767355207.0,NULL,NULL,0);
INSERT INTO "timer" VALUES('departure',2,2,1769860807.0,NULL,NULL,0);
INSERT INTO "timer" VALUES('reading',5,1,1769860807.0,NULL,NULL,0);
INSERT INTO "timer" VALUES('reminder',1,1,1767465900.0,NULL,NULL,0);
INSERT INTO "timer" VALUES('reminder',2,1,1767275107.0,NULL,NULL,0);
INSERT INTO "timer" VALUES('session',2,1,1767279606.0,NULL,NULL,0);
INSERT INTO "timer" VALUES('session',3,1,1767279607.0,NULL,NULL,0);
CREATE UNIQUE INDEX reading_in_channel ON reading (channel) WHERE state = 'open';
CREATE INDEX reading_guild ON reading (guild);
CREATE INDEX reading_started_by ON reading (started_by);
CREATE INDEX step_beginning ON step (reading, n) WHERE kind IN ('start', 'restart');
CREATE INDEX step_by_member ON step (by_member) WHERE by_member IS NOT NULL;
CREATE INDEX step_chooser ON step (chooser) WHERE chooser IS NOT NULL;
CREATE INDEX press_member ON press (member, reading, n);
CREATE INDEX timer_at ON timer (at);
CREATE INDEX timer_guild ON timer (guild);
CREATE INDEX delivery_channel ON delivery (channel, id);
CREATE INDEX delivery_guild ON delivery (guild);
CREATE INDEX delivery_section ON delivery (subject, n) WHERE kind = 'section';
CREATE UNIQUE INDEX session_in_channel ON session (channel) WHERE ended_at IS NULL;
CREATE INDEX session_guild ON session (guild);
CREATE INDEX session_host ON session (host);
CREATE INDEX session_reader_member ON session_reader (member);
CREATE INDEX session_date_guild ON session_date (guild);
CREATE INDEX session_date_host ON session_date (host);
CREATE INDEX session_date_event ON session_date (event) WHERE event IS NOT NULL;
CREATE INDEX caught_up_member ON caught_up (member);
CREATE INDEX bookmark_step ON bookmark (reading, n);
CREATE INDEX story_guild ON story (guild);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('reading',6);
INSERT INTO "sqlite_sequence" VALUES('delivery',40);
INSERT INTO "sqlite_sequence" VALUES('session',3);
INSERT INTO "sqlite_sequence" VALUES('session_date',2);
COMMIT;
PRAGMA user_version = 1;
