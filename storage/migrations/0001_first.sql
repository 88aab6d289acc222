-- Times are Unix milliseconds in UTC, 0 where there is none. Truths are 0 and 1.

CREATE TABLE feed (
    id            INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice: articles keep the id of a removed feed
    url           TEXT    NOT NULL UNIQUE,
    site          TEXT    NOT NULL,
    title         TEXT    NOT NULL,
    lang          TEXT    NOT NULL,
    shared        INTEGER NOT NULL, -- the operator's: every chat may read it
    etag          TEXT    NOT NULL,
    last_modified TEXT    NOT NULL,
    added         INTEGER NOT NULL,
    last_poll     INTEGER NOT NULL,
    last_news     INTEGER NOT NULL,
    next_poll     INTEGER NOT NULL,
    interval_ms   INTEGER NOT NULL,
    failures      INTEGER NOT NULL,
    trouble       TEXT    NOT NULL, -- news.Trouble of the last error
    last_error    TEXT    NOT NULL,
    gone          INTEGER NOT NULL,
    entry_count   INTEGER NOT NULL
) STRICT;
CREATE INDEX feed_due ON feed (next_poll) WHERE gone = 0;
CREATE INDEX feed_shared ON feed (id) WHERE shared = 1;

-- What was seen in a feed, whether or not it became an article.
CREATE TABLE entry (
    feed_id    INTEGER NOT NULL, -- 0: read on request
    identity   BLOB    NOT NULL, -- the 32 bytes of the hash, or the identity's own bytes where it is no hash
    article_id INTEGER NOT NULL, -- 0: no article was made of it
    seen       INTEGER NOT NULL,
    PRIMARY KEY (feed_id, identity)
) STRICT, WITHOUT ROWID;

CREATE TABLE story (
    id      INTEGER PRIMARY KEY, -- that of its first article
    title   TEXT    NOT NULL,
    lead_id INTEGER NOT NULL,
    first   INTEGER NOT NULL, -- when it was first seen
    updated INTEGER NOT NULL, -- news time of its newest article: when it was published, never later than seen
    sources INTEGER NOT NULL, -- publishers among its articles from feeds
    listed  INTEGER NOT NULL  -- 0: only read on request, so nobody else's lists show it
) STRICT;
CREATE INDEX story_latest ON story (updated) WHERE listed = 1;
CREATE INDEX story_top ON story (updated, sources) WHERE listed = 1 AND sources > 1;

-- A story once for every feed that tells it, so that a place's newest stories are found without reading the others'.
CREATE TABLE story_feed (
    story_id INTEGER NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    feed_id  INTEGER NOT NULL,
    first    INTEGER NOT NULL, -- the story's
    updated  INTEGER NOT NULL, -- the story's
    PRIMARY KEY (story_id, feed_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_feed_latest ON story_feed (feed_id, updated, story_id, first);

CREATE TABLE story_related (
    story_id   INTEGER NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    n          INTEGER NOT NULL, -- 0 is the best
    related_id INTEGER NOT NULL,
    PRIMARY KEY (story_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE article (
    id        INTEGER PRIMARY KEY,
    feed_id   INTEGER NOT NULL, -- 0: read on request
    story_id  INTEGER NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    identity  TEXT    NOT NULL,
    url       TEXT    NOT NULL,
    title     TEXT    NOT NULL,
    byline    TEXT    NOT NULL,
    source    TEXT    NOT NULL,
    lang      TEXT    NOT NULL,
    image     TEXT    NOT NULL,
    published INTEGER NOT NULL,
    fetched   INTEGER NOT NULL,
    quotes    INTEGER NOT NULL, -- how many that lists show: those with words between marks
    asides    TEXT    NOT NULL, -- JSON: [start, end, start, end, ...]
    summary   TEXT    NOT NULL  -- JSON: [[start, end, "text"], ...]
) STRICT;
CREATE INDEX article_story ON article (story_id);
CREATE INDEX article_fetched ON article (fetched);
CREATE INDEX article_quoted ON article (feed_id, id) WHERE quotes > 0;
CREATE INDEX article_quoted_all ON article (id) WHERE quotes > 0 AND feed_id > 0;

-- Apart from the article, so that lists don't read it.
CREATE TABLE body (
    article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    text       TEXT    NOT NULL
) STRICT;

-- The index alone, without a second copy of the text. tag holds "any" and the number of the feed.
CREATE VIRTUAL TABLE search USING fts5 (
    title, text, source, tag,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE person (
    id     INTEGER PRIMARY KEY,
    key    TEXT    NOT NULL UNIQUE, -- the folded words of the name
    name   TEXT    NOT NULL,
    quotes INTEGER NOT NULL
) STRICT;
CREATE INDEX person_quotes ON person (quotes);

CREATE TABLE person_word (
    word      TEXT    NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    PRIMARY KEY (word, person_id)
) STRICT, WITHOUT ROWID;

-- How often a person was quoted on a day (UTC, days since 1970), in articles of a feed.
CREATE TABLE person_day (
    day       INTEGER NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    feed_id   INTEGER NOT NULL,
    quotes    INTEGER NOT NULL,
    PRIMARY KEY (day, person_id, feed_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE quote (
    article_id    INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    n             INTEGER NOT NULL, -- in the order of the text
    feed_id       INTEGER NOT NULL, -- the article's
    kind          TEXT    NOT NULL,
    text          TEXT    NOT NULL,
    start_at      INTEGER NOT NULL,
    end_at        INTEGER NOT NULL,
    person_id     INTEGER REFERENCES person (id), -- NULL: no speaker, none with a name, or reported without marks
    mention       TEXT, -- NULL: no speaker
    mention_start INTEGER,
    mention_end   INTEGER,
    name          TEXT,
    role          TEXT,
    cue           TEXT, -- NULL: no cue
    cue_start     INTEGER,
    cue_end       INTEGER,
    PRIMARY KEY (article_id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX quote_person ON quote (person_id, article_id DESC, n, feed_id) WHERE person_id IS NOT NULL;

CREATE TABLE chat (
    id       INTEGER PRIMARY KEY,
    kind     TEXT    NOT NULL,
    title    TEXT    NOT NULL,
    lang     TEXT    NOT NULL,
    zone     TEXT    NOT NULL,
    length   TEXT    NOT NULL,
    previews INTEGER NOT NULL,
    silent   INTEGER NOT NULL,
    active   INTEGER NOT NULL,
    added    INTEGER NOT NULL
) STRICT;

CREATE TABLE subscription (
    chat_id INTEGER NOT NULL REFERENCES chat (id) ON DELETE CASCADE,
    topic   INTEGER NOT NULL,
    feed_id INTEGER NOT NULL REFERENCES feed (id) ON DELETE CASCADE,
    since   INTEGER NOT NULL,
    PRIMARY KEY (chat_id, topic, feed_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX subscription_feed ON subscription (feed_id);

-- The outbox. state: 0 due, 1 held for a digest, 2 claimed, 3 waiting for another try, 4 part of a digest, 5 sent, 6 dropped.
CREATE TABLE delivery (
    id         INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice: an outcome names its row by it
    chat_id    INTEGER NOT NULL REFERENCES chat (id) ON DELETE CASCADE,
    topic      INTEGER NOT NULL,
    story_id   INTEGER NOT NULL,
    state      INTEGER NOT NULL,
    created    INTEGER NOT NULL,
    next_at    INTEGER NOT NULL, -- claimed: when the claim ends; waiting: when to try again
    attempts   INTEGER NOT NULL DEFAULT 0,
    digest_id  INTEGER NOT NULL DEFAULT 0,
    message_id INTEGER NOT NULL DEFAULT 0,
    finished   INTEGER NOT NULL DEFAULT 0,
    last_error TEXT    NOT NULL DEFAULT '',
    UNIQUE (chat_id, topic, story_id)
) STRICT;
CREATE INDEX delivery_due ON delivery (created) WHERE state = 0;
CREATE INDEX delivery_held ON delivery (chat_id, topic) WHERE state = 1;
CREATE INDEX delivery_claimed ON delivery (next_at) WHERE state = 2;
CREATE INDEX delivery_waiting ON delivery (next_at) WHERE state = 3;
CREATE INDEX delivery_digest ON delivery (digest_id) WHERE digest_id > 0;

CREATE TABLE digest_time (
    chat_id INTEGER NOT NULL REFERENCES chat (id) ON DELETE CASCADE,
    topic   INTEGER NOT NULL,
    minute  INTEGER NOT NULL,
    days    INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    PRIMARY KEY (chat_id, topic, minute)
) STRICT, WITHOUT ROWID;
CREATE INDEX digest_time_due ON digest_time (next_at);

-- state: as in delivery, of which 0, 2, 3, 5 and 6 occur.
CREATE TABLE digest (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    chat_id    INTEGER NOT NULL REFERENCES chat (id) ON DELETE CASCADE,
    topic      INTEGER NOT NULL,
    local_date TEXT    NOT NULL,
    minute     INTEGER NOT NULL, -- -1: made out of turn, as often as needed
    state      INTEGER NOT NULL,
    due        INTEGER NOT NULL,
    next_at    INTEGER NOT NULL,
    attempts   INTEGER NOT NULL DEFAULT 0,
    message_id INTEGER NOT NULL DEFAULT 0,
    finished   INTEGER NOT NULL DEFAULT 0,
    last_error TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX digest_once ON digest (chat_id, topic, local_date, minute) WHERE minute >= 0;
CREATE INDEX digest_chat ON digest (chat_id);
CREATE INDEX digest_due ON digest (due) WHERE state = 0;
CREATE INDEX digest_claimed ON digest (next_at) WHERE state = 2;
CREATE INDEX digest_waiting ON digest (next_at) WHERE state = 3;

-- What a message's buttons refer to. A chat may be unknown here.
CREATE TABLE view (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    chat_id INTEGER NOT NULL,
    payload TEXT    NOT NULL,
    created INTEGER NOT NULL
) STRICT;
CREATE INDEX view_chat ON view (chat_id);
CREATE INDEX view_created ON view (created);

CREATE TABLE state (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
