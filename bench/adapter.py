"""Claims in our conventions in, attributions in PolNeAR's out: the fixed adapter of the annotation page.

It looks only at the text beside a predicted span, never at gold: a content is widened over adjoining quotation marks (with a
comma or full stop before a closing one) and then over a "that" before it; source and cue are the innermost voice's; a claim
whose content lies inside another's is left out, since PolNeAR has no nesting.
"""

import re

from onrecord.record import Claim

OPEN = "\"“„'‘"
CLOSE = re.compile(r"[,.]?[\"”'’]")
THAT = re.compile(r"\bthat\s+$", re.IGNORECASE)


def attributions(text: str, claims: list[Claim]) -> list[dict[str, list[list[int]]]]:
    """Return the attributions of one document."""
    kept = [c for c in claims if c.voices and not any(_inside(c, other) for other in claims)]
    return [
        {
            "source": [[v.source.start, v.source.end]] if (v := c.voices[-1]).source else [],
            "cue": [[s.start, s.end] for s in v.cue],
            "content": [widened(text, s.start, s.end) for s in c.content],
        }
        for c in kept
    ]


def _inside(inner: Claim, outer: Claim) -> bool:
    mine, theirs = ({i for s in c.content for i in range(s.start, s.end)} for c in (inner, outer))
    return inner is not outer and mine < theirs


def widened(text: str, start: int, end: int) -> list[int]:
    """Widen one content span."""
    while start and text[start - 1] in OPEN:
        start -= 1
    while hit := CLOSE.match(text, end):
        end = hit.end()
    if hit := THAT.search(text, max(0, start - 12), start):
        start = hit.start()
    return [start, end]
