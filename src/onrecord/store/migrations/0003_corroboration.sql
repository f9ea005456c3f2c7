-- What reports and claims are to each other, as the last corroboration found it, and the stories that this comes to.

CREATE TABLE links (
    id TEXT PRIMARY KEY,
    of TEXT NOT NULL,
    a TEXT NOT NULL,
    b TEXT NOT NULL,
    verdict TEXT NOT NULL,
    link TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX links_by_a ON links (a);
CREATE INDEX links_by_b ON links (b);

-- Reports whose pairs with all others have been looked at.
CREATE TABLE compared (report TEXT PRIMARY KEY) WITHOUT ROWID;

-- A story is a view that is kept until one of its reports or links changes. `key` tells what it was made from.
CREATE TABLE stories (
    id TEXT PRIMARY KEY,
    key TEXT NOT NULL,
    story TEXT NOT NULL,
    claims TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE story_reports (
    report TEXT NOT NULL,
    story TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    PRIMARY KEY (report, story)
) WITHOUT ROWID;
CREATE INDEX story_reports_by_story ON story_reports (story);

-- A report that is gone or was read anew is compared again, and its stories are made again.
CREATE TRIGGER links_go_with_reports AFTER DELETE ON reports BEGIN
    DELETE FROM links WHERE a = old.id OR b = old.id;
    DELETE FROM compared WHERE report = old.id;
    DELETE FROM stories WHERE id IN (SELECT story FROM story_reports WHERE report = old.id);
END;
CREATE TRIGGER stories_are_made_again AFTER UPDATE ON reports BEGIN
    DELETE FROM compared WHERE report = old.id;
    DELETE FROM stories WHERE id IN (SELECT story FROM story_reports WHERE report = old.id);
END;
