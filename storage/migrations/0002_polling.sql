ALTER TABLE feed ADD COLUMN rest INTEGER NOT NULL DEFAULT 0;        -- news.Rest
ALTER TABLE feed ADD COLUMN moved TEXT NOT NULL DEFAULT '';         -- where its server says it is now
ALTER TABLE feed ADD COLUMN moved_since INTEGER NOT NULL DEFAULT 0;
