-- Where the news of a feed is announced (WebSub).
CREATE TABLE hub (
    feed_id  INTEGER NOT NULL PRIMARY KEY REFERENCES feed (id) ON DELETE CASCADE,
    url      TEXT    NOT NULL,
    topic    TEXT    NOT NULL,
    token    TEXT    NOT NULL UNIQUE,
    secret   TEXT    NOT NULL,
    until    INTEGER NOT NULL,
    next_ask INTEGER NOT NULL,
    failures INTEGER NOT NULL
) STRICT;
CREATE INDEX hub_due ON hub (next_ask);
