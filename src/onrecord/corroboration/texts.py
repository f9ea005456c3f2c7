"""Reports and the links between them in, texts out: each with the reports that print it and whose it is."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from onrecord.actors.names import plain
from onrecord.corroboration.credits import credited
from onrecord.record import Link, Report


class Text(Struct, frozen=True):
    """One text: the ids of the reports that print it, the publisher whose text it is, and why.

    `owner` is None where nothing tells; `key` is the same for all texts of one owner, and the text's own where it has none.
    """

    key: str
    reports: tuple[str, ...]
    publishers: tuple[str, ...]
    owner: str | None
    why: str


def texts(reports: Mapping[str, Report], links: Iterable[Link]) -> dict[str, Text]:
    """Return the text of each report by the report's id."""
    groups = _groups(reports, ((link.a, link.b) for link in links if link.verdict in ("copy", "translation")))
    return {i: text for group in groups for text in [_text(group, reports)] for i in group}


def _groups(ids: Iterable[str], pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    heads = {i: i for i in sorted(ids)}

    def head(i: str) -> str:
        while heads[i] != i:
            i = heads[i]
        return i

    for pair in pairs:
        first, second = sorted(head(i) for i in pair)
        heads[second] = first
    found: dict[str, list[str]] = {}
    for i in heads:
        found.setdefault(head(i), []).append(i)
    return list(found.values())


def _text(group: Sequence[str], reports: Mapping[str, Report]) -> Text:
    owner, why = _owner([reports[i] for i in group])
    key = f"outlet:{plain(owner)}" if owner else f"text:{min(group)}"
    publishers = tuple(sorted({name for i in group if (name := reports[i].publisher)}))
    return Text(key, tuple(sorted(group)), publishers, owner, why)


def _owner(group: Sequence[Report]) -> tuple[str | None, str]:
    """Return whose a text is: whom its reports credit, else who printed it first, as far as that is known."""
    credits_ = [c for r in group if (c := credited(r)) and c.outlet and not c.partly]
    if credits_:
        return _most([c.outlet or "" for c in credits_]), "credited as the source of the text"
    if len(group) == 1:
        return group[0].publisher, "its own text"
    dated = sorted((r.published, r.publisher or "") for r in group if r.published)
    if len(dated) == len(group) and dated[0][0][:10] < dated[1][0][:10]:
        return dated[0][1] or None, f"printed first, on {dated[0][0]}"
    publishers = {r.publisher for r in group}
    return (publishers.pop(), "all by one publisher") if len(publishers) == 1 else (None, "who printed it first is not known")


def _most(names: Sequence[str]) -> str:
    often = Counter(plain(n) for n in names)
    best = max(sorted(often), key=lambda n: often[n])
    return next(n for n in names if plain(n) == best)
