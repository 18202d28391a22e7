-- Readers of a session who were away when a page turned stay away until they press something.

ALTER TABLE session_reader ADD COLUMN away INTEGER NOT NULL DEFAULT 0 CHECK (away IN (0, 1));
