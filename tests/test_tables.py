"""Every entry of every language's tables of certainty and time is tried on its own example."""

import re
from pathlib import Path

import pytest
from msgspec import Struct

from onrecord import languages
from onrecord.errors import LanguageError
from onrecord.extraction.clause import compiled, point, statement
from onrecord.extraction.joined import sightings
from onrecord.extraction.moments import moments
from onrecord.extraction.said import Draft
from onrecord.extraction.sure import certainty
from onrecord.extraction.when import moment
from onrecord.languages._sure import Aside, Attitude, Condition, Mark
from onrecord.languages._tables import read
from onrecord.languages._when import Dated, Join, Loose, Merge, Modifier, Offset, When
from onrecord.record import Act, Certainty, Moment, Report, Span, Step, Voice
from onrecord.tagger.spans import Attribution

CODES = languages.supported()


def entries(table: str, field: str) -> list[object]:
    """Walk one list of one table of every language."""
    found = [(code, entry) for code in CODES for entry in getattr(getattr(languages.get(code), table), field)]
    return [pytest.param(code, entry, id=f"{code}-{entry.id}") for code, entry in found]


def draft(content: str, cue: str, published: str | None = "2023-09-13") -> tuple[Report, Draft]:
    """Put a cue before a content, as if a tagger had found both."""
    text = f"{cue}\n{content}"
    said, what = Span(0, len(cue)), Span(len(cue) + 1, len(text))
    return Report("r", text, Span(0, len(text)), "xx", published=published), Draft(
        (Attribution(None, (said,), (what,), 1.0),), (what,)
    )


def sure(code: str, content: str, cue: str = "-", act: Act = "say") -> tuple[Certainty, tuple[Step, ...], Report]:
    report, one = draft(content, cue)
    voice = Voice(None, None, "unknown", named=False, role=None, act=act, cue=one.chain[0].cue)
    return *certainty(report, languages.get(code), one, voice), report


def when(code: str, content: str, published: str = "2023-09-13") -> tuple[Moment | None, tuple[Step, ...]]:
    report, one = draft(content, "-", published)
    return moment(report, languages.get(code), one)


@pytest.mark.parametrize(("code", "entry"), entries("sure", "asides"))
def test_an_aside_leaves_what_carries_the_point(code: str, entry: Aside) -> None:
    assert entry in languages.get(code).sure.asides
    left = compiled(entry.match).sub(" ", entry.example)
    assert left != entry.example
    assert re.sub(r"\s+(?=[.。]|$)|(?<=\s)\s+|^\s+", "", left) == entry.leaves


@pytest.mark.parametrize(("code", "entry"), entries("sure", "marks"))
def test_a_mark_says_of_its_example_what_it_says(code: str, entry: Mark) -> None:
    found, why, _ = sure(code, entry.example, entry.cue_example or "-")
    says_something = entry.level or entry.negated or entry.status
    assert compiled(entry.match).search(entry.example)
    assert not says_something or f"{code}/sure.toml:{entry.id}" in {step.rule for step in why}
    assert entry.level in (None, found.level)
    assert (entry.low, entry.high) in ((None, None), (found.low, found.high))
    assert not says_something or found.negated is entry.negated
    assert entry.status in (None, found.status)


@pytest.mark.parametrize(("code", "entry"), entries("sure", "marks"))
def test_a_mark_leaves_its_near_misses_alone(code: str, entry: Mark) -> None:
    for content in entry.near:
        _, why, _ = sure(code, content, entry.cue_example or "-")
        assert f"{code}/sure.toml:{entry.id}" not in {step.rule for step in why}, content


@pytest.mark.parametrize(("code", "entry"), entries("sure", "conditions"))
def test_a_condition_makes_its_example_hypothetical(code: str, entry: Condition) -> None:
    found, why, _ = sure(code, entry.example)
    assert found.status == "hypothetical"
    assert f"{code}/sure.toml:{entry.id}" in {step.rule for step in why}
    for content in entry.near:
        _, why, _ = sure(code, content)
        assert f"{code}/sure.toml:{entry.id}" not in {step.rule for step in why}, content


@pytest.mark.parametrize(("code", "entry"), entries("sure", "attitudes"))
def test_an_attitude_says_of_any_content_what_it_says(code: str, entry: Attitude) -> None:
    assert compiled(entry.match).search(entry.example)
    assert not any(compiled(entry.match).search(cue) for cue in entry.near)
    for act in entry.acts:
        first = next(e for e in languages.get(code).sure.attitudes if act in e.acts and compiled(e.match).search(entry.example))
        if first.id == entry.id:
            found, _, _ = sure(code, "-", entry.example, act)
            assert found.level == (entry.level or "certain")
            assert found.negated is entry.negated
            assert found.status == (entry.status or entry.otherwise or "general")


@pytest.mark.parametrize(("code", "entry"), entries("when", "dates"))
def test_a_date_gives_what_its_entry_says(code: str, entry: Dated) -> None:
    # the mere part of a day is no moment of an event either
    if entry.kind in ("duration", "set") or re.fullmatch(r"XXXX-XX-XXT[A-Z]+", entry.gives):
        assert entry.gives in {found.value for found in moments(entry.example, languages.get(code), entry.published)}
        assert when(code, entry.example, entry.published) == (None, ())
        return
    found, why = when(code, entry.example, entry.published)
    assert found is not None
    assert (found.value, found.until, found.doubt) == (entry.gives, entry.until, None)
    assert f"{code}/when.toml:{entry.id}" in {step.rule for step in why}


@pytest.mark.parametrize(("code", "entry"), entries("when", "dates"))
def test_a_date_leaves_its_near_misses_alone(code: str, entry: Dated) -> None:
    for content in entry.near:
        assert entry.id not in {name for seen in sightings(content, languages.get(code).when) for name in seen.ids}, content


@pytest.mark.parametrize(("code", "entry"), entries("when", "joins"))
def test_a_join_makes_a_range(code: str, entry: Join) -> None:
    found, why = when(code, entry.example, entry.published)
    assert found is not None
    assert (found.value, found.until) == (entry.gives, entry.until)
    assert f"{code}/when.toml:{entry.id}" in {step.rule for step in why}


@pytest.mark.parametrize(("code", "entry"), [*entries("when", "merges"), *entries("when", "offsets")])
def test_two_that_are_one_moment_are_read_as_one(code: str, entry: Merge | Offset) -> None:
    tables = languages.get(code)
    found = moments(entry.example, tables, entry.published)
    assert (entry.gives, entry.until) in {(moment.value, moment.until) for moment in found}
    assert entry.id in {name for seen in sightings(entry.example, tables.when) for name in seen.ids}


@pytest.mark.parametrize(("code", "entry"), entries("when", "modifiers"))
def test_a_modifier_belongs_to_the_span_of_its_moment(code: str, entry: Modifier) -> None:
    found = moments(entry.example, languages.get(code), "2023-09-13")
    assert entry.span in {moment.span.of(entry.example) for moment in found}


@pytest.mark.parametrize("code", CODES)
def test_the_first_look_finds_every_example(code: str) -> None:
    table = languages.get(code).when
    assert all(compiled(table.look).search(entry.example) for entry in (*table.dates, *table.joins, *table.merges, *table.offsets))


@pytest.mark.parametrize(("code", "entry"), entries("when", "loose"))
def test_a_loose_date_is_not_the_moment(code: str, entry: Loose) -> None:
    tables = languages.get(code)
    report, one = draft(entry.example, "-")
    assert sightings(point(statement(report, one.content), tables.sure.asides), tables.when)
    assert when(code, entry.example) == (None, ())


def test_the_tables_of_ours_are_not_empty() -> None:
    assert {"en", "ja"} <= set(CODES)
    for code in ("en", "ja"):
        tables = languages.get(code)
        assert tables.language.native
        assert tables.sure.marks
        assert tables.when.dates


def test_a_language_without_a_folder_has_empty_tables() -> None:
    tables = languages.get("xx")
    assert tables.sure.marks == ()
    assert tables.when.dates == ()
    assert when("xx", "12 September 2023") == (None, ())
    assert sure("xx", "It may rain.")[0] == Certainty()


class Row(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    count: int


class Rows(Struct, frozen=True, forbid_unknown_fields=True):
    rows: tuple[Row, ...] = ()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('[[rows]]\nid = "a"\ncount = "x"\n', "xx/rows.toml: entry 'a': "),
        ('[[rows]]\nid = "a"\ncount = 1\nmore = 2\n', "unknown field"),
        ('[[rows]]\nid = "a"\ncount = 1\n[[rows]]\nid = "a"\ncount = 2\n', "two entries have the id 'a'"),
        ("rows = [", "xx/rows.toml: not TOML"),
    ],
)
def test_a_faulty_table_is_named_with_its_entry(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "xx" / "rows.toml"
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    with pytest.raises(LanguageError, match=re.escape(complaint)):
        read(path, Rows)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(LanguageError, match="no such table"):
        read(tmp_path / "sure.toml", Rows)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('[[dates]]\nid = "a"\nmatch = "{no}"\nexample = ""\ngives = ""\n', "no part is called 'no'"),
        ('[[dates]]\nid = "a"\nmatch = "("\nexample = ""\ngives = ""\n', "is no regular expression"),
        ('[[dates]]\nid = "a"\nmatch = "(?P<hue>a)"\nexample = ""\ngives = ""\n', "no field is called hue"),
    ],
)
def test_a_faulty_pattern_of_a_date_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "when.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(LanguageError, match=re.escape(complaint)):
        read(path, When)
