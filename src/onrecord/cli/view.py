"""
Reports and claims go in, lines for a terminal come out, in which voices, cues, certainty and content differ at a glance.

Every word of a report passes `visible`, and none is ever read as markup.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from rich.text import Text

from onrecord.cli.wrap import lines
from onrecord.record import Certainty, Claim, Level, Moment, Report, Span, Voice
from onrecord.text import visible

WORD = 15  # characters within which a blank to cut at is looked for
WIDEST = 100  # cells; a longer line is hard to read
TITLE, QUIET, VOICE = "bold", "dim", "cyan"
# These stand in dim text, too.
NAME, CUE, EVIDENCE = "not dim bold cyan", "not dim yellow", "not dim underline"
LEVELS: dict[Level, str] = {"certain": "green", "probable": "blue", "possible": "magenta", "unlikely": "magenta", "open": "magenta"}
NEGATED = "red"
BLANK = re.compile(r"\s+")
BLANKS = re.compile(r"[ \t]*[\n\t][\s]*")

QUOTES = {"「": "」", "『": "』", "“": "”", "‘": "’", "«": "»", "„": "“", '"': '"', "'": "'"}

Mark = tuple[Span, str]


def heading(report: Report, width: int, note: str = "") -> Iterator[Text]:
    """Draw title, and outlet, date, language, file and `note` below it."""
    yield from lines(Text(flat(report.title or report.file), style=TITLE), width)
    about = (report.publisher, report.published, report.lang, report.file if report.title else None, note)
    yield from lines(Text(flat(" · ".join(part for part in about if part)), style=QUIET), width)


def block(report: Report, claim: Claim, width: int, note: str = "") -> Iterator[Text]:
    """Draw a claim: its chain of voices, its content behind a bar, and how sure the innermost voice is."""
    bar = Text("  │ ", tone(claim.sure))
    yield from indented(chain(report, claim), width, Text("  "), Text("    "))
    yield from indented(content(report, claim), width, bar)
    yield from indented(tags(claim, note), width, Text("  "))


def chain(report: Report, claim: Claim) -> Text:
    """Write the voices from the outermost to the innermost, each with its cue."""
    return joined(" › ", (_spoken(report, voice) for voice in claim.voices))


def content(report: Report, claim: Claim) -> Text:
    """Write what is said, with the words marked that set how sure it is."""
    marks = [(span, f"underline {tone(claim.sure)}") for span in claim.sure.evidence]
    pieces = [cut(report.text, span, marks) for span in claim.content]
    if claim.quote == "direct":
        pieces = [_quoted(report.text, span, piece) for span, piece in zip(claim.content, pieces, strict=True)]
    return joined(" … ", pieces)


def tags(claim: Claim, note: str = "") -> Text:
    """Write the certainty, the status, the moment and whatever else `note` says, on one quiet line."""
    sure = claim.sure
    parts = [Text(level(sure), LEVELS[sure.level]), Text("negated" if sure.negated else "", NEGATED)]
    parts += [Text(part, QUIET) for part in (sure.status, moment(claim.when), note)]
    return joined(" · ", filter(None, parts))


def level(sure: Certainty) -> str:
    """Write the level and its band: `possible 20–55 %`."""
    return sure.level if sure.low is None else f"{sure.level} {sure.low}–{sure.high} %"


def moment(when: Moment | None) -> str:
    """Write when, or nothing: `2024-04 to 2024-06`."""
    if when is None:
        return ""
    return visible(f"{when.value} to {when.until}" if when.until else when.value)


def flat(words: str) -> str:
    """Make words of a report fit for one line of a terminal: harmless, and with a blank for a line end or a tab."""
    return visible(BLANKS.sub(" ", words))


def cut(text: str, span: Span, marks: Iterable[Mark] = (), style: str = "") -> Text:
    """Cut `span` out of `text`, styled where `marks` say so; the later of two marks on one place wins."""
    inside = [(Span(max(m.start, span.start), min(m.end, span.end)), tone) for m, tone in marks]
    inside = [(m, tone) for m, tone in inside if m.start < m.end]
    edges = sorted({span.start, span.end, *(m.start for m, _ in inside), *(m.end for m, _ in inside)})
    out = Text(style=style)
    for start, end in pairwise(edges):
        over = [tone for m, tone in inside if m.start <= start and end <= m.end]
        out.append(flat(text[start:end]), over[-1] if over else "")
    return out


def name(report: Report, voice: Voice) -> Text:
    """Write a voice as the text gives it: the name stands out in the source; what a pronoun refers to follows it."""
    if voice.source is None:
        return Text(f"({flat(voice.refers_to)})" if voice.refers_to else "no source named", style=QUIET)
    out = cut(report.text, voice.source, [(_within(report.text, voice.source, voice.name), NAME)], VOICE)
    if voice.refers_to and voice.refers_to not in voice.source.of(report.text):
        out.append(f" = {flat(voice.refers_to)}", VOICE)
    if voice.role and voice.role not in voice.source.of(report.text):
        out.append(f" ({flat(voice.role)})", VOICE)
    return out


def cue(report: Report, voice: Voice) -> Text:
    """Write the words that say that something is said."""
    return joined(" … ", (cut(report.text, span, style=CUE) for span in voice.cue))


def joined(between: str, parts: Iterable[Text]) -> Text:
    """Put `parts` side by side, each in its own style."""
    out = Text()
    for part in parts:
        out.append(between if out else "", QUIET).append_text(part)
    return out


def _spoken(report: Report, voice: Voice) -> Text:
    return Text.assemble(name(report, voice), " ", bracketed(cue(report, voice)))


def bracketed(words: Text) -> Text:
    """Put a cue in brackets, which tell it from a name where there is no colour."""
    return Text.assemble(("[", QUIET), words, ("]", QUIET))


def _within(text: str, span: Span, words: str | None) -> Span:
    at = span.of(text).find(words or "")
    return Span(span.start + at, span.start + at + len(words or "")) if at >= 0 else Span(0, 0)


def _quoted(text: str, span: Span, piece: Text) -> Text:
    """Put back the quotation marks that stand round a content in its report."""
    before = text[span.start - 1 : span.start]
    opening = before if before in QUOTES else "“"
    return Text.assemble((opening, QUIET), piece, (QUOTES[opening], QUIET))


def tone(sure: Certainty) -> str:
    """Return the colour of a certainty."""
    return NEGATED if sure.negated else LEVELS[sure.level]


def excerpt(text: str, span: Span, room: Span, marks: Iterable[Mark], reach: int) -> Text:
    """Cut out `span` with at most `reach` characters of `room` on each side, at a blank where one is near; `…` for the rest."""
    start, end = max(room.start, span.start - reach), min(room.end, span.end + reach)
    if start > room.start:
        blank = BLANK.search(text, start, min(start + WORD, span.start))
        start = blank.end() if blank else start
    if end < room.end:
        blanks = list(BLANK.finditer(text, max(span.end, end - WORD), end))
        end = blanks[-1].start() if blanks else end
    dots = ("… " if start > room.start else "", " …" if end < room.end else "")
    return Text.assemble((dots[0], QUIET), cut(text, Span(start, end), marks, QUIET), (dots[1], QUIET))


def indented(text: Text, width: int, first: Text, rest: Text | None = None) -> Iterator[Text]:
    """Break `text` to fit `width` with `first` before its first line, and `rest`, or `first` again, before the others."""
    rest = rest or first
    for at, line in enumerate(lines(text, width - max(first.cell_len, rest.cell_len))):
        yield Text.assemble(rest if at else first, line)
