-- Until when Telegram takes nothing for a chat; chat 0: for any.
CREATE TABLE flood (
    chat_id INTEGER PRIMARY KEY,
    until   INTEGER NOT NULL
) STRICT;
CREATE INDEX delivery_group_sent ON delivery (finished) WHERE state = 5 AND chat_id < 0;
CREATE INDEX digest_group_sent ON digest (finished) WHERE state = 5 AND chat_id < 0;
