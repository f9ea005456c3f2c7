"""The tables of language.toml that mend what the tagger found: every entry does to its example what it says."""

import pytest

from onrecord import languages
from onrecord.extraction.edges import cleaned, trimmed
from onrecord.languages import Closing, Edge, Grow
from onrecord.languages._said import Deed
from onrecord.record import Span
from onrecord.tagger.spans import Attribution

CODES = languages.supported()


def entries(table: str) -> list[object]:
    return [pytest.param(c, e, id=f"{c}: {e.id}") for c in CODES for e in getattr(languages.get(c).language, table)]


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(("code", "entry"), entries("edges"))
def test_an_edge_leaves_what_it_says(code: str, entry: Edge) -> None:
    (left,) = trimmed([Span(0, len(entry.example))], entry.part, entry.example, languages.get(code))
    assert left.of(entry.example) == entry.leaves != entry.example


@pytest.mark.parametrize(("code", "entry"), entries("grows"))
def test_a_span_that_was_cut_short_grows(code: str, entry: Grow) -> None:
    text, whole = entry.example, Span(0, 1)
    spans = {part: (at(text, entry.found) if part == entry.part else whole,) for part in ("source", "cue", "content")}
    spans |= {"cue": (at(text, entry.cue),)} if entry.cue else {}
    (clean,) = cleaned([Attribution(spans["source"][0], spans["cue"], spans["content"], 1.0)], text, languages.get(code))
    grown = {"source": clean.source, "cue": clean.cue[0], "content": clean.content[0]}[entry.part]
    assert grown is not None
    assert grown.of(text) == entry.becomes


@pytest.mark.parametrize(("code", "entry"), entries("closings"))
def test_a_cue_that_opens_before_a_content_closes_after_it(code: str, entry: Closing) -> None:
    text = entry.example
    found = Attribution(None, (at(text, entry.found),), (at(text, entry.content),), 1.0)
    (clean,) = cleaned([found], text, languages.get(code))
    assert [span.of(text) for span in clean.cue] == [entry.found, entry.adds]


@pytest.mark.parametrize(
    ("code", "source"),
    [
        ("en", "Quill, Vask and Lorne"),
        ("en", "the ministry, the army and the police"),
        ("en", "Merid Mills, Inc"),
        ("en", "the group's 1,200 members"),
        ("ja", "李容浩（リ・ヨンホ）外相"),
        ("ja", "財務相"),
    ],
)
def test_what_belongs_to_a_source_stays(code: str, source: str) -> None:
    (left,) = trimmed([Span(0, len(source))], "source", source, languages.get(code))
    assert left.of(source) == source


@pytest.mark.parametrize(
    ("code", "deed"), [pytest.param(c, d, id=f"{c}: {d.example[0]}") for c in CODES for d in languages.get(c).said.deeds]
)
def test_a_deed_is_no_attribution_but_what_is_said_with_its_words_is(code: str, deed: Deed) -> None:
    for content, left in ((deed.example[1], 0), *([(deed.near, 1)] if deed.near else [])):
        text = f"{deed.example[0]} {content}"
        found = Attribution(None, (at(text, deed.example[0]),), (at(text, content),), 1.0)
        assert len(cleaned([found], text, languages.get(code))) == left
