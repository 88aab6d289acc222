-- The quiet time of a chat, in minutes after local midnight; none where both are the same.
ALTER TABLE chat ADD COLUMN quiet_from INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chat ADD COLUMN quiet_to INTEGER NOT NULL DEFAULT 0;

-- digest.minute is -2 at the end of a quiet time.
ALTER TABLE digest ADD COLUMN gathers INTEGER NOT NULL DEFAULT 0; -- 1: takes what is held when it is claimed
ALTER TABLE digest ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;    -- the order of those due at the same time, at random
DROP INDEX digest_due;
DROP INDEX digest_waiting;
CREATE INDEX digest_due ON digest (due, turn) WHERE state = 0;
CREATE INDEX digest_waiting ON digest (next_at, turn) WHERE state = 3;
