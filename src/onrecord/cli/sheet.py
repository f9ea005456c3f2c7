"""A claim and its report go in, the sheet of `onrecord show` comes out: the chain, the words in their paragraph, and why."""

import re
from collections.abc import Iterator, Mapping

from rich.cells import cell_len
from rich.text import Text

from onrecord.cli import view
from onrecord.cli.roll import called
from onrecord.cli.view import CUE, EVIDENCE, NAME, QUIET, TITLE, Mark, cut, flat, indented, tone
from onrecord.cli.wrap import lines
from onrecord.record import Actor, Claim, Report, Span, Step, Voice

AROUND = 240  # characters kept on each side of a claim in a long paragraph
LONGEST = 60  # characters of a step's words that are shown
LINE_ENDS = re.compile(r"[\n\r\x0b\x0c\x85\u2028\u2029]")
CONTENT = "not dim"
# What stands below the words of each kind where there is no colour to tell them apart.
SIGNS = {NAME: "^", CUE: "~", CONTENT: "=", EVIDENCE: "!"}
MEANINGS = {NAME: "voice", CUE: "cue", CONTENT: "content", EVIDENCE: "certainty"}
ONE_LINE = 72  # cells from which a step fits on one line


def sheet(report: Report, claim: Claim, width: int, *, coloured: bool, who: Mapping[str, Actor] | None = None) -> Iterator[Text]:
    """Draw all that is known of a claim; without colour, signs under the words tell sources, cues and content apart.

    `who` are the actors of its voices.
    """
    yield from view.heading(report, width)
    yield from _titled("Who said what")
    yield from drawn(report, claim, width, who or {})
    yield from _titled("How sure")
    yield from _sure(report, claim, width)
    yield from _titled("In these words")
    yield from _words(report, claim, width, coloured=coloured)
    yield from _titled("Why")
    yield from _why(report, claim, width)
    yield from lines(
        Text(f"\nclaim {claim.id} · report {claim.report} · score {claim.score:.2f} · {flat(claim.maker)}", QUIET), width
    )


def drawn(report: Report, claim: Claim, width: int, who: Mapping[str, Actor]) -> Iterator[Text]:
    """Draw the voices as a chain, each one step further in, with the content at its end."""
    for depth, voice in enumerate(claim.voices):
        lead = Text("  " + "   " * (depth - 1) + ("└─ " if depth else ""), QUIET)
        below = Text(" " * lead.cell_len)
        yield from indented(Text.assemble(view.name(report, voice), (f"   {_kind(voice)}", QUIET)), width, lead, below)
        said = Text.assemble(view.bracketed(view.cue(report, voice)), (f"   {voice.act}", QUIET))
        yield from indented(said, width, below)
        if voice.actor and voice.actor in who:
            yield from indented(Text(_actor(voice.actor, who[voice.actor], report.lang), QUIET), width, below)
    bar = Text("   " * len(claim.voices) + "  │ ", tone(claim.sure))
    yield from indented(view.content(report, claim), width, bar)


def _actor(member: str, actor: Actor, lang: str) -> str:
    """Tell who a voice is: the actor, and its id in this report where it has another there."""
    own = f" ({flat(member)} here)" if member != actor.id else ""
    return f"is {called(actor, lang)} · {flat(actor.id)}{own}"


def _titled(title: str) -> Iterator[Text]:
    yield Text("")
    yield Text(title, TITLE)


def _kind(voice: Voice) -> str:
    return f"{voice.kind}, {'named' if voice.named else 'not named'}"


def _sure(report: Report, claim: Claim, width: int) -> Iterator[Text]:
    yield from indented(view.tags(claim), width, Text("  "))
    if claim.sure.evidence:
        words = (cut(report.text, span, style=tone(claim.sure)) for span in claim.sure.evidence)
        yield from indented(Text.assemble(("because of ", QUIET), view.joined(", ", words)), width, Text("  "))
    if claim.when:
        against = f", counted from {claim.when.against}" if claim.when.against else ""
        doubt = f" ({claim.when.doubt})" if claim.when.doubt else ""
        told = (flat(f": {view.moment(claim.when)}{against}{doubt}"), QUIET)
        when = Text.assemble(("when ", QUIET), cut(report.text, claim.when.span), told)
        yield from indented(when, width, Text("  "))


def _words(report: Report, claim: Claim, width: int, *, coloured: bool) -> Iterator[Text]:
    for line in indented(paragraph(report, claim), width, Text("  ")):
        yield line
        if not coloured:
            yield from _signs(line)
    legend = (
        Text(means if coloured else f"{SIGNS[style]} {means}", style if coloured else "") for style, means in MEANINGS.items()
    )
    yield Text("")
    yield from indented(view.joined("   ", legend), width, Text("  "))


def paragraph(report: Report, claim: Claim) -> Text:
    """Cut out the lines that a claim stands in, marked; a longer stretch beside the claim gives way to `…`."""
    text, span = report.text, claim.span
    before = [end.end() for end in LINE_ENDS.finditer(text, 0, span.start)]
    after = LINE_ENDS.search(text, span.end)
    line = Span(before[-1] if before else 0, after.start() if after else len(text))
    return view.excerpt(text, span, line, _marks(claim), AROUND)


def _marks(claim: Claim) -> Iterator[Mark]:
    yield from ((span, CONTENT) for span in claim.content)
    yield from ((span, EVIDENCE) for span in claim.sure.evidence)
    yield from ((voice.source, NAME) for voice in claim.voices if voice.source)
    yield from ((span, CUE) for voice in claim.voices for span in voice.cue)


def _signs(line: Text) -> Iterator[Text]:
    """Draw the row of signs below a line, as wide as its words are; none where it would be empty."""
    signs = [" "] * len(line)
    for span in line.spans:
        if sign := SIGNS.get(str(span.style)):
            signs[span.start : span.end] = sign * (span.end - span.start)
    row = "".join(sign * cell_len(mark) for sign, mark in zip(signs, line.plain, strict=True))
    if row.strip():
        yield Text(row.rstrip())


def _why(report: Report, claim: Claim, width: int) -> Iterator[Text]:
    field = max((len(step.field) for step in claim.why), default=0) + 2
    rule = max((len(step.rule) for step in claim.why), default=0) + 2
    for step in claim.why:
        if width >= ONE_LINE:
            row = Text.assemble(flat(step.field.ljust(field)), (flat(step.rule.ljust(rule)), QUIET), _clipped(report, step))
            yield from indented(row, width, Text("  "), Text(" " * (4 + field)))
        else:
            yield from indented(Text.assemble(flat(step.field), (f"  {flat(step.rule)}", QUIET)), width, Text("  "), Text("    "))
            yield from indented(_clipped(report, step), width, Text("    "))


def _clipped(report: Report, step: Step) -> Text:
    end = min(step.span.end, step.span.start + LONGEST)
    return Text.assemble(cut(report.text, Span(step.span.start, end)), ("…" if end < step.span.end else "", QUIET))
