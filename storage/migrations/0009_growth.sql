-- What follows a card that was delivered: edits of it, and messages below it that say what is new.
ALTER TABLE article ADD COLUMN fresh TEXT NOT NULL DEFAULT '[]';  -- JSON: [[start, end, "text"], ...]; news.Article.Fresh
ALTER TABLE chat ADD COLUMN updates INTEGER NOT NULL DEFAULT 1;

-- A card whose story has grown since it was sent.
CREATE TABLE card_edit (
    delivery_id INTEGER PRIMARY KEY REFERENCES delivery (id) ON DELETE CASCADE,
    due         INTEGER NOT NULL, -- when it is to be edited; 0: it shows its story as it is
    edited      INTEGER NOT NULL  -- the last time; 0: never
) STRICT;
CREATE INDEX card_edit_due ON card_edit (due) WHERE due > 0;

-- state: as in delivery, of which 0, 2, 3, 5 and 6 occur.
CREATE TABLE follow_up (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    delivery_id INTEGER NOT NULL REFERENCES delivery (id) ON DELETE CASCADE,
    article_id  INTEGER NOT NULL, -- the first of the articles that it tells
    state       INTEGER NOT NULL,
    created     INTEGER NOT NULL,
    next_at     INTEGER NOT NULL,
    attempts    INTEGER NOT NULL DEFAULT 0,
    message_id  INTEGER NOT NULL DEFAULT 0,
    finished    INTEGER NOT NULL DEFAULT 0,
    last_error  TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX follow_up_delivery ON follow_up (delivery_id, finished);
CREATE INDEX follow_up_sent ON follow_up (finished) WHERE state = 5;
CREATE INDEX follow_up_due ON follow_up (created) WHERE state = 0;
CREATE INDEX follow_up_claimed ON follow_up (next_at) WHERE state = 2;
CREATE INDEX follow_up_waiting ON follow_up (next_at) WHERE state = 3;
