"""A claim in; what it is compared by out: its words, names, amounts and moments, and who is its last voice."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from onrecord import languages
from onrecord.corroboration.terms import WORD, weight
from onrecord.extraction.amounts import Amount, amounts
from onrecord.extraction.moments import moments
from onrecord.record import Claim, Moment, Report, Span

# What a word weighs that says nothing: articles and auxiliaries lie below.
USUAL = 6.0
# Words in Latin letters are one by so many of their first letters: evacuated, evacuation.
STEM = 5
HAN = re.compile(r"[㐀-鿿々]{3,}$")
PLACES = ("state.", "place.")


class Told(Struct, frozen=True, eq=False):
    """What a claim is compared by.

    `words` are weighted stems; `names` the actors in its content that are no places, `places` those that are; `speaker`
    is the actor that is its last voice, None where that is nobody in particular.
    """

    claim: Claim
    report: Report
    words: dict[str, float]
    names: frozenset[str]
    places: frozenset[str]
    speaker: str | None

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """The amounts in its content."""
        return _amounts(self.claim.text, self.report.lang)

    @property
    def moments(self) -> tuple[Moment, ...]:
        """The moments in its content."""
        return tuple(m for m in _moments(self.report) if any(_meet(m.span, s) for s in self.claim.content))

    @property
    def text(self) -> str:
        """The words of its content."""
        return self.claim.text


def told(claims: Iterable[Claim], reports: Mapping[str, Report], heads: Mapping[str, str]) -> list[Told]:
    """Make what each claim is compared by; `heads` maps the ids of actors to the actor that each is."""
    return [_told(c, reports[c.report], heads) for c in claims]


def _told(claim: Claim, report: Report, heads: Mapping[str, str]) -> Told:
    inside = [m for m in claim.mentions if m.actor and any(s.start <= m.span.start and m.span.end <= s.end for s in claim.content)]
    names = {heads.get(m.actor or "", m.actor or ""): m.kind for m in inside if m.kind in ("person", "organization", "place")}
    return Told(
        claim=claim,
        report=report,
        words=stems(claim.text),
        names=frozenset(n for n, kind in names.items() if kind != "place"),
        places=frozenset(n for n, kind in names.items() if kind == "place"),
        speaker=next((heads.get(v.actor, v.actor) for v in reversed(claim.voices) if v.actor), None),
    )


def _meet(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


@lru_cache(1 << 14)
def _amounts(text: str, lang: str) -> tuple[Amount, ...]:
    return amounts(text, languages.get(lang))


@lru_cache(4096)
def _moments(report: Report) -> tuple[Moment, ...]:
    return moments(report.text, languages.get(report.lang), report.published)


@lru_cache(1 << 15)
def stems(text: str) -> dict[str, float]:
    """Return the stems of a text with their weights: the rarer, the heavier."""
    found: dict[str, float] = {}
    for hit in WORD.finditer(text):
        for word in _cut(hit.group()):
            if (heavy := weight(word) - USUAL) > 0:
                found[word[:STEM] if word.isascii() and word.isalpha() else word] = heavy
    return found


def _cut(word: str) -> Sequence[str]:
    return [word[i : i + 2] for i in range(len(word) - 1)] if HAN.match(word) else [re.sub(r"['’]s$", "", word).casefold()]


def overlap(one: Mapping[str, float], other: Mapping[str, float]) -> tuple[float, float]:
    """Return how much of the lighter and of both together two texts share, by weight."""
    both = sum(w for word, w in one.items() if word in other)
    mine, yours = sum(one.values()), sum(other.values())
    return both / max(min(mine, yours), 1e-6), both / max(mine + yours - both, 1e-6)
