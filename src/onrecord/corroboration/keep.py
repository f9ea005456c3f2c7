"""The file of a record in; the same file with links, stories and accounts up to date, and a summary of what was done, out."""

from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct

from onrecord.actors import joined
from onrecord.actors.decided import holding
from onrecord.actors.unite import Decided
from onrecord.corroboration import copies, near
from onrecord.corroboration.sketch import sketch
from onrecord.corroboration.weigh import Overruled, story
from onrecord.record import Claim, Link, make_id
from onrecord.store import Store
from onrecord.store.stories import Stories
from onrecord.version import __version__


class Summary(Struct, frozen=True):
    """What a run did: reports that were new to it, links between reports that it found, stories that it made, stories in all."""

    compared: int
    links: int
    made: int
    stories: int


def corroborate(record: str | Path = "record.db", *, progress: Callable[[int, int], None] | None = None) -> Summary:
    """Compare what is new in a record with all that is there, and make the stories again that this changes.

    The outcome does not depend on the order in which reports were added. `progress` is told how many stories are done, and of
    how many. Each story is one transaction: a run that was stopped goes on when it is started again. Raises RecordError.
    """
    with Store(record, create=False) as store:
        shelf = Stories(store)
        new = shelf.uncompared()
        of = {r.id: r for r in store.stored()}
        sketches = [sketch(r) for r in of.values()]
        found = copies.links(sketches, new) if new else ()
        shelf.put_links(found, new)
        links, overruled = tuple(shelf.links(of="report")), shelf.overruled()
        prints = ((x.a, x.b) for x in links if x.verdict in ("copy", "translation"))
        by_report: dict[str, list[Link]] = {}
        for link in links:
            by_report.setdefault(link.a, []).append(link)
        groups = near.stories(sketches, prints)
        shelf.drop_others({make_id(tuple(sorted(group))) for group in groups})
        decided, base = holding(tuple(store.verdicts())).decided, joined(store.own_actors())
        made = 0
        for n, group in enumerate(groups, 1):
            key = _key(group, decided, overruled)
            if not shelf.has(make_id(tuple(sorted(group))), key):
                claims: dict[str, list[Claim]] = {i: list(store.claims(report=i)) for i in group}
                between = [link for i in group for link in by_report.get(i, ())]
                told = story([of[i] for i in group], claims, between, base=base, decided=decided, overruled=overruled)
                shelf.put_story(told.stories[0], told.links, (c for c in told.claims if not c.voices), key)
                made += 1
            if progress:
                progress(n, len(groups))
        return Summary(len(new), len(found), made, len(groups))


def _key(group: Iterable[str], decided: Decided, overruled: Overruled) -> str:
    """Return what a story depends on beside the texts of its reports."""
    return make_id(sorted(group), __version__, decided.same, decided.apart, sorted(overruled.items()))
