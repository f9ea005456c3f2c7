"""Bulk runs: every file ends as a report or as a failure, whatever happens on the way."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from multiprocessing import active_children
from pathlib import Path

import pytest
from msgspec import structs

from onrecord import extraction, runners
from onrecord.errors import OptionError, RecordError, UnknownNameError
from onrecord.readers import Given
from onrecord.record import Certainty, Claim, Failure, Report, Span, Voice, claim_id, report_id
from onrecord.runners import Summary, add, collect, here, pool, reread
from onrecord.store import Store
from onrecord.tagger.model import WEIGHTS

JA = "白波港の再開発について、県は来月にも合意すると発表した。" * 3
EN = "The Kestrel Bridge will close for two years, the Amber Courier reported on Friday."


def first_words(report: Report) -> tuple[Claim, ...]:
    """Stand in for the tagger: the first words of a body are a claim."""
    if "poison" in report.text:
        raise ValueError("bad\n\x1b luck")
    content = (Span(report.body.start, min(report.body.start + 8, report.body.end)),)
    voices = (Voice(None, None, "unknown", named=False, role=None, act="say", cue=()),)
    words = content[0].of(report.text)
    return (
        Claim(
            claim_id(report.id, voices, content), report.id, report.file, content[0], voices, content, words, "indirect",
            Certainty(), (), (), None, 0.5, (), "onrecord 0",
        ),
    )  # fmt: skip


def longer_words(report: Report) -> tuple[Claim, ...]:
    """Stand in for the tagger of a later version."""
    (claim,) = first_words(report)
    content = (Span(report.body.start, report.body.end),)
    return (
        structs.replace(claim, id=claim_id(report.id, claim.voices, content), content=content, text=content[0].of(report.text)),
    )


def nothing(_report: Report) -> tuple[Claim, ...]:
    return ()


def slow(_report: Report) -> tuple[Claim, ...]:
    time.sleep(0.05)
    return ()


def deadly(report: Report) -> tuple[Claim, ...]:
    if report.text.startswith("deadly"):
        os.kill(os.getpid(), signal.SIGKILL)
    return slow(report)


def report(text: str) -> Report:
    return Report(report_id(text, None, None, None), text, Span(0, len(text)), "en", file=f"{text[:20]}.txt")


@pytest.fixture(autouse=True)
def extract(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(runners, "extract", first_words)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def news() -> Path:
    """A folder of files that are taken, and of some that are not."""
    for name, text in {
        "b.txt": EN, "a/z.md": JA, "a/picture.png": "x",
        "a/y.html": f"<html><body><article><p>{EN * 4}</p></article></body></html>",
        ".hidden.txt": EN, ".git/c.txt": EN, "c.JSONL": '{"text": "One said so."}\n{broken\n{"text": "Two said so."}\n',
    }.items():  # fmt: skip
        path = Path("news") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return Path("news")


def test_a_folder_stands_for_the_files_that_a_reader_takes_in_sorted_order(news: Path) -> None:
    assert [str(path) for path in collect([news, "a/b.xyz"])] == [
        "news/a/y.html", "news/a/z.md", "news/b.txt", "news/c.JSONL", "a/b.xyz",
    ]  # fmt: skip


def test_a_link_to_a_folder_is_not_followed(news: Path) -> None:
    (news / "a" / "round").symlink_to(Path("..").absolute() / "news")
    assert len(list(collect([news]))) == 4


def test_what_is_read_is_stored_and_what_fails_is_a_row(news: Path) -> None:
    assert add([news]) == Summary(added=5, known=0, failed=1)
    with Store("record.db") as store:
        assert [claim.text for claim in store.claims(report="news/b.txt")] == ["The Kest"]
        assert sorted(r.file for r in store.reports()) == [
            "news/a/y.html",
            "news/a/z.md",
            "news/b.txt",
            "news/c.JSONL#1",
            "news/c.JSONL#3",
        ]
        assert [(failure.file, failure.stage) for failure in store.failures()] == [("news/c.JSONL#2", "read")]


def test_adding_again_extracts_nothing_and_adds_only_what_is_new(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add([news])
    monkeypatch.setattr(runners, "extract", None)
    assert add([news]) == Summary(added=0, known=5, failed=1)
    monkeypatch.setattr(runners, "extract", first_words)
    (news / "new.txt").write_text("A third voice said so.")
    assert add([news, news]) == Summary(added=1, known=11, failed=2)


def test_what_the_user_says_about_a_report_is_taken_although_its_bytes_are_known() -> None:
    Path("a.txt").write_text(EN)
    add(["a.txt"], given=Given())
    assert add(["a.txt"], given=Given()) == Summary(known=1)
    assert add(["a.txt"], given=Given(publisher="Amber Courier")) == Summary(added=1)


def test_the_bytes_of_a_file_are_known_although_a_later_reader_reads_them_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.txt").write_text(EN)
    add(["a.txt"])
    monkeypatch.setattr(runners, "read", lambda path, **_: iter([_read_otherwise(path)]))
    assert add(["a.txt"]) == Summary(known=1)


def _read_otherwise(path: Path) -> Report:
    with Store("record.db") as store:
        (stored,) = store.reports()
    return structs.replace(stored, id="another", file=str(path))


def test_standard_input_is_never_taken_for_what_it_was_before(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = iter(("One said so.", "Two said so."))
    monkeypatch.setattr(runners, "read", lambda path, **_: iter([structs.replace(report(next(texts)), file=str(path))]))
    assert add(["-"]) == Summary(added=1)
    assert add(["-"]) == Summary(added=1)


def test_a_file_with_an_unknown_suffix_is_read_where_it_is_named() -> None:
    Path("notes.xyz").write_text(EN)
    assert add(["notes.xyz"]) == Summary(added=1)


def test_files_that_cannot_be_read_do_not_stop_the_rest() -> None:
    Path("empty.txt").touch()
    Path("good.txt").write_text(EN)
    Path("large.txt").write_text(EN * 10)
    assert add(["empty.txt", "missing.txt", "large.txt", "good.txt"], max_bytes=200) == Summary(added=1, failed=3)
    with Store("record.db") as store:
        assert [failure.file for failure in store.failures()] == ["empty.txt", "missing.txt", "large.txt"]
        assert all("\n" not in failure.message for failure in store.failures())


def test_a_mended_file_is_no_failure_any_more() -> None:
    Path("a.txt").touch()
    assert add(["a.txt"]) == Summary(failed=1)
    Path("a.txt").write_text(EN)
    assert add(["a.txt"]) == Summary(added=1)
    with Store("record.db") as store:
        assert list(store.failures()) == []


def test_a_mistake_of_ours_on_one_report_is_a_row_of_one_line() -> None:
    Path("a.txt").write_text("This is poison, they said.")
    Path("b.txt").write_text(EN)
    assert add(["a.txt", "b.txt"]) == Summary(added=1, failed=1)
    with Store("record.db") as store:
        (failure,) = store.failures()
    line = "a.txt: extract failed with ValueError (bad \x1b luck); this is a mistake in onrecord, please report it"
    assert failure == Failure("a.txt", "extract", "ValueError", line)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_file_name_that_is_no_text_is_stored_as_text() -> None:
    Path(os.fsdecode(b"caf\xe9.txt")).write_text(EN)
    Path(os.fsdecode(b"\xe9.txt")).touch()
    assert add(["."]) == Summary(added=1, failed=1)
    assert add(["."]) == Summary(known=1, failed=1)
    with Store("record.db") as store:
        assert next(store.reports()).file == "caf\\udce9.txt"


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"jobs": 0}, OptionError),
        ({"reader": "no_such"}, UnknownNameError),
        ({"given": Given(published="yesterday")}, OptionError),
        ({"record": "no/such/folder.db"}, RecordError),
    ],
)
def test_a_mistake_of_the_user_ends_the_run_at_once(options: dict[str, str], error: type[Exception]) -> None:
    Path("a.txt").write_text(EN)
    with pytest.raises(error):
        add(["a.txt"], **options)


def test_a_full_disk_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> bool:
        raise RecordError("record.db: the disk is full")

    Path("a.txt").write_text(EN)
    monkeypatch.setattr(Store, "add", full)
    with pytest.raises(RecordError, match="full"):
        add(["a.txt"])


def test_progress_tells_how_many_files_are_done_of_how_many(news: Path) -> None:
    told: list[tuple[int, int, str]] = []
    add([news], progress=lambda done, total, path: told.append((done, total, path.name)))
    assert told == [
        (0, 4, "y.html"), (1, 4, "y.html"), (1, 4, "z.md"), (2, 4, "z.md"), (2, 4, "b.txt"), (3, 4, "b.txt"),
        (3, 4, "c.JSONL#1"), (3, 4, "c.JSONL#2"), (3, 4, "c.JSONL#3"), (4, 4, "c.JSONL"),
    ]  # fmt: skip


def test_reading_again_needs_no_file_and_withdraws_what_is_no_longer_found(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add([news])
    for path in collect([news]):
        path.unlink()
    assert reread() == Summary(known=5)
    monkeypatch.setattr(runners, "extract", longer_words)
    told: list[tuple[int, int]] = []
    assert reread(progress=lambda done, total, _: told.append((done, total))) == Summary(added=5)
    assert told[-1] == (5, 5)
    with Store("record.db") as store:
        assert len(list(store.claims())) == len(list(store.claims(withdrawn=True))) == 5
        assert [claim.text for claim in store.claims(report="news/b.txt")] == [EN]


def test_a_report_that_cannot_be_read_again_keeps_its_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.txt").write_text(EN)
    add(["a.txt"])
    monkeypatch.setattr(runners, "extract", None)
    assert reread() == Summary(failed=1)
    with Store("record.db") as store:
        assert len(list(store.claims())) == len(list(store.failures())) == 1
    monkeypatch.setattr(runners, "extract", first_words)
    assert reread() == Summary(known=1)
    with Store("record.db") as store:
        assert list(store.failures()) == []


def test_reading_again_makes_no_record() -> None:
    with pytest.raises(RecordError, match="there is no such record"):
        reread("absent.db")
    assert not Path("absent.db").exists()


# Several processes. They import this file, so what they do must stand in it.


def test_a_pool_gives_what_one_process_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runners, "_extract", first_words)
    for n in range(9):
        Path(f"{n}.txt").write_text(f"{n} witnesses said so.")
    assert add(["."], record="one.db") == add(["."], record="two.db", jobs=2) == Summary(added=9)
    with Store("one.db") as one, Store("two.db") as two:
        assert list(one.reports()) == list(two.reports())
        assert list(one.claims()) == list(two.claims())


def test_a_worker_that_is_killed_loses_nothing_but_what_kills_it() -> None:
    todo = [report(f"{'deadly' if n in {3, 8} else 'good'} {n}") for n in range(12)]
    results = {r.id: outcome for r, outcome in pool.run(deadly, iter(todo), jobs=2)}
    assert set(results) == {r.id for r in todo}
    failures = [outcome for outcome in results.values() if isinstance(outcome, Failure)]
    assert sorted(failure.file for failure in failures) == ["deadly 3.txt", "deadly 8.txt"]
    assert {failure.error for failure in failures} == {"WorkerKilled"}


def test_only_a_few_reports_are_read_ahead() -> None:
    drawn = 0

    def todo() -> Iterator[Report]:
        nonlocal drawn
        for n in range(30):
            drawn += 1
            yield report(str(n))

    for done, _ in enumerate(pool.run(nothing, todo(), jobs=2)):
        assert drawn - done <= 2 * pool.AHEAD


def test_a_run_that_is_left_leaves_no_process_behind() -> None:
    run = pool.run(slow, (report(str(n)) for n in range(99)), jobs=2)
    next(run)
    run.close()
    assert active_children() == []


def test_both_runners_are_called_alike() -> None:
    todo = [report(str(n)) for n in range(3)]
    in_order = sorted(pool.run(nothing, todo, jobs=1), key=lambda done: done[0].file)  # they come as they are done
    assert list(here.run(nothing, todo, jobs=1)) == in_order == [(r, ()) for r in todo]


SCRIPT = """
import sys
from pathlib import Path
import test_runners
from onrecord import runners
runners._extract = test_runners.slow
if __name__ == "__main__" or "unguarded" in sys.argv:
    print("begin", flush=True)
    try:
        print(runners.add(["many"], jobs=2, progress=lambda *told: print(*told, flush=True)))
    except runners.OptionError as error:
        print(error)
"""


def started(*arguments: str) -> subprocess.Popen[str]:
    Path("script.py").write_text(SCRIPT)
    Path("many").mkdir(exist_ok=True)
    for n in range(200):
        Path(f"many/{n}.txt").write_text(f"{n} witnesses said so.")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])}
    command = [sys.executable, "script.py", *arguments]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True
    )


def group_is_gone(group: int) -> bool:
    for _ in range(50):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("how", ["Ctrl-C", "kill"])
def test_a_run_that_is_stopped_leaves_whole_reports_and_goes_on_later(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with started() as process:
        assert process.stdout is not None
        assert process.stderr is not None
        while not process.stdout.readline().startswith("20 "):
            pass
        if how == "Ctrl-C":
            os.killpg(process.pid, signal.SIGINT)
        else:
            process.kill()
        process.stdout.read()
        errors = process.stderr.read()
        process.wait(20)
    assert errors.count("KeyboardInterrupt") == (how == "Ctrl-C")
    assert group_is_gone(process.pid)
    with Store("record.db") as store:
        stored = store.count()
    assert 0 < stored < 200
    monkeypatch.setattr(runners, "_extract", nothing)
    assert add(["many"]) == Summary(added=200 - stored, known=stored)


def test_a_script_without_a_guard_is_told_so() -> None:
    with started("unguarded") as process:
        out, _ = process.communicate(timeout=60)
    assert 'put what your script does under `if __name__ == "__main__":`' in out
    assert group_is_gone(process.pid)


@pytest.mark.skipif(not (WEIGHTS / "encoder.onnx").exists(), reason="needs the weights")
def test_the_tagger_gives_the_same_in_one_process_and_in_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runners, "extract", extraction.extract)
    for n, text in enumerate((JA, EN, JA + EN)):
        Path(f"{n}.txt").write_text(text, "utf-8")
    assert add(["."], record="one.db") == add(["."], record="two.db", jobs=2) == Summary(added=3)
    with Store("one.db") as one, Store("two.db") as two:
        assert list(one.claims()) == list(two.claims()) != []
    assert reread("two.db", jobs=2) == Summary(known=3)
