-- What a server's own story is, as it was checked when it was brought in: JSON, so that opening it takes no parsing of
-- its Markdown, cannot fail and does not take long. NULL until the bot has looked at what an earlier version kept.
ALTER TABLE story ADD COLUMN opened TEXT;
