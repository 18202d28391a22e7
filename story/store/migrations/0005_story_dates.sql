-- Of a serial that goes by the dates of its story: the year in which the first of them comes.

ALTER TABLE serial ADD COLUMN year INTEGER NOT NULL DEFAULT 0;
