-- The private chat from which a channel or group was last served; 0: none. Its person is told once when the chat is lost.
ALTER TABLE chat ADD COLUMN served_from INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chat ADD COLUMN told_lost INTEGER NOT NULL DEFAULT 0;
CREATE INDEX chat_lost ON chat (served_from) WHERE active = 0 AND served_from > 0 AND told_lost = 0;
