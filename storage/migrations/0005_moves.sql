-- Articles change their story, and what is owed of it changes with them.
CREATE INDEX delivery_story ON delivery (story_id);
ALTER TABLE article ADD COLUMN pushed INTEGER NOT NULL DEFAULT 1; -- 0: backlog, which owes nothing
