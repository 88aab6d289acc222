-- What a language model wrote and was checked, by the hash of what it was asked; "" where it was refused.
CREATE TABLE written (
    key     TEXT    NOT NULL PRIMARY KEY,
    text    TEXT    NOT NULL,
    created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX written_created ON written (created);

-- Whether summaries come in the chat's language, whatever the article's.
ALTER TABLE chat ADD COLUMN translate INTEGER NOT NULL DEFAULT 0;
