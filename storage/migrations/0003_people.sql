-- A person's key is the name as it sounds, so that people are one across alphabets. Who was known by the old key is learned
-- anew with the next quotes.
UPDATE quote SET person_id = NULL WHERE person_id IS NOT NULL;
DELETE FROM person;
ALTER TABLE person ADD COLUMN surname TEXT NOT NULL DEFAULT ''; -- the last word of the key; '': the key has one word
CREATE INDEX person_surname ON person (surname) WHERE surname <> '';

-- article.quotes counts those with words between marks whose speaker is known, if only as "a neighbour".
UPDATE article SET quotes = (SELECT count(*) FROM quote q WHERE q.article_id = article.id AND q.kind <> 'indirect' AND q.name <> '')
    WHERE quotes > 0;
