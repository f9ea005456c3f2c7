-- Who speaks and who is spoken of in each claim, as the reading named them; and what people decided about that.

-- A row for each voice and each mention that has an actor. `part` is where: voice, content, or source (a mention inside one).
-- `name` is the fullest that the voice or mention gives.
CREATE TABLE called (
    claim INTEGER NOT NULL REFERENCES claims (n) ON DELETE CASCADE,
    part TEXT NOT NULL,
    place INTEGER NOT NULL,
    actor TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    role TEXT,
    PRIMARY KEY (claim, part, place)
) WITHOUT ROWID;
CREATE INDEX called_by_actor ON called (actor, claim);

INSERT INTO called
SELECT
    c.n, 'voice', v.key, json_extract(v.value, '$.actor'),
    coalesce(json_extract(v.value, '$.refers_to'), json_extract(v.value, '$.name'), ''),
    json_extract(v.value, '$.kind'), json_extract(v.value, '$.role')
FROM claims c, json_each(c.claim, '$.voices') v
WHERE json_extract(v.value, '$.actor') IS NOT NULL;

INSERT INTO called
SELECT
    c.n,
    CASE WHEN EXISTS (
        SELECT 1 FROM json_each(c.claim, '$.content') s
        WHERE json_extract(s.value, '$[0]') <= json_extract(m.value, '$.span[0]')
        AND json_extract(m.value, '$.span[1]') <= json_extract(s.value, '$[1]')
    ) THEN 'content' ELSE 'source' END,
    m.key, json_extract(m.value, '$.actor'), json_extract(m.value, '$.name'), json_extract(m.value, '$.kind'), NULL
FROM claims c, json_each(c.claim, '$.mentions') m
WHERE json_extract(m.value, '$.actor') IS NOT NULL;

-- Nothing is changed or deleted here: who takes a verdict back writes another one.
CREATE TABLE verdicts (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    target TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    undoes TEXT REFERENCES verdicts (id)
);
-- Actors of reports that a verdict is about, as they were then: so it holds by name when a later reading has others instead.
CREATE TABLE remembered (
    actor TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    lang TEXT NOT NULL
) WITHOUT ROWID;
CREATE TRIGGER verdicts_stay BEFORE DELETE ON verdicts BEGIN
    SELECT raise(ABORT, 'verdicts are never deleted');
END;
CREATE TRIGGER verdicts_are_as_they_were BEFORE UPDATE ON verdicts BEGIN
    SELECT raise(ABORT, 'verdicts are never changed');
END;
