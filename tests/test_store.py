"""The record keeps whole reports, whatever is in them and whatever happens."""

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import bridge, harbour
from msgspec import structs

from onrecord.errors import MissingPackageError, OptionError, RecordError, UnknownNameError
from onrecord.record import Certainty, Claim, Failure, Mention, Moment, Report, Span, Step, Voice, report_id
from onrecord.store import Store, connection, frame
from onrecord.store.migrations import latest

NOBODY = 65534
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
spans = st.builds(Span, st.integers(0, 30), st.integers(0, 30))
shares = st.floats(0, 1)
maybe = st.none() | texts
several = st.lists(spans, max_size=3).map(tuple)
sures = st.builds(Certainty, evidence=several, low=st.none() | st.integers(0, 100), high=st.none() | st.integers(0, 100))
moments = st.builds(Moment, texts, spans, maybe, maybe, maybe)
mentions = st.builds(Mention, name=texts, span=spans, actor=maybe, score=st.none() | shares)
voices = st.builds(
    Voice, name=maybe, source=st.none() | spans, role=maybe, cue=several, refers_to=maybe, actor=maybe, sure=st.none() | sures
)
claims_of_any_kind = st.builds(
    Claim,
    id=texts,
    report=texts,
    file=texts,
    span=spans,
    voices=st.lists(voices, max_size=3).map(tuple),
    content=several,
    text=texts,
    sure=sures,
    mentions=st.lists(mentions, max_size=2).map(tuple),
    events=st.just(()),
    when=st.none() | moments,
    score=shares,
    why=st.lists(st.builds(Step, texts, texts, spans), max_size=2).map(tuple),
    maker=texts,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "record.db") as opened:
        yield opened


@pytest.fixture
def two(store: Store) -> Store:
    """A record with both invented stories."""
    for report, claims in (bridge(), harbour()):
        store.add(structs.replace(report, sha256="aa"), claims)
    return store


def rows(store: Store, table: str) -> int:
    return int(store._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608, SLF001


def written(text: str, **more: str | None) -> Report:
    return structs.replace(Report(report_id(text, None, None, None), text, Span(0, len(text)), "ja"), **more)


# What goes in comes out.


def test_a_report_and_its_claims_come_out_as_they_went_in(store: Store) -> None:
    report, claims = bridge()
    assert store.add(report, claims)
    assert store.report(report.id) == report
    assert tuple(store.claims()) == claims


def test_adding_twice_changes_nothing(two: Store, tmp_path: Path) -> None:
    before = (tmp_path / "record.db").read_bytes(), list(two.claims())
    assert not two.add(*bridge())
    assert ((tmp_path / "record.db").read_bytes(), list(two.claims())) == before


@pytest.mark.parametrize("text", ["武\0器", "𠮷野家", "\u202eevil\u2066", "a\r\nb\r\u2028", "\x1b[31mred", "", "か\u3099"])
def test_a_text_comes_out_to_the_character(store: Store, text: str) -> None:
    store.add(written(text, title=text, publisher=text), ())
    assert next(store.reports()) == written(text, title=text, publisher=text)


@settings(max_examples=60, deadline=None)
@given(claims_of_any_kind, texts)
def test_any_claim_comes_out_equal(claim: Claim, text: str) -> None:
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "record.db") as store:
        store.add(written(text), [claim])
        assert list(store.claims()) == [claim]
        assert store.claim(claim.id) == claim


def test_ids_may_be_shortened_to_four_digits(two: Store) -> None:
    report, claims = bridge()
    assert two.report(report.id[:4]) == structs.replace(report, sha256="aa")
    assert two.claim(claims[0].id[:4]) == claims[0]


def test_an_id_that_nothing_or_several_have_is_an_error_of_one_line(store: Store) -> None:
    for name in ("aaaa1", "aaaa2"):
        store.add(structs.replace(written(name), id=name), ())
    with pytest.raises(UnknownNameError, match=r"several reports .* 'aaaa'; write more of the id"):
        store.report("aaaa")
    for wrong in ("aaa", "bbbb", "", "%", "aaaa*", "\0"):
        with pytest.raises(UnknownNameError, match="no report "):
            store.report(wrong)


def test_what_was_read_from_where_is_known_by_its_bytes(two: Store) -> None:
    assert two.seen("aa", "reports/bridge.txt")
    assert not two.seen("ab", "reports/bridge.txt")
    assert not two.seen("aa", "reports/other.txt")


# Questions.


@pytest.mark.parametrize(
    ("options", "files"),
    [
        ({}, ["bridge", "bridge", "港", "港"]),
        ({"voice": "alda RENN"}, ["bridge"]),
        ({"voice": "Ａｌｄａ"}, ["bridge"]),
        ({"voice": "transport", "act": "say"}, ["bridge"]),
        ({"voice": "海原", "act": "say"}, []),
        ({"voice": "海原", "act": "report"}, ["港"]),
        ({"act": "report"}, ["港"]),
        ({"actor": "port amber"}, ["bridge"]),
        ({"actor": "潮見"}, ["港"]),
        ({"level": "possible"}, ["bridge", "港"]),
        ({"outlet": "amber courier"}, ["bridge", "bridge"]),
        ({"text": "closed"}, ["bridge", "bridge"]),
        ({"text": "合意"}, ["港", "港"]),
        ({"text": "潮見"}, []),
        ({"report": "reports/bridge.txt"}, ["bridge", "bridge"]),
        ({"report": "reports/bridge.txt", "level": "certain"}, ["bridge"]),
        ({"since": "2024-03-02", "until": "2024-03-02"}, ["bridge", "bridge", "港", "港"]),
        ({"since": "2024-03-03"}, []),
        ({"since": "2024", "until": "2024-03"}, ["bridge", "bridge", "港", "港"]),
        ({"until": "2024-02"}, []),
        ({"limit": 3}, ["bridge", "bridge", "港"]),
        ({"withdrawn": True}, []),
    ],
)
def test_claims_are_asked_for_by(store: Store, options: dict[str, str], files: list[str]) -> None:
    report, claims = bridge()
    place = Mention("Port Amber", Span(0, 1), "place")
    store.add(report, (structs.replace(claims[0], mentions=(place,)), claims[1]))
    store.add(*harbour())
    assert [Path(claim.file).stem for claim in store.claims(**options)] == files


def test_a_voice_is_found_by_what_it_refers_to(store: Store) -> None:
    report, (claim, _) = bridge()
    he = structs.replace(claim.voices[0], name=None, source=None, refers_to="Alda Renn")
    store.add(report, [structs.replace(claim, voices=(he,))])
    assert len(list(store.claims(voice="renn"))) == 1


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ({"since": "yesterday"}, "since 'yesterday' is no date; write it like 2023-09-12, 2023-09 or 2023"),
        ({"until": "2023-02-30"}, "until '2023-02-30' is no date; write it like 2023-09-12, 2023-09 or 2023"),
        ({"since": "2023-13"}, "since '2023-13' is no date; write it like 2023-09-12, 2023-09 or 2023"),
        ({"since": "２０２３"}, "since '２０２３' is no date; write it like 2023-09-12, 2023-09 or 2023"),
        ({"limit": 0}, "limit 0 gives nothing; write 1 or more, or leave it out"),
        ({"level": "sure"}, "level 'sure' is not one of: certain, probable, possible, unlikely, open"),
    ],
)
def test_an_option_that_cannot_be_used_says_how_to_write_it(two: Store, options: dict[str, str], line: str) -> None:
    with pytest.raises(OptionError) as error:
        two.claims(**options)
    assert str(error.value) == line


def test_an_act_that_is_none_is_an_error_that_lists_the_acts(two: Store) -> None:
    with pytest.raises(OptionError, match="act 'sing' is not one of: say, report, announce"):
        two.claims(act="sing")


def test_the_order_is_day_then_file_then_place_and_undated_comes_last(store: Store) -> None:
    for file, day in (("b", "2024-01-02"), ("a", "2024-01-02"), ("c", None), ("d", "2023-12-31T23:00:00+09:00")):
        store.add(structs.replace(written(file), file=file, published=day), ())
    assert [report.file for report in store.reports()] == ["d", "a", "b", "c"]
    assert [report.file for report in store.reports(until="2023-12-31")] == ["d"]
    assert [report.file for report in store.reports(since="2024")] == ["a", "b"]


def test_reports_are_asked_for_by_outlet_language_and_words(two: Store) -> None:
    assert [report.lang for report in two.reports(outlet="海原")] == ["ja"]
    assert [report.lang for report in two.reports(lang="en")] == ["en"]
    assert [report.lang for report in two.reports(text="再開発 合意")] == ["ja"]
    assert [report.lang for report in two.reports(text="***")] == []


def test_an_answer_may_be_dropped_after_the_record_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    complaints: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", complaints.append)
    with Store(tmp_path / "record.db") as store:
        for report, claims in (bridge(), harbour()):
            store.add(report, claims)
        answer = store.claims()
        next(answer)
    del answer
    assert complaints == []


# Reading again, and removing.


def test_what_a_new_reading_says_otherwise_is_replaced_under_the_same_id(two: Store) -> None:
    report, (first, second) = bridge()
    sure = structs.replace(first, when=Moment("2024-05", Span(0, 1)), maker="onrecord 9")
    assert two.replace(report, (sure, second))
    assert two.claim(first.id) == sure
    assert len(list(two.claims())) == 4


def test_a_claim_no_longer_found_is_withdrawn_and_back_when_found_again(two: Store) -> None:
    report, (first, second) = bridge()
    assert two.replace(report, (second,))
    assert list(two.claims(report=report.id)) == [second]
    assert list(two.claims(withdrawn=True)) == [first]
    assert two.claim(first.id) == first
    assert [hit.kind for hit in two.search("kestrel")] == ["report"]
    assert two.replace(report, (first, second))
    assert list(two.claims(report=report.id)) == [first, second]
    assert list(two.claims(withdrawn=True)) == []


def test_reading_the_same_again_changes_nothing(store: Store) -> None:
    store.add(*bridge())
    assert not store.replace(*bridge())


def test_a_report_that_is_not_stored_cannot_be_replaced(store: Store) -> None:
    with pytest.raises(UnknownNameError, match="no report"):
        store.replace(*bridge())


def test_removing_takes_everything_along(two: Store) -> None:
    report, _ = bridge()
    assert two.remove(report.id[:6]) == 1
    assert two.remove("reports/港.txt") == 1
    assert [rows(two, table) for table in ("reports", "claims", "voices", "mentions", "called", "report_words", "claim_words")] == [
        0
    ] * 7


def test_a_file_of_many_lines_is_removed_by_its_name(store: Store) -> None:
    for file in ("x.jsonl#1", "x.jsonl#12", "x.jsonl#old.txt", "x.jsonl2", "y"):
        store.add(written(file, file=file), ())
    assert store.remove("x.jsonl") == 2
    assert store.remove("x.jsonl#old.txt") == 1
    assert [report.file for report in store.reports()] == ["x.jsonl2", "y"]


def test_removing_what_is_not_there_is_an_error(two: Store) -> None:
    with pytest.raises(UnknownNameError, match=r"no report in .* is called 'nothing\.txt'"):
        two.remove("nothing.txt")


def test_a_failure_is_kept_once_and_goes_when_its_file_is_read(store: Store) -> None:
    report, claims = bridge()
    failure = Failure(report.file, "extract", "ValueError", "what went wrong")
    store.fail(failure)
    store.fail(failure)
    assert list(store.failures()) == [failure]
    store.add(report, claims)
    assert list(store.failures()) == []


def test_the_failures_of_a_file_are_forgotten_with_those_of_its_lines(store: Store) -> None:
    for file in ("x.jsonl", "x.jsonl#3", "z.txt"):
        store.fail(Failure(file, "read", "ReadError", "no"))
    store.forget_failures("x.jsonl")
    assert [failure.file for failure in store.failures()] == ["z.txt"]
    assert store.remove("z.txt") == 0
    assert list(store.failures()) == []


# Frames.


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_frame_has_a_row_for_each_noun_and_the_documented_columns(
    two: Store, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    fake = ModuleType(library)
    fake.__spec__ = ModuleSpec(library, None)
    fake.DataFrame = dict
    monkeypatch.setattr(frame, "LIBRARIES", (library,))
    monkeypatch.setitem(sys.modules, library, fake)
    two.fail(Failure("x", "read", "ReadError", "no"))
    sizes = {
        "claims": (4, frame.CLAIMS),
        "voices": (5, frame.VOICES),
        "reports": (2, frame.REPORTS),
        "failures": (1, frame.FAILURES),
    }
    for table, (size, columns) in sizes.items():
        made = two.frame(table)
        assert list(made) == list(columns)
        assert {len(cells) for cells in made.values()} == {size}
    assert two.frame("claims")["voices"] == [
        "two officials familiar with the plan", "Alda Renn", "海原新聞 > 関係者", "潮見健",
    ]  # fmt: skip


def test_a_frame_without_pandas_and_polars_says_what_to_install(two: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame, "LIBRARIES", ("no_such_pandas",))
    with pytest.raises(MissingPackageError, match="pip install pandas"):
        two.frame("claims")


def test_a_table_that_is_none_is_an_error(two: Store) -> None:
    with pytest.raises(OptionError, match="there is no table 'actors'; there are: claims, reports, voices, failures"):
        two.frame("actors")


# Files that are not as they should be.


def refused(path: Path, *, readonly: bool = False) -> str:
    with pytest.raises(RecordError) as error:
        Store(path, readonly=readonly)
    assert "\n" not in str(error.value)
    assert str(error.value).startswith(f"{path}: ")
    return str(error.value).removeprefix(f"{path}: ")


def test_a_file_of_another_kind_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database " * 100)
    assert refused(path).startswith("this is no record but a file of another kind")
    assert path.read_text() == "not a database " * 100


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE orders (n)")
    db.close()
    before = path.read_bytes()
    assert refused(path).startswith("this is a database of another program")
    assert refused(path, readonly=True).startswith("this is a database of another program")
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["shop.db"]  # noqa: PTH208


def test_a_record_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    Store(path).close()
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version = {latest() + 1}")
    db.close()
    assert refused(path) == f"a newer onrecord wrote this (version {latest() + 1}, not {latest()}); update onrecord to open it"


def test_a_damaged_file_is_an_error_of_one_line(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    with Store(path) as store:
        store.add(*bridge())
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(RecordError, match="the file is damaged"), Store(path) as store:
        list(store.claims())


def test_a_missing_folder_a_folder_and_a_missing_record_are_named(tmp_path: Path) -> None:
    assert refused(tmp_path / "no" / "record.db").startswith("there is no folder")
    assert refused(tmp_path).startswith("this is a folder; name a file in it")
    assert refused(tmp_path / "record.db", readonly=True) == "there is no such record; make one with: onrecord add"
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_becomes_a_record_but_holds_nothing_to_read(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    path.touch()
    assert refused(path, readonly=True).startswith("nothing is stored here yet")
    with Store(path) as store:
        assert store.add(*bridge())


def test_a_reader_leaves_no_files_behind_and_cannot_write(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    with Store(path) as store:
        store.add(*bridge())
    with Store(path, readonly=True) as store:
        assert store.count() == 1
        with pytest.raises(RecordError, match="cannot be written to"):
            store.add(*harbour())
    assert list(tmp_path.iterdir()) == [path]


def without_rights(path: Path, told: Connection) -> None:
    """Open a record as somebody who is not its owner."""
    if os.geteuid() == 0:
        os.setuid(NOBODY)
    with Store(path, readonly=True) as store:
        told.send(len(list(store.claims())))
    told.send(refused(path))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="rights are those of POSIX")
@pytest.mark.parametrize("modes", [(0o444, 0o755), (0o644, 0o555), (0o444, 0o555)])
def test_a_read_only_file_or_folder_can_be_read_and_says_why_it_cannot_be_written(modes: tuple[int, int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.db"
        with Store(path) as store:
            store.add(*bridge())
        path.chmod(modes[0])
        path.parent.chmod(modes[1])
        ours, theirs = Pipe()
        process = get_context("fork").Process(target=without_rights, args=(path, theirs))
        process.start()
        process.join()
        path.parent.chmod(0o755)
        assert process.exitcode == 0
    assert ours.recv() == 2
    assert ours.recv() == "it cannot be written to; make the file and its folder writable, or name another record"


def test_a_full_disk_is_an_error_of_one_line_and_what_was_stored_is_whole(store: Store) -> None:
    store.add(*bridge())
    size = store._db.execute("PRAGMA page_count").fetchone()[0]  # noqa: SLF001
    store._db.execute(f"PRAGMA max_page_count = {size + 3}")  # noqa: SLF001
    with pytest.raises(RecordError, match="the disk is full; make room"):
        store.add(written("長い" * 50_000), ())
    assert list(store.claims()) == list(bridge()[1])
    assert rows(store, "reports") == rows(store, "report_words") == 1


def test_a_record_that_another_process_writes_to_is_waited_for_and_then_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "PATIENCE", 0.1)
    path = tmp_path / "record.db"
    with Store(path) as first, Store(path) as second:
        first._db.execute("BEGIN IMMEDIATE")  # noqa: SLF001
        with pytest.raises(RecordError, match="another process has been writing to it"):
            second.add(*bridge())
        assert second.count() == 0
        first._db.execute("ROLLBACK")  # noqa: SLF001
        assert second.add(*bridge())
        assert first.count() == 1


def test_an_error_in_the_middle_of_a_report_stores_nothing_of_it(store: Store) -> None:
    report, claims = bridge()

    def breaks() -> Iterator[Claim]:
        yield claims[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.add(report, breaks())
    assert [rows(store, table) for table in ("reports", "claims", "voices", "claim_words")] == [0] * 4
    assert store.add(report, claims)


ADD_FOR_EVER = """
import sys
from itertools import count
from msgspec import structs
from invented import bridge
from onrecord.store import Store
report, claims = bridge()
with Store(sys.argv[1]) as store:
    for n in count():
        mine = [structs.replace(c, id=f"{c.id}-{n}-{k}", report=str(n)) for k in range(20) for c in claims]
        store.add(structs.replace(report, id=str(n), file=str(n)), mine)
        print(n, flush=True)
"""


@pytest.mark.parametrize("seed", range(4))
def test_a_killed_process_leaves_a_file_with_whole_reports_only(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "record.db"
    command = [sys.executable, "-c", ADD_FOR_EVER, path]
    with subprocess.Popen(command, cwd=Path(__file__).parent, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        # The first kill comes while the file is being made.
        told = [process.stdout.readline() for _ in range(seed * 10)]
        time.sleep(Random(seed).random() / 20)  # noqa: S311  # a seeded moment is no secret
        process.send_signal(signal.SIGKILL)
        told += process.stdout.readlines()
    with Store(path) as store:
        assert store._db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"  # noqa: SLF001
        # Told but not stored would be a loss; stored and not yet told is right.
        assert len(told) <= store.count() <= len(told) + 1
        assert rows(store, "claims") == rows(store, "voices") == rows(store, "claim_words") == 40 * store.count()
        assert rows(store, "report_words") == store.count()
        assert store.add(*bridge())
