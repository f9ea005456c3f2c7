"""Reports and their claims in; links between them, stories, and accounts with their origins out."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from onrecord.actors import Knowledge
from onrecord.actors.unite import Decided
from onrecord.corroboration import copies, near
from onrecord.corroboration.accounts import accounts
from onrecord.corroboration.cast import heads
from onrecord.corroboration.leads import Ground
from onrecord.corroboration.sketch import sketch
from onrecord.corroboration.texts import texts
from onrecord.corroboration.told import told
from onrecord.extraction.own import own
from onrecord.record import Claim, Link, LinkVerdict, Report, Story, make_id

Overruled = Mapping[str, LinkVerdict]


class Weighed(Struct, frozen=True):
    """What a set of reports comes to: links, stories with their accounts, and all claims, the reports' own words among them."""

    links: tuple[Link, ...]
    stories: tuple[Story, ...]
    claims: tuple[Claim, ...]


def weigh(reports: Iterable[Report], claims: Iterable[Claim], *, base: Knowledge | None = None) -> Weighed:
    """Compare reports and their claims. The same set gives the same outcome in whatever order it is given."""
    of = {r.id: r for r in sorted(reports, key=lambda r: r.id)}
    mine: dict[str, list[Claim]] = {i: [] for i in of}
    for claim in sorted(claims, key=lambda c: (c.span, c.id)):
        mine[claim.report].append(claim)
    sketches = [sketch(r) for r in of.values()]
    links = copies.links(sketches)
    groups = near.stories(sketches, ((link.a, link.b) for link in links))
    by_report: dict[str, list[Link]] = {}
    for link in links:
        by_report.setdefault(link.a, []).append(link)
    found = [story([of[i] for i in group], mine, [x for i in group for x in by_report.get(i, ())], base=base) for group in groups]
    more = tuple(link for each in found for link in each.links)
    return Weighed(
        (*links, *more), tuple(s for each in found for s in each.stories), tuple(c for each in found for c in each.claims)
    )


def story(
    reports: Sequence[Report],
    claims: Mapping[str, Sequence[Claim]],
    links: Iterable[Link],
    *,
    base: Knowledge | None = None,
    decided: Decided = Decided(),  # noqa: B008  # frozen
    overruled: Overruled | None = None,
) -> Weighed:
    """Weigh the reports of one story, by themselves: what other reports say changes nothing here.

    `claims` are those of each report by its id, `links` those of these reports with each other or with others; `overruled` is what
    people decided about links.
    """
    of = {r.id: r for r in sorted(reports, key=lambda r: r.id)}
    # what a single report says in its own words there is nothing to compare with
    every = {i: (*claims[i], *(own(r, claims[i], base) if len(of) > 1 else ())) for i, r in of.items()}
    cast = heads(of, (c for i in of for c in claims[i]), base, decided)
    within = (x for x in links if x.a in of and x.b in of)
    ground = Ground(of, texts(of, _standing(within, overruled or {})), cast, {i: claims[i] for i in of}).of(of)
    made, between = accounts(told((c for some in every.values() for c in some), of, cast), ground, overruled or {})
    ids = tuple(sorted(of))
    return Weighed(between, (Story(make_id(ids), ids, made),), tuple(c for some in every.values() for c in some))


def _standing(links: Iterable[Link], overruled: Overruled) -> Iterable[Link]:
    """Leave out the links between reports that people overruled."""
    return (link for link in links if overruled.get(link.id, link.verdict) == link.verdict)
