"""Links, stories and what people decided about links: rows of a record, in and out."""

from collections.abc import Iterable, Iterator
from sqlite3 import Row
from typing import get_args

from msgspec import Struct, json
from msgspec.structs import replace

from onrecord.actors.decided import standing
from onrecord.errors import UnknownNameError
from onrecord.record import Claim, Link, LinkOf, LinkVerdict, Story, Verdict
from onrecord.store import Store

LINK = "link"
LINKS, STORIES, CLAIMS = json.Decoder(Link), json.Decoder(Story), json.Decoder(tuple[Claim, ...])
VERDICTS: dict[str, LinkVerdict] = {verdict: verdict for verdict in get_args(LinkVerdict)}
LEAST = 4  # digits of an id


class Kept(Struct, frozen=True):
    """A story as it is kept: what it comes to, the links between its claims, and the claims that are its reports' own words."""

    story: Story
    own: tuple[Claim, ...]


class Stories:
    """The links and stories of a record that is open."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def uncompared(self) -> frozenset[str]:
        """Return the ids of the reports whose pairs have not been looked at."""
        sql = "SELECT id FROM reports WHERE id NOT IN (SELECT report FROM compared)"
        return frozenset(row["id"] for row in self._store.ask(sql))

    def put_links(self, links: Iterable[Link], compared: Iterable[str]) -> None:
        """Keep links between reports, and that these reports were compared; nothing of it, or all."""
        with self._store.writing() as db:
            db.executemany("INSERT OR REPLACE INTO links VALUES (?, ?, ?, ?, ?, ?)", map(_row, links))
            db.executemany("INSERT OR IGNORE INTO compared VALUES (?)", ((i,) for i in compared))

    def links(self, *, of: LinkOf | None = None, end: str | None = None) -> Iterator[Link]:
        """Yield the links as people decided: those between reports or claims only, those with one end only."""
        asked = [("of = ?", of)] * (of is not None) + [("? IN (a, b)", end)] * (end is not None)
        where = " AND ".join(sql for sql, _ in asked) or "1"
        found = self._store.ask(f"SELECT link FROM links WHERE {where} ORDER BY id", *(value or "" for _, value in asked))  # noqa: S608  # our own conditions
        decided = {v.target: v for v in standing(tuple(self._store.verdicts())) if v.field == LINK and v.value in VERDICTS}
        return (_decided(LINKS.decode(row["link"]), decided) for row in found)

    def has(self, story: str, key: str) -> bool:
        """Tell whether a story is kept as it would come out now."""
        return any(self._store.ask("SELECT 1 FROM stories WHERE id = ? AND key = ?", story, key))

    def drop_others(self, stories: Iterable[str]) -> None:
        """Drop the stories that are not among these."""
        kept = set(stories)
        gone = [row["id"] for row in self._store.ask("SELECT id FROM stories") if row["id"] not in kept]
        with self._store.writing() as db:
            db.executemany("DELETE FROM stories WHERE id = ?", ((i,) for i in gone))

    def put_story(self, story: Story, links: Iterable[Link], claims: Iterable[Claim], key: str) -> None:
        """Keep a story with the links between its claims; `claims` are its reports' own words."""
        with self._store.writing() as db:
            db.execute("DELETE FROM stories WHERE id = ?", (story.id,))
            db.execute("INSERT INTO stories VALUES (?, ?, ?, ?)", (story.id, key, json.encode(story), json.encode(tuple(claims))))
            db.executemany("INSERT INTO story_reports VALUES (?, ?)", ((r, story.id) for r in story.reports))
            db.executemany("INSERT OR REPLACE INTO links VALUES (?, ?, ?, ?, ?, ?)", map(_row, links))

    def stories(self) -> Iterator[Kept]:
        """Yield all stories, by id."""
        return map(_kept, self._store.ask("SELECT story, claims FROM stories ORDER BY id"))

    def story(self, name: str) -> Kept:
        """Return the story with an id or its first digits, or the one that a report or claim is of. Raises UnknownNameError."""
        found = (
            [_kept(row) for row in self._store.ask("SELECT story, claims FROM stories WHERE id GLOB ?", f"{name}*")]
            if len(name) >= LEAST
            else []
        )
        if len(found) != 1:
            report = next(
                (r["id"] for r in self._store.ask("SELECT id FROM reports WHERE id GLOB ?", f"{name}*")), None
            ) or self._report_of(name)
            sql = "SELECT s.story, s.claims FROM stories s JOIN story_reports r ON r.story = s.id WHERE r.report = ?"
            found = [_kept(row) for row in self._store.ask(sql, report)] if report else []
        if len(found) != 1:
            raise UnknownNameError(
                f"{self._store.path}: there is no story {name}; onrecord stories lists them, onrecord corroborate makes them"
            )
        return found[0]

    def _report_of(self, claim: str) -> str | None:
        sql = "SELECT r.id FROM claims c JOIN reports r ON r.n = c.report WHERE c.id GLOB ?"
        return next((row["id"] for row in self._store.ask(sql, f"{claim}*")), None)

    def overruled(self) -> dict[str, LinkVerdict]:
        """Return what people decided about links: the verdict of each by its id, the latest one."""
        return {
            v.target: VERDICTS[v.value] for v in standing(tuple(self._store.verdicts())) if v.field == LINK and v.value in VERDICTS
        }

    def overrule(self, link: str, verdict: LinkVerdict, *, by: str | None = None) -> Verdict:
        """Decide what a link is. Raises UnknownNameError where there is none with this id or these first digits."""
        found = (
            [row["id"] for row in self._store.ask("SELECT id FROM links WHERE id GLOB ?", f"{link}*")] if len(link) >= LEAST else []
        )
        if len(found) != 1:
            raise UnknownNameError(f"{self._store.path}: there is no link {link}; onrecord story shows the ids of links")
        return self._store.decide_on(found[0], LINK, verdict, by=by)


def _decided(link: Link, decided: dict[str, Verdict]) -> Link:
    """Give a link the verdict that somebody decided."""
    verdict = decided.get(link.id)
    return replace(link, verdict=VERDICTS[verdict.value], type=None, by=verdict.by) if verdict else link


def _row(link: Link) -> tuple[str, str, str, str, str, bytes]:
    return link.id, link.of, link.a, link.b, link.verdict, json.encode(link)


def _kept(row: Row) -> Kept:
    return Kept(STORIES.decode(row["story"]), CLAIMS.decode(row["claims"]))
