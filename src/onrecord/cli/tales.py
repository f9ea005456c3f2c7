"""Stories and their accounts go in, lines for a terminal come out: who stands behind what, and where they disagree."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from rich.text import Text

from onrecord.actors.names import plain
from onrecord.cli.view import QUIET, TITLE, VOICE, cut, flat, indented, moment
from onrecord.record import Account, Claim, Link, Origin, Report, Span
from onrecord.store import Store
from onrecord.store.stories import Kept, Stories

Line = Text
SHORT = 8
STATES = {"one_origin": "one origin", "not_shown": "independence not shown", "independent": "independent"}
LONGEST = 160  # characters of a claim that are shown
FIRST = "9999"


class Tale(Struct, frozen=True):
    """A story with its reports and claims by id, and the links between its reports."""

    kept: Kept
    reports: Mapping[str, Report]
    claims: Mapping[str, Claim]
    links: tuple[Link, ...]

    def print_of(self, report: str) -> str:
        """Say of what a report is a copy or translation; nothing where it is a text of its own, or the one that others print."""
        found = [x for x in self.links if report in (x.a, x.b) and x.first != report]
        best = max(found, key=lambda x: (x.first is not None, x.score, x.id), default=None)
        if not best:
            return ""
        other = self.reports[best.b if best.a == report else best.a]
        return f"{best.verdict} {'of' if best.first else 'with'} {other.publisher or other.file}"

    @property
    def first(self) -> Report:
        """The report that came first."""
        return min(self.reports.values(), key=lambda r: (r.published or FIRST, r.id))

    @property
    def accounts(self) -> list[Account]:
        """Its accounts, those of most outlets first; of one outlet, those in a voice before the report's own words."""
        return sorted(self.kept.story.accounts, key=self._rank)

    def _rank(self, a: Account) -> tuple[int, int, bool, str, str]:
        own = all(not self.claims[i].voices for i in a.claims)
        first = min((self.reports[self.claims[i].report].published or FIRST, self.claims[i].span.start) for i in a.claims)
        return -len(a.outlets), -len(a.claims), own, *map(str, first)  # type: ignore[return-value]


def tale(store: Store, kept: Kept) -> Tale:
    """Fetch the reports, claims and links of a story."""
    reports = {i: store.report(i) for i in kept.story.reports}
    stored = (c for i in kept.story.reports for c in store.claims(report=i))
    links = {x.id: x for i in reports for x in Stories(store).links(of="report", end=i) if x.a in reports and x.b in reports}
    return Tale(kept, reports, {c.id: c for c in (*stored, *kept.own)}, tuple(links.values()))


def newest(t: Tale) -> tuple[str, str]:
    """Order stories by the day of their last report, the newest first."""
    last = max((r.published or "" for r in t.reports.values()), default="")
    return "".join(chr(0x10FFFF - ord(c)) for c in last), t.kept.story.id


def roll(told: Iterable[Tale], width: int) -> Iterator[Line]:
    """Draw each story on a few lines."""
    for t in told:
        main = t.accounts[0] if t.accounts else None
        yield from indented(Text(flat(_titled(t)), TITLE), width, Text())
        outlets = {r.publisher for r in t.reports.values() if r.publisher}
        disputes = len({d for a in t.kept.story.accounts for d in a.disputes})
        about = [
            _dates(t),
            f"{len(t.reports)} reports",
            f"{len(outlets)} outlets",
            *([f"{disputes} disagreements"] if disputes else []),
            t.kept.story.id[:SHORT],
        ]
        if main:
            yield from indented(Text(f"{_counted(main)}: {_cut(_text(t, main))}"), width, Text("  "), Text("  "))
        yield from indented(Text(flat(" · ".join(about)), QUIET), width, Text("  "), Text("  "))
        yield Text()


def sheet(t: Tale, links: Sequence[Link], width: int) -> Iterator[Line]:
    """Draw a story with all its accounts."""
    yield from indented(Text(flat(_titled(t)), TITLE), width, Text())
    yield Text(flat(f"{_dates(t)} · {len(t.reports)} reports · {t.kept.story.id}"), QUIET)
    shown = [a for a in t.accounts if len(a.claims) > 1 or a.disputes]
    for a in shown:
        yield Text()
        yield from account(t, a, width)
    rest = len(t.accounts) - len(shown)
    if rest:
        yield Text()
        yield Text(f"and {rest} that one report alone tells; onrecord claims --report lists them", QUIET)
    yield from disagreements(t, links, width)


def account(t: Tale, a: Account, width: int, *, why: bool = False) -> Iterator[Line]:
    """Draw an account: what is told, its origins, and under each the outlets that have it."""
    yield from indented(Text(flat(_cut(_text(t, a)))), width, Text())
    yield from indented(Text(_counted(a), VOICE), width, Text("  "), Text("  "))
    for o in a.origins:
        yield from indented(Text.assemble((flat(o.name), VOICE), (f"  {o.kind}", QUIET)), width, Text("  └ "), Text("    "))
        yield from _witnesses(t, o, width, why=why)
    for reason in a.why:
        yield from indented(Text(flat(reason), QUIET), width, Text("  "), Text("  "))


def _witnesses(t: Tale, o: Origin, width: int, *, why: bool) -> Iterator[Line]:
    """Draw the outlets of an origin: who has it from the origin itself, then who passes it on."""
    reasons = dict(o.why)
    outlets: dict[str, Claim] = {}
    for i in sorted(o.claims, key=lambda i: (t.reports[t.claims[i].report].published or FIRST, i)):
        outlets.setdefault(t.claims[i].report, t.claims[i])
    for report, claim in outlets.items():
        r = t.reports[report]
        how = "" if (r.publisher or "") in o.witnesses else t.print_of(report) or "passes it on"
        words = f"{r.publisher or r.file} · {r.published or 'undated'}{how and f' · {how}'} · {claim.id[:SHORT]}"
        yield from indented(Text(flat(words), QUIET), width, Text("      "), Text("        "))
        yield from indented(_said(r, claim), width, Text("        "), Text("        "))
        if why and (reason := reasons.get(report)):
            said = f"{reason.text}: {reason.a.of(r.text)}" if reason.a else reason.text
            yield from indented(Text(flat(_cut(said)), QUIET), width, Text("        "), Text("        "))


def disagreements(t: Tale, links: Sequence[Link], width: int) -> Iterator[Line]:
    """Draw the passages that contradict or update each other, side by side."""
    found = [
        x for x in links if x.of == "claim" and x.verdict in ("contradicts", "updates") and x.a in t.claims and x.b in t.claims
    ]
    if found:
        yield Text()
        yield Text("where they differ", TITLE)
    for x in found:
        yield from indented(
            Text.assemble((x.type or x.verdict, VOICE), (f"  {x.why[0].text if x.why else ''} · {x.id[:SHORT]}", QUIET)),
            width,
            Text("  "),
            Text("    "),
        )
        for i in sorted((x.a, x.b), key=lambda i: t.reports[t.claims[i].report].published or FIRST):
            r = t.reports[t.claims[i].report]
            yield from indented(_said(r, t.claims[i], f"{r.publisher or r.file}: "), width, Text("    "), Text("    "))


def days(store: Store, rows: Sequence[Claim], width: int) -> Iterator[Line]:
    """Draw claims by the day that they tell of."""
    last = ""
    for c in rows:
        when = moment(c.when) if c.when else ""
        if when != last:
            yield Text(flat(when + (f"  ({c.when.doubt})" if c.when and c.when.doubt else "")), TITLE)
            last = when
        r = store.report(c.report)
        yield from indented(_said(r, c, f"{_speaker(c)}: "), width, Text("  "), Text("  "))
        yield from indented(
            Text(flat(f"{r.publisher or r.file} · {r.published or 'undated'} · {c.id[:SHORT]}"), QUIET),
            width,
            Text("  "),
            Text("  "),
        )


def day(c: Claim) -> tuple[bool, str, str]:
    """Order claims by their day, those whose year is open last."""
    value = c.when.value if c.when else ""
    return not value[:1].isdigit(), value, c.id


def spoken(store: Store, voice: str, claims: Iterable[Claim]) -> list[Claim]:
    """Return the claims in which somebody speaks, the oldest report first."""
    of = {i for a in store.actors(name=voice) for i in (a.id, *a.members)}
    mine = [c for c in claims if any(v.actor in of or plain(v.name or "") == plain(voice) for v in c.voices)]
    return sorted(mine, key=lambda c: (store.report(c.report).published or FIRST, c.id))


def changes(store: Store, rows: Sequence[Claim], links: Iterable[Link], width: int) -> Iterator[Line]:
    """Draw what a voice said by day, and mark what contradicts or updates something it said before."""
    before = {c.id: n for n, c in enumerate(rows)}
    pairs = {max((x.a, x.b), key=lambda i: before.get(i, -1)): x for x in links if x.a in before and x.b in before}
    last = ""
    for c in rows:
        r = store.report(c.report)
        if (r.published or "undated") != last:
            last = r.published or "undated"
            yield Text(flat(last), TITLE)
        mark = f"{pairs[c.id].verdict}: " if c.id in pairs else ""
        yield from indented(Text.assemble((mark, VOICE), _said(r, c)), width, Text("  "), Text("  "))
        yield from indented(
            Text(flat(f"{r.publisher or r.file} · {c.sure.level} · {c.id[:SHORT]}"), QUIET), width, Text("  "), Text("  ")
        )


def _titled(t: Tale) -> str:
    first = t.first.body.of(t.first.text).strip().partition("\n")[0]
    return t.first.title or _cut(first) or "a report without words"


def _speaker(c: Claim) -> str:
    return flat(next((v.refers_to or v.name or "" for v in reversed(c.voices) if v.refers_to or v.name), "somebody"))


def _said(r: Report, c: Claim, lead: str = "") -> Text:
    span = Span(c.content[0].start, min(c.content[-1].end, c.content[0].start + LONGEST))
    more = " …" if span.end < c.content[-1].end else ""
    return Text.assemble((flat(lead), VOICE), cut(r.text, span), more)


def _text(t: Tale, a: Account) -> str:
    claims = [t.claims[i] for i in a.claims]
    return max(claims, key=lambda c: (bool(c.voices), -abs(len(c.text) - LONGEST // 2), c.id)).text


def _counted(a: Account) -> str:
    outlets, n = len(a.outlets), len(a.origins)
    origins = f"1 origin ({a.origins[0].name})" if n == 1 else f"{n} origins, {STATES[a.independence]}"
    return flat(f"{outlets} outlet{'s' * (outlets != 1)}, {origins}")


def _dates(t: Tale) -> str:
    found = sorted({r.published[:10] for r in t.reports.values() if r.published})
    return f"{found[0]} to {found[-1]}" if len(found) > 1 else found[0] if found else "undated"


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else words[: LONGEST - 2] + " …"
