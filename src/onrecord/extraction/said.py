"""Said: attributions in, drafts of claims out, each with its chain of voices; and what a cue and a pair of marks mean."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from onrecord.languages import Language
from onrecord.languages._said import Bend, Cue, Said
from onrecord.record import Act, Quote, Span, Step, VoiceKind
from onrecord.tagger.spans import Attribution

Spans = tuple[Span, ...]
# Two readings of one content share at least this much of it.
SAME = 0.8
PAIRS = {"「": "」", "『": "』", "“": "”", '"': '"', "‘": "’", "„": "“", "«": "»"}
STOPS = "、。，．,.!?！？…"
# A single mark is a quotation mark only at the edge of a word; elsewhere it is an apostrophe.
SINGLE = re.compile(r"(?<![\w’'])['‘](?=\S)[^\n]{1,400}?(?<=\S)['’](?!\w)")


class Draft(Struct, frozen=True):
    """A claim to be: its attributions from the outermost to the innermost, and the content of the innermost."""

    chain: tuple[Attribution, ...]
    content: Spans


def chains(attributions: Sequence[Attribution], text: str, language: Language) -> tuple[Draft, ...]:
    """Nest the attributions of a text, in reading order.

    One whose content is only another attribution is that one's outer voice; one whose content holds more is a draft of its
    own beside it (ANNOTATION.md, Nesting). Readings of the same cue, or of the same content from the same source, are joined.
    """
    found: list[Draft] = []
    for cluster in _clusters(attributions):
        joined = [part for a in _joined(cluster) for part in _cited_apart(a, text, language.said)]
        voices = [a for a in joined if not _is_own(a, joined, text, language)]
        found.extend(_nested(voices, text, language.said))
    return tuple(sorted(found, key=lambda d: (_hull(d.chain[-1]).start, len(d.chain), d.content)))


def act(text: str, cue: Spans, language: Language, kind: VoiceKind = "unknown") -> tuple[Act, Step]:
    """Return what the cue does, and why; a cue that no table knows says.

    The cue decides, not the content; where a table says so, the kind of voice too: 明らかにした announces for a body and says
    for a person.
    """
    words, places = _words(text, cue)
    hits = [(c, hit) for c, pattern in _patterns(language.said) for hit in pattern.finditer(words)]
    if not hits:
        return "say", Step("act", f"{language.code}/said.toml:any other cue", cue[0])
    first = language.said.head == "first"
    # によると … という: of two cues that only say, the one that asks who speaks
    chosen, hit = max(hits, key=lambda h: (not h[0].weak, bool(h[0].voices), -h[1].start() if first else h[1].end(), len(h[1][0])))
    span = Span(places[hit.start()], places[hit.end() - 1] + 1)
    return dict(chosen.voices).get(kind, chosen.act), Step("act", f"{language.code}/said.toml:{hit[0]}", span)


def quote(text: str, content: Spans, language: Language) -> Quote:
    """Tell whether the content stands inside quotation marks (direct), holds some (mixed) or neither (indirect)."""
    start, end = _paragraph(text, content)
    regions = list(_regions(text, start, end))
    if all(_enclosed(text, span, regions) for span in content):
        return "direct"
    inside = [r for r in regions for s in content if r.start >= s.start - 1 and r.end <= s.end + 1]
    return "mixed" if any(not _term(text, r, language.said) for r in inside) else "indirect"


# Nesting


def _hull(a: Attribution) -> Span:
    """Return the span from the first to the last character of an attribution."""
    spans = [*a.cue, *a.content, *([a.source] if a.source else [])]
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def _clusters(attributions: Sequence[Attribution]) -> Iterator[list[Attribution]]:
    """Yield runs of attributions that touch: only those can be nested or the same."""
    run: list[Attribution] = []
    end = 0
    for a in sorted(attributions, key=lambda a: (_hull(a), a.cue, a.content)):
        if run and _hull(a).start >= end:
            yield run
            run = []
        run.append(a)
        end = max(end, _hull(a).end) if len(run) > 1 else _hull(a).end
    if run:
        yield run


def _joined(cluster: list[Attribution]) -> list[Attribution]:
    kept: list[Attribution] = []
    for a in sorted(cluster, key=lambda a: -a.score):
        at = next((i for i, k in enumerate(kept) if _same_cue(k, a) or _same_voice(k, a)), None)
        if at is None:
            kept.append(a)
        else:
            kept[at] = _join(kept[at], a)
    return kept


def _same_cue(a: Attribution, b: Attribution) -> bool:
    mine, other = _places(a.cue), _places(b.cue)
    return 2 * len(mine & other) >= min(len(mine), len(other))


def _same_voice(a: Attribution, b: Attribution) -> bool:
    """Tell whether two are によると … という: one content, one source or none, and neither cue inside the content."""
    return _one_content(a, b) and (
        a.source is None or b.source is None or (a.source.start < b.source.end and b.source.start < a.source.end)
    )


def _join(kept: Attribution, other: Attribution) -> Attribution:
    """Keep the better reading's spans, and what the other adds beside them."""
    spans = [(kept.cue, other.cue), (kept.content, other.content)]
    cue, content = (tuple(sorted({*a, *(s for s in b if not _places((s,)) & _places(a))})) for a, b in spans)
    source = kept.source or other.source
    return replace(kept, source=source, cue=cue, content=content)


def _nested(found: list[Attribution], text: str, said: Said) -> Iterator[Draft]:
    citing = {b: a for b in found if (a := _citing(b, found, text, said))}
    # one content, read twice: the citing voice's reading holds for both, so that no chain can run in a circle
    found = [replace(b, content=citing[b].content) if b in citing else b for b in found]
    outer = [_outer(b, found, text, said) for b in found]
    for i, a in enumerate(found):
        inner = [b for b, o in zip(found, outer, strict=True) if o == i]
        if not inner or not _only(a, inner, text, said):
            yield Draft(tuple(_chain(i, found, outer)), a.content)


def _outer(b: Attribution, found: list[Attribution], text: str, said: Said) -> int | None:
    """Return the place of the smallest content that holds `b`. It must be larger than b's own: so no chain can run in a circle.

    A voice that is cited stands behind the one that cites it, though their content is one: police said, citing witnesses.
    """
    if citing := _citing(b, found, text, said):
        return found.index(citing)
    own, cue = _places(b.content), _places(b.cue)
    sizes = [(len(_places(a.content)), i) for i, a in enumerate(found)]
    holds = [(size, i) for size, i in sizes if size > len(own) and _holds(found[i], own, cue)]
    return min(holds)[1] if holds else None


def _citing(b: Attribution, found: list[Attribution], text: str, said: Said) -> Attribution | None:
    """Return the attribution that gives `b` as its source, itself cited by nobody."""
    if not _is_cited(b, text, said):
        return None
    return next((a for a in found if _one_content(a, b) and not _is_cited(a, text, said)), None)


def _is_cited(a: Attribution, text: str, said: Said) -> bool:
    return a.source is not None and any(re.search(c.match, s.of(text), re.IGNORECASE) for c in said.cited for s in a.cue)


def _cited_apart(a: Attribution, text: str, said: Said) -> Iterator[Attribution]:
    """Part a reading that took "citing" for a second half of its own cue: whom it cites is a voice of its own."""
    for cited in said.cited if len(a.cue) > 1 else ():
        for span in a.cue:
            if not (cited.source and re.search(cited.match, span.of(text), re.IGNORECASE)):
                continue
            if hit := re.compile(cited.source).match(text, span.end):
                yield replace(a, cue=tuple(s for s in a.cue if s != span))
                yield replace(a, source=Span(*hit.span("source")), cue=(span,))
                return
    yield a


def _one_content(a: Attribution, b: Attribution) -> bool:
    """Tell whether two attributions share their content and neither's cue lies in it."""
    mine, other = _places(a.content), _places(b.content)
    return len(mine & other) >= SAME * len(mine | other) and not (mine | other) & _places((*a.cue, *b.cue))


def _is_own(b: Attribution, found: list[Attribution], text: str, language: Language) -> bool:
    """Tell whether `b` is the attitude of the speaker in whose words it stands (ANNOTATION.md, Nesting)."""
    tables = [own for own in language.said.own if b.source and re.fullmatch(own.match, b.source.of(text), re.IGNORECASE)]
    if not tables or act(text, b.cue, language)[0] not in {known for own in tables for known in own.acts}:
        return False
    own, cue = _places(b.content), _places(b.cue)
    return any(a is not b and a.source and _holds(a, own, cue) for a in found)


def _holds(a: Attribution, content: set[int], cue: set[int]) -> bool:
    room = _places(a.content)
    return 2 * len(room & cue) > len(cue) and 2 * len(room & content) > len(content)


def _chain(i: int, found: list[Attribution], outer: list[int | None]) -> list[Attribution]:
    above = outer[i]
    return [*(_chain(above, found, outer) if above is not None else []), found[i]]


def _only(a: Attribution, inner: list[Attribution], text: str, said: Said) -> bool:
    """Tell whether nothing of the content is left outside the inner attributions but glue and a few letters."""
    taken = set().union(*(_places((*b.cue, *b.content, *([b.source] if b.source else []))) for b in inner))
    left = "".join(" " if i in taken else text[i] for i in sorted(_places(a.content)))
    for glue in said.glue:
        left = re.sub(glue.match, " ", left, flags=re.IGNORECASE)
    return sum(c.isalnum() for c in left) <= said.spare


def _places(spans: Spans) -> set[int]:
    return {i for s in spans for i in range(s.start, s.end)}


# Cues


def _words(text: str, cue: Spans) -> tuple[str, list[int]]:
    """Return the words of a cue in small letters, its spans parted by a blank, and where in the text each letter stands."""
    letters: list[tuple[str, int]] = []
    for span in cue:
        letters.extend([(" ", span.start)] if letters else [])
        # one letter for one: a few grow when made small
        letters.extend((text[i].lower()[:1], i) for i in range(span.start, span.end))
    return "".join(c for c, _ in letters), [i for _, i in letters]


@cache
def _patterns(said: Said) -> tuple[tuple[Cue, re.Pattern[str]], ...]:
    return tuple((cue, _pattern(cue, said)) for cue in said.cues)


def _pattern(cue: Cue, said: Said) -> re.Pattern[str]:
    forms = {form for lemma in cue.verbs for form in bend(lemma, said.verbs, said.irregular)}
    forms |= {form for lemma in cue.nouns for form in bend(lemma, said.nouns, said.irregular)}
    known = "|".join([*sorted(forms, key=len, reverse=True), *sorted(cue.words, key=len, reverse=True)])
    return re.compile(rf"\b(?:{known})\b" if said.apart else f"(?:{known})")


def bend(lemma: str, bends: tuple[Bend, ...], irregular: tuple[tuple[str, ...], ...] = ()) -> tuple[str, ...]:
    """Return the forms of a lemma; of several words, the first bends. The first rule that fits the whole word makes them."""
    head, blank, rest = lemma.partition(" ")
    forms = next((row for row in irregular if row[0] == head), None)
    if forms is None:
        forms = next((_bent(head, b) for b in bends if re.fullmatch(b.match, head)), (head,))
    return tuple(form + blank + rest for form in forms)


def _bent(head: str, b: Bend) -> tuple[str, ...]:
    hit = re.fullmatch(b.match, head)
    return tuple(hit.expand(form) for form in b.forms) if hit else (head,)


# Quotation marks


def _paragraph(text: str, content: Spans) -> tuple[int, int]:
    """Return the lines that the content stands in; marks pair within them."""
    first, last = content[0].start, content[-1].end
    end = text.find("\n", last)
    return text.rfind("\n", 0, first) + 1, len(text) if end < 0 else end


def _regions(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield what stands between a pair of marks, the marks left out. A mark of its own kind inside is counted: 「…「…」…」."""
    waiting: list[tuple[str, int]] = []
    for i in range(start, end):
        c = text[i]
        if waiting and c == waiting[-1][0]:
            yield Span(waiting.pop()[1], i)
        elif c in PAIRS and not (c == "‘" and not SINGLE.match(text, i)):
            waiting.append((PAIRS[c], i + 1))
    for hit in SINGLE.finditer(text, start, end):
        yield Span(hit.start() + 1, hit.end() - 1)


def _enclosed(text: str, span: Span, regions: list[Span]) -> bool:
    """Tell whether a span stands inside a pair of marks.

    One mark will do where the line ends in place of the other: a paragraph of a long quotation.
    """
    if any(r.start <= span.start and span.end <= r.end for r in regions):
        return True
    before, after = text[: span.start].rstrip(" 　"), text[span.end : span.end + 8].lstrip(STOPS + " ")
    opened, closed = before[-1:], after[:1]
    if opened in PAIRS:
        return closed in ("", "\n", PAIRS[opened])
    return before[-1:] in ("", "\n") and closed in PAIRS.values() and not any(c in text[span.start : span.end] for c in PAIRS)


def _term(text: str, region: Span, said: Said) -> bool:
    """Tell whether a name or a so-called thing stands in the marks: the table sees the words in them and what follows."""
    after = text[region.start : region.end + 20]
    return any(_fits(t.match, region.of(text).rstrip(STOPS), after) for t in said.terms)


def _fits(match: str, words: str, after: str) -> bool:
    return bool(re.search(match, words) or re.match(match, after))
