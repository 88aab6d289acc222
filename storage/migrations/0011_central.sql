-- The place of an article among those of its story, from 1: the smaller, the more central it is; 0: not known.
ALTER TABLE article ADD COLUMN central INTEGER NOT NULL DEFAULT 0;
-- The article that a delivered card is led by; 0: not known.
ALTER TABLE delivery ADD COLUMN lead_id INTEGER NOT NULL DEFAULT 0;
