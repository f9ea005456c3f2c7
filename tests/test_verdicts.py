"""Who is whom, across reports and as people decided: told anew at every question, and never lost."""

import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import bridge, find, harbour, report
from msgspec import structs

from onrecord.actors import Entry, codes
from onrecord.actors.decided import standing, undone
from onrecord.actors.knowledge import known
from onrecord.actors.unite import Bearer, Decided, unite
from onrecord.errors import ActorError, OptionError, UnknownNameError
from onrecord.record import Claim, Mention, Report, Verdict
from onrecord.store import Presence, Store, migrations
from onrecord.store.decide import login

STEPS = migrations.steps()


def voiced(claim: Claim, actor: str, name: str, **more: object) -> Claim:
    voice = structs.replace(claim.voices[-1], actor=actor, name=name, kind="person", **more)
    return structs.replace(claim, voices=(*claim.voices[:-1], voice))


def told(text: str, file: str, actor: str, name: str, day: str = "2024-03-02", **more: object) -> tuple[Report, tuple[Claim, ...]]:
    """Invent a report with the minister's claim, in which somebody else speaks."""
    of = structs.replace(report(bridge()[0].text + text, "en", "Amber Courier", file), published=day)
    claim = structs.replace(bridge()[1][1], id=f"{actor}.{file}", report=of.id, file=file)
    return of, (voiced(claim, actor, name, **more),)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A record in which Alda Renn speaks in two reports, somebody Renn in another, and 潮見健 and 海原新聞 in one."""
    with Store(tmp_path / "record.db") as opened:
        place = Mention("Port Amber", find(bridge()[0], "Port Amber"), "place", "local.port")
        officials = structs.replace(bridge()[1][0], mentions=(place,))
        opened.add(bridge()[0], (officials, voiced(bridge()[1][1], "local.a1", "Alda Renn")))
        opened.add(*told("2", "two.txt", "local.a2", "Alda Renn", "2024-04-01"))
        opened.add(*told("3", "three.txt", "local.r3", "Renn"))
        of, (paper, chief) = harbour()
        opened.add(of, (paper, voiced(chief, "local.s4", "潮見健")))
        yield opened


def heads(store: Store, **options: str) -> list[str]:
    return [actor.id for actor in store.actors(**options)]


def files(store: Store, actor: str) -> list[str]:
    return [Path(claim.file).stem for claim in store.claims(actor=actor)]


# The roll.


def test_who_speaks_most_comes_first_and_full_names_of_several_reports_are_one(store: Store) -> None:
    first, *others = store.actors()
    assert first == Presence(
        "local.a1", "person", {"en": ("Alda Renn",)}, {}, 2, 0, "2024-03-02", "2024-04-01", ("local.a1", "local.a2")
    )
    assert [(a.id, a.spoke, a.spoken_of) for a in others] == [("local.r3", 1, 0), ("local.s4", 1, 0), ("local.port", 0, 1)]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({"kind": "place"}, ["local.port"]),
        ({"outlet": "海原"}, ["local.s4"]),
        ({"since": "2024-04"}, ["local.a1"]),
        ({"until": "2024-03", "text": "decided"}, ["local.a1", "local.r3"]),
        ({"limit": 1}, ["local.a1"]),
        ({"name": "alda renn"}, ["local.a1"]),
        ({"name": "renn"}, ["local.r3"]),
        ({"name": "潮見"}, ["local.s4"]),
        ({"name": "local.a2"}, ["local.a1"]),
        ({"name": "nobody"}, []),
    ],
)
def test_actors_are_asked_for_by(store: Store, options: dict[str, str], found: list[str]) -> None:
    assert heads(store, **options) == found


def test_a_kind_that_is_none_is_an_error_that_lists_the_kinds(store: Store) -> None:
    with pytest.raises(OptionError, match="kind 'god' is not one of: person, organization, government, outlet, group, place"):
        store.actors(kind="god")


def test_who_is_mentioned_in_the_source_of_another_is_spoken_of(store: Store) -> None:
    of, (_, claim) = bridge()
    inside = Mention("Renn", find(of, "Renn"), "person", "local.a1")
    ministry = Mention("minister", find(of, "minister"), "organization", "local.m")
    store.replace(of, [structs.replace(voiced(claim, "local.a1", "Alda Renn"), mentions=(inside, ministry))])
    assert {a.id: (a.spoke, a.spoken_of) for a in store.actors()}["local.m"] == (0, 1)
    assert {a.id: (a.spoke, a.spoken_of) for a in store.actors()}["local.a1"] == (2, 0)


def test_an_actor_of_the_base_has_its_names_and_codes(store: Store) -> None:
    store.add(*told("5", "five.txt", "state.jpn", "Tokyo"))
    (japan,) = store.actors(name="日本")
    assert (japan.id, japan.kind, japan.names["en"][0], japan.codes["iso"]) == ("state.jpn", "government", "Japan", "JPN")


def test_the_codes_of_a_body_are_those_of_its_state_with_its_sector() -> None:
    state = Entry("state.arl", "government", {"en": ("Arlund",)}, cameo="ARL")
    paper = Entry("outlet.courier", "outlet", {"en": ("Tessa Courier",)}, of="state.arl", sector="MED")
    base = known([state, paper])
    assert codes(state, base) == {"iso": "ARL", "cameo": "ARL"}
    assert codes(paper, base) == {"cameo": "ARLMED", "sector": "MED", "of": "state.arl"}


# Claims by and about somebody.


def test_claims_are_found_under_any_spelling_and_by_any_id(store: Store) -> None:
    assert files(store, "ALDA RENN") == files(store, "local.a2") == files(store, "Ａｌｄａ　Ｒｅｎｎ") == ["bridge", "two"]
    assert files(store, "潮見") == ["港"]
    assert files(store, "local.port") == ["bridge"]


def test_a_name_that_nobody_bears_is_looked_for_in_the_words(store: Store) -> None:
    assert files(store, "海原") == ["港"]
    assert files(store, "Zeppelin") == []


# What people decide.


def test_who_is_merged_is_one_until_it_is_undone_and_again_when_that_is(store: Store) -> None:
    merged = store.merge("Alda Renn", "local.r3", by="desk")
    assert (merged.target, merged.field, merged.value, merged.by, merged.undoes) == ("local.a1", "same", "local.r3", "desk", None)
    assert merged.at.endswith("Z")
    assert files(store, "Renn") == ["bridge", "three", "two"]
    assert heads(store, name="renn") == ["local.a1"]
    back = store.undo(merged.id[:6])
    assert (back.undoes, files(store, "Renn")) == (merged.id, ["three"])
    store.undo(back.id)
    assert len(files(store, "Renn")) == 3
    assert [v.id for v in store.verdicts()][:2] == [merged.id, back.id]


def test_a_merge_holds_for_all_who_bear_the_name_and_for_those_to_come(store: Store) -> None:
    store.merge("潮見健", "Alda Renn")
    store.add(*told("6", "six.txt", "local.z6", "Alda Renn"))
    assert len(files(store, "潮見健")) == 4


def test_who_is_split_is_apart_and_the_others_of_the_name_stay(store: Store) -> None:
    store.add(*told("6", "six.txt", "local.a0", "Alda Renn"))
    store.split("Alda Renn", "local.a1")
    assert heads(store, name="Alda Renn") == ["local.a0", "local.a1"]
    assert files(store, "local.a0") == ["six", "two"]
    assert files(store, "local.a1") == ["bridge"]


def test_a_verdict_overrules_none_in_silence(store: Store) -> None:
    split = store.split("local.a1", "local.a2")
    with pytest.raises(ActorError, match=rf"kept apart by verdict {split.id[:8]}; take that back first: onrecord actors undo"):
        store.merge("local.a1", "local.a2")
    with pytest.raises(ActorError, match="apart already"):
        store.split("local.a2", "local.a1")
    merged = store.merge("local.r3", "local.s4")
    with pytest.raises(ActorError, match=rf"made one by verdict {merged.id[:8]}"):
        store.split("local.s4", "local.r3")
    with pytest.raises(ActorError, match="one already"):
        store.merge("local.s4", "Renn")


@pytest.mark.parametrize(
    ("a", "b", "line"),
    [
        ("Nobody", "Alda Renn", "nobody in this record is called 'Nobody'; onrecord actors lists who is there"),
        ("Alda Renn", "", "nobody in this record is called ''; onrecord actors lists who is there"),
        ("Mori", "Alda Renn", "'Mori' may be local.m1, local.m2; write the id"),
    ],
)
def test_who_is_meant_must_be_clear(store: Store, a: str, b: str, line: str) -> None:
    for n in "12":
        store.add(*told(f"m{n}", f"m{n}.txt", f"local.m{n}", "Mori"))
    with pytest.raises(UnknownNameError) as error:
        store.merge(a, b)
    assert str(error.value) == line
    assert list(store.verdicts()) == []


def test_a_new_name_comes_first_and_is_found(store: Store) -> None:
    store.rename("Alda Renn", "アルダ・レン")
    store.rename("Alda Renn", "Dr Alda Renn", "de")
    (renn,) = store.actors(name="アルダ・レン")
    assert renn.names == {"ja": ("アルダ・レン",), "de": ("Dr Alda Renn",), "en": ("Alda Renn",)}
    assert files(store, "アルダ・レン") == ["bridge", "two"]
    for name, lang in (("", None), ("Renn", "english")):
        with pytest.raises(OptionError):
            store.rename("Alda Renn", name, lang)


def test_a_verdict_outlives_a_reading_that_calls_somebody_otherwise(store: Store) -> None:
    store.merge("Alda Renn", "潮見健")
    of, claims = bridge()
    store.replace(of, (claims[0], voiced(claims[1], "person.renn-alda", "Alda Renn")))
    store.add_actors([Entry("person.renn-alda", "person", {"en": ("Alda Renn",)})])
    assert heads(store, name="潮見健") == ["person.renn-alda"]
    assert len(files(store, "潮見健")) == 3


def test_undoing_what_is_not_there_or_was_undone_is_an_error(store: Store) -> None:
    merged = store.merge("Alda Renn", "Renn")
    back = store.undo(merged.id)
    with pytest.raises(ActorError, match=f"was taken back by {back.id[:8]}; to have it again: onrecord actors undo {back.id[:8]}"):
        store.undo(merged.id)
    for name in ("ffffffff", "", merged.id[:3]):
        with pytest.raises(UnknownNameError, match="no verdict is called"):
            store.undo(name)


def test_verdicts_cannot_be_changed_or_deleted(store: Store) -> None:
    store.merge("Alda Renn", "Renn")
    for sql in ("DELETE FROM verdicts", "UPDATE verdicts SET value = 'x'"):
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            store._db.execute(sql)  # noqa: SLF001


def test_who_decides_is_who_is_logged_in_or_unknown(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("uid")

    monkeypatch.setenv("LOGNAME", "mio")
    assert store.merge("Alda Renn", "Renn").by == "mio"
    monkeypatch.setattr("onrecord.store.decide.getuser", nobody)
    assert login() == "unknown"


def test_own_actors_are_kept_once_and_the_last_word_holds(store: Store) -> None:
    renn = Entry("person.renn-alda", "person", {"en": ("Alda Renn",), "ja": ("アルダ・レン",)})
    assert len(store.add_actors([renn, renn])) == 1
    assert store.add_actors([renn]) == ()
    assert store.own_actors() == (renn,)
    assert heads(store, name="アルダ・レン") == ["person.renn-alda"]
    other = structs.replace(renn, names={"en": ("Alda Renn",)})
    (verdict,) = store.add_actors([other])
    assert store.own_actors() == (other,)
    store.undo(verdict.id)
    assert store.own_actors() == (renn,)


# Properties.

ids = st.sampled_from(["local.a", "local.b", "local.c", "person.d", "person.e"])
bearers = st.builds(
    Bearer, ids, st.just("person"), st.sampled_from(["Alda Renn", "Ken Mori", "Renn"]), st.just("en"),
    st.sampled_from([(), ("minister",), ("fisherman",)]),
)  # fmt: skip
pairs = st.lists(st.tuples(ids, ids).filter(lambda pair: pair[0] != pair[1]), max_size=3).map(tuple)


@given(st.lists(bearers, max_size=8), pairs, pairs, st.randoms())
def test_who_is_kept_apart_is_never_one_and_order_is_nothing(rows: list[Bearer], same: tuple, apart: tuple, random: object) -> None:
    decided = Decided(same, apart)
    found = unite(rows, decided)
    assert all(found[found[i]] == found[i] for i in found)
    assert all(found.get(a, a) != found.get(b, b) for a, b in apart)
    random.shuffle(rows)  # type: ignore[attr-defined]
    assert unite(rows, decided) == found


@given(st.lists(bearers, max_size=8))
def test_no_name_makes_two_of_the_base_one(rows: list[Bearer]) -> None:
    found = unite(rows)
    assert all(found[i] == i for i in found if not i.startswith("local."))


@given(st.lists(st.integers(0, 9), max_size=9))
def test_what_is_undone_does_not_stand_and_what_undid_it_never_stands_for_itself(links: list[int]) -> None:
    verdicts = [Verdict("0", "a", "same", "b", "x", "t")]
    verdicts += [Verdict(str(n), "a", "same", "b", "x", "t", str(link) if link < n else None) for n, link in enumerate(links, 1)]
    stand = standing(verdicts)
    assert all(v.undoes is None and v.id not in undone(verdicts) for v in stand)
    assert all(by not in undone(verdicts) for by in undone(verdicts).values())


# Records of the version before.


def test_a_record_of_the_version_before_keeps_everything_and_knows_its_actors(
    tmp_path: Path,
) -> None:
    path = tmp_path / "old.db"
    of, (first, second) = bridge()
    mention = Mention("Port Amber", find(of, "Port Amber"), "place", "local.port")
    inside = Mention("Alda Renn", find(of, "Alda Renn"), "person", "local.a1")
    claims = (
        structs.replace(first, mentions=(mention,)),
        structs.replace(voiced(second, "local.a1", "Alda Renn"), mentions=(inside,)),
    )
    with Store(path) as store:
        store.add(of, claims)
        fresh = store._db.execute("SELECT * FROM called ORDER BY 1, 2, 3").fetchall()  # noqa: SLF001
        for trigger in ("links_go_with_reports", "stories_are_made_again"):
            store._db.execute(f"DROP TRIGGER {trigger}")  # noqa: SLF001
        for table in ("called", "verdicts", "remembered", "links", "compared", "story_reports", "stories"):
            store._db.execute(f"DROP TABLE {table}")  # noqa: SLF001
        store._db.execute("PRAGMA user_version = 1")  # noqa: SLF001
    with Store(path) as store:
        assert tuple(store.claims()) == claims
        assert [tuple(row) for row in store._db.execute("SELECT * FROM called ORDER BY 1, 2, 3")] == [tuple(row) for row in fresh]  # noqa: SLF001
        assert heads(store) == ["local.a1", "local.port"]
        assert store._db.execute("PRAGMA user_version").fetchone()[0] == len(STEPS)  # noqa: SLF001


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@settings(max_examples=30)
@given(texts, texts)
def test_any_name_may_be_asked_for(name: str, actor: str) -> None:
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "record.db") as store:
        store.add(*told("x", "x.txt", f"local.{actor}", name))
        list(store.claims(actor=name))
        assert len(list(store.actors())) == 1
