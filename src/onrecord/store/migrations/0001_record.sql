-- Reports and their claims. A claim is kept whole as JSON; its other columns, voices and mentions are what it is found by.
-- `key` columns hold names as they are compared (normal form, case folded), one name a line.

-- "onrc": tells a record from any other SQLite file.
PRAGMA application_id = 1869509219;

CREATE TABLE reports (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    lang TEXT NOT NULL,
    title TEXT,
    publisher TEXT,
    authors TEXT NOT NULL,
    published TEXT,
    dated_by TEXT,
    url TEXT,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    reader TEXT NOT NULL,
    body_start INTEGER NOT NULL,
    body_end INTEGER NOT NULL,
    outlet_key TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX reports_in_order ON reports (published IS NULL, published, file, id);
CREATE INDEX reports_by_file ON reports (file, sha256);

CREATE TABLE claims (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    report INTEGER NOT NULL REFERENCES reports (n) ON DELETE CASCADE,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    level TEXT NOT NULL,
    moment TEXT,
    moment_until TEXT,
    withdrawn INTEGER NOT NULL DEFAULT 0,
    claim TEXT NOT NULL
);
CREATE INDEX claims_in_order ON claims (report, span_start, span_end, id);

-- Place 0 is the outermost voice.
CREATE TABLE voices (
    claim INTEGER NOT NULL REFERENCES claims (n) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    name TEXT,
    refers_to TEXT,
    kind TEXT NOT NULL,
    act TEXT NOT NULL,
    actor TEXT,
    key TEXT NOT NULL,
    PRIMARY KEY (claim, place)
) WITHOUT ROWID;

CREATE TABLE mentions (
    claim INTEGER NOT NULL REFERENCES claims (n) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT,
    key TEXT NOT NULL,
    PRIMARY KEY (claim, place)
) WITHOUT ROWID;

CREATE TABLE failures (
    n INTEGER PRIMARY KEY,
    file TEXT NOT NULL,
    stage TEXT NOT NULL,
    error TEXT NOT NULL,
    message TEXT NOT NULL,
    UNIQUE (file, stage, message)
);

-- The words of each report and claim, cut as store/search.py cuts them and parted by spaces.
CREATE VIRTUAL TABLE report_words USING fts5 (body, title, tokenize = 'porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE claim_words USING fts5 (said, names, tokenize = 'porter unicode61 remove_diacritics 2');

CREATE TRIGGER report_words_go AFTER DELETE ON reports BEGIN
    DELETE FROM report_words WHERE rowid = old.n;
END;
CREATE TRIGGER claim_words_go AFTER DELETE ON claims BEGIN
    DELETE FROM claim_words WHERE rowid = old.n;
END;
