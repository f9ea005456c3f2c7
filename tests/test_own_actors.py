"""A user's own actors: read from a file, checked, known to every reading from then on."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import json

from onrecord import Report, Span, languages
from onrecord.actors import Entry, Named, base, joined, own, resolve
from onrecord.errors import ActorError

RENN = Entry("person.renn-alda", "person", {"en": ("Alda Renn",), "ja": ("アルダ・レン",)}, of="state.kes")
KESTRIA = Entry("state.kes", "government", {"en": ("Kestria",)}, adjectives={"en": ("Kestrian",)})

TOML = """
[[actors]]
id = "person.renn-alda"
kind = "person"
of = "state.kes"
names.en = ["Alda Renn"]
names.ja = ["アルダ・レン"]

[[actors]]
id = "state.kes"
kind = "government"
names.en = ["Kestria"]
adjectives.en = ["Kestrian"]
"""
CSV = """id,kind,lang,name,of
renn-alda,person,en,Alda Renn,
renn-alda,person,,アルダ・レン,state.jpn
state.kes,government,,Kestria,
"""
FTM = [
    {"id": "Q1", "schema": "Person", "properties": {
        "name": ["Alda Renn"], "alias": ["アルダ・レン"], "weakAlias": ["Bridgie"], "country": ["xx", "jp"],
    }},
    {"id": "NK-2", "schema": "PublicBody", "properties": {"name": ["Port Amber Council"]}, "datasets": ["x"]},
    {"id": "a-1", "schema": "Address", "properties": {"full": ["1 Quay"]}},
    {"id": "q3", "schema": "Company", "properties": {"name": ["Amber Line"]}},
]  # fmt: skip


def written(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


def test_toml_says_all_that_an_entry_has(tmp_path: Path) -> None:
    assert own.read(written(tmp_path, "mine.toml", TOML)) == (RENN, KESTRIA)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_csv_has_a_row_a_name_and_what_is_left_out_is_told_by_the_letters(tmp_path: Path, mark: str) -> None:
    assert own.read(written(tmp_path, "mine.csv", mark + CSV)) == (
        Entry("person.renn-alda", "person", {"en": ("Alda Renn",), "ja": ("アルダ・レン",)}, of="state.jpn"),
        Entry("state.kes", "government", {"en": ("Kestria",)}),
    )


def test_followthemoney_has_an_entity_a_line_and_others_are_passed_over(tmp_path: Path) -> None:
    lines = "\n".join(json.encode(entity).decode() for entity in FTM)
    assert own.read(written(tmp_path, "mine.json", lines + "\n")) == (
        Entry("person.Q1", "person", {"en": ("Alda Renn",), "ja": ("アルダ・レン",)}, loose={"en": ("Bridgie",)}, of="state.jpn"),
        Entry("ministry.NK-2", "government", {"en": ("Port Amber Council",)}),
        Entry("body.q3", "organization", {"en": ("Amber Line",)}),
    )


def test_a_single_name_makes_an_actor() -> None:
    assert own.single(" Alda Renn ", "person") == Entry("person.own-alda-renn", "person", {"en": ("Alda Renn",)})
    assert own.single("蒼海通信", "outlet") == Entry("outlet.own-蒼海通信", "outlet", {"ja": ("蒼海通信",)})


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("x.txt", "", "this is no file of actors; give one that ends in .toml, .csv, .json, .jsonl, .ftm"),
        ("x.toml", "", "Object missing required field `actors`; mend it"),
        ("x.toml", "actors = []", "no actor stands in it; docs/actors.md shows how to write one"),
        ("x.toml", "actors = [", "this is no TOML: Invalid value (at end of document); mend that place"),
        ("x.toml", TOML.replace('"person"', '"persona"'), "entry 'person.renn-alda': kind: Invalid enum value 'persona'; mend it"),
        ("x.toml", TOML.replace("names.ja", "nmaes.ja"), "[[actors]] number 1 has 'nmaes', which no actor has; take it out"),
        ("x.toml", TOML.replace('["Kestria"]', '"Kestria"'), "entry 'state.kes': names[...]: Expected `array`, got `str`; mend it"),
        ("x.toml", TOML.replace('of = "state.kes"', 'of = "state.nil"'), "entry 'person.renn-alda': belongs to 'state.nil', which"),
        ("x.toml", TOML.replace('["Kestria"]', '[" "]'), "entry 'state.kes': no name stands there; give one at least"),
        ("x.toml", TOML.replace("person.renn-alda", "renn alda"), "entry 'person.renn alda': an id has no blanks"),
        ("x.toml", TOML.replace("person.renn-alda", "local.1"), "entry 'local.1': an id has no blanks and does not begin"),
        ("x.toml", TOML.replace("person.renn-alda", "body.1"), "entry 'body.1': a person has an id that begins with 'person'"),
        ("x.csv", "", "the first line lacks id, kind, name; it must name the columns: id,kind,lang,name,of"),
        ("x.csv", "name,kind\n", "the first line lacks id; it must name the columns"),
        ("x.csv", CSV + "b,boat,,Ilse,\n", "line 5: kind 'boat' is not one of: person, organization, government"),
        ("x.csv", CSV + "person.renn-alda,group,,Ilse,\n", "line 5: 'person.renn-alda' is a group here and a person above"),
        ("x.json", '\n{"id": 3}\n', "line 2 is no entity of FollowTheMoney"),
    ],
)  # fmt: skip
def test_a_bad_file_is_one_line_that_names_file_place_and_mend(tmp_path: Path, name: str, text: str, line: str) -> None:
    path = written(tmp_path, name, text)
    with pytest.raises(ActorError) as error:
        own.read(path)
    assert str(error.value).startswith(f"{path}: {line}")
    assert "\n" not in str(error.value)


def test_a_missing_file_and_other_bytes_are_one_line(tmp_path: Path) -> None:
    with pytest.raises(ActorError, match=r"no\.csv: no such file; check the name, or say --kind"):
        own.read(tmp_path / "no.csv")
    (tmp_path / "sjis.csv").write_bytes(CSV.encode("shift_jis"))
    with pytest.raises(ActorError, match=r"sjis\.csv: byte \d+ is no UTF-8; save the file as UTF-8"):
        own.read(tmp_path / "sjis.csv")


def test_an_actor_may_belong_to_one_added_before(tmp_path: Path) -> None:
    path = written(tmp_path, "mine.csv", "id,kind,name,of\nx,outlet,Halden Post,state.kes\n")
    assert own.read(path, others={"state.kes"})[0].of == "state.kes"


@given(st.text(max_size=80), st.sampled_from([".toml", ".csv", ".json"]))
def test_no_file_ends_in_a_traceback(text: str, suffix: str) -> None:
    path = Path(f"x{suffix}")
    try:
        list(own.FORMS[suffix](path, text))
    except ActorError as error:
        assert str(error).startswith(str(path))  # noqa: PT017  # most texts are errors, some are none


# Known from then on.


def test_without_own_actors_the_base_is_as_it_ships() -> None:
    assert joined(()) is base()


def test_a_name_that_the_user_gives_is_nobody_elses() -> None:
    mine = Entry("body.own-japan", "organization", {"en": ("Japan", "Kestria Rail")})
    known = joined([mine])
    assert [s.entry for s in known.of("Japan")] == [s.entry for s in known.of("Kestria Rail")] == [mine]
    assert [s.entry.id for s in known.of("日本")] == ["state.jpn"]
    assert [s.entry.id for s in base().of("Japan")] == ["state.jpn"]


def test_an_actor_of_the_base_gains_names_and_keeps_what_it_has() -> None:
    known = joined([Entry("state.jpn", "government", {"en": ("Land of the Amber Sun",)})])
    japan = known.get("state.jpn")
    assert japan is not None
    assert japan.names["en"][:2] == ("Land of the Amber Sun", "Japan")
    assert {s.entry.id for name in ("Land of the Amber Sun", "Japan", "日本") for s in known.of(name)} == {"state.jpn"}


def test_a_report_is_read_with_own_actors() -> None:
    text = "Kestrian minister Alda Renn said so."
    report = Report("r", text, Span(0, len(text)), "en", published="2024-03-02")
    name = Named(Span(18, 27), "Alda Renn", "person")
    (found,) = resolve([name], report, languages.get("en"), joined([RENN, KESTRIA]))
    assert found is not None
    assert found.actor == "person.renn-alda"
