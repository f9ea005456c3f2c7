"""The knowledge base that ships is the one that its tables make, and holds what news needs."""

from pathlib import Path

import pytest

from onrecord.actors import base
from training.knowledge.__main__ import SHIPPED, checked, read, written

TABLES = Path(__file__).parent.parent / "training" / "knowledge"


def test_the_base_that_ships_is_made_of_these_tables_and_they_are_sound() -> None:
    entries = list(read(TABLES))
    assert list(checked(entries)) == []
    assert SHIPPED.read_bytes() == written(entries)


def test_a_fault_in_a_table_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "states.jsonl").write_text('{"id": "state.arl", "kind": "government", "names": {"en": "Arlund"}}\n', "utf-8")
    with pytest.raises(SystemExit, match=r"states\.jsonl:1: Expected `array`"):
        list(read(tmp_path))


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("ロイター", "outlet.reuters"),
        ("Reuters", "outlet.reuters"),
        ("AFP通信", "outlet.afp"),
        ("共同通信", "outlet.kyodo"),
        ("インタファクス通信", "outlet.interfax"),
        ("KCNA", "outlet.kcna"),
        ("朝鮮中央通信", "outlet.kcna"),
        ("新華社", "outlet.xinhua"),
        ("国連", "body.un"),
        ("NATO", "body.nato"),
        ("ロシア外務省", "ministry.rus-foreign"),
        ("State Department", "ministry.usa-state"),
        ("北朝鮮", "state.prk"),
        ("South Korea", "state.kor"),
        ("Vladimir Putin", "person.putin-vladimir"),
        ("習近平", "person.xi-jinping"),
        ("Hezbollah", "group.hezbollah"),
        ("ハマス", "group.hamas"),
        ("米国務省", "ministry.usa-state"),
    ],
)
def test_what_news_names_every_day_is_known(name: str, actor: str) -> None:
    assert actor in {s.entry.id for s in base().of(name)}


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("Moscow", "state.rus"),
        ("平壌", "state.prk"),
        ("永田町", "state.jpn"),
        ("Beijing", "state.chn"),
        ("Kremlin", "state.rus"),
        ("Downing Street", "state.gbr"),
    ],
)
def test_the_metonyms_of_news_lead_to_a_state(name: str, state: str) -> None:
    assert state in {i for s in base().of(name) for i in (s.entry.id, s.entry.of)}


@pytest.mark.parametrize(
    ("of", "day", "who"),
    [
        ("state.rus", "2010-01-01", {"person.medvedev-dmitry", "person.putin-vladimir", "person.lavrov-sergei"}),
        ("state.jpn", "2023-09-12", {"person.naruhito", "person.kishida-fumio", "person.hayashi-yoshimasa"}),
    ],
)
def test_who_was_in_office_on_a_day(of: str, day: str, who: set[str]) -> None:
    held = {e.id for e in base().persons_of(of) if any(t.of == of and t.holds(day) for t in e.terms)}
    assert who <= held


def test_the_base_is_as_wide_as_it_claims() -> None:
    rooms = [i.partition(".")[0] for i in base().entries]
    assert {room: rooms.count(room) >= least for room, least in LEAST.items()} == dict.fromkeys(LEAST, True)
    held = {of for of in base().offices if of.startswith("state.")}
    assert len(held) >= 60
    assert len({i.split(".")[1][:3] for i in base().entries if i.startswith("ministry.")}) >= 40
    assert len({i.split(".")[1][:3] for i in base().entries if i.startswith("force.")}) >= 40


LEAST = {
    "state": 193,
    "ministry": 500,
    "force": 80,
    "outlet": 150,
    "body": 150,
    "group": 60,
    "person": 1000,
    "company": 200,
    "party": 100,
}
