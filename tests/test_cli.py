import os
import runpy
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from invented import BRIDGE, bridge, harbour
from msgspec import json
from rich.cells import cell_len

import onrecord
from onrecord.cli import COMMANDS, UNDER, app, main
from onrecord.record import Claim, Failure, Span
from onrecord.tagger import Attribution, Reading

COMMAND = (sys.executable, "-m", "onrecord.cli")
MINISTER = ("Alda Renn, minister of transport", "said", "We have not decided to close anything")
Run = Callable[..., tuple[int, str, str]]


def tagged(text: str, body: Span) -> Reading:
    """Stand in for the tagger: find one known attribution, wherever it stands."""
    places = [text.find(words, body.start) for words in MINISTER]
    if min(places) < 0:
        return Reading((), ())
    source, cue, content = (Span(at, at + len(words)) for at, words in zip(places, MINISTER, strict=True))
    return Reading((Attribution(source, (cue,), (content,), 0.9),), ())


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in an empty folder: its exit status, standard output and standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("onrecord.extraction.tag", tagged)

    def command(*arguments: str, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(stdin)))
        status = main(arguments)
        said = capfd.readouterr()
        return status, said.out, said.err

    return command


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "record.db"
    with onrecord.Store(path) as store:
        for of, claims in (bridge(), harbour()):
            store.add(of, claims)
        store.fail(Failure("x.txt", "read", "ReadError", "x.txt: the file is empty; give one with a report in it"))
    return path


def test_extract_shows_who_said_what_and_stores_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bridge.txt").write_text(BRIDGE)
    status, out, err = run("extract", "bridge.txt", "--publisher", "Amber Courier", "--lang", "en", "--published", "2024-03-02")
    assert (status, err) == (0, "")
    assert out.startswith("Kestrel Bridge may close for two years\nAmber Courier · 2024-03-02 · en · bridge.txt\n\n")
    assert '  Alda Renn (minister of transport) [said]\n  │ "We have not decided to close anything"\n' in out
    assert [path.name for path in tmp_path.iterdir()] == ["bridge.txt"]


def test_extract_reads_standard_input(run: Run) -> None:
    status, out, _ = run("extract", "-", "--json", stdin=BRIDGE.encode())
    assert status == 0
    assert json.decode(out, type=Claim).text == MINISTER[2]


def test_extract_json_has_every_key_and_spans_as_pairs(run: Run) -> None:
    _, out, _ = run("extract", "-", "--json", stdin=BRIDGE.encode())
    (line,) = out.splitlines()
    claim = json.decode(line)
    assert list(claim) == list(Claim.__struct_fields__)
    assert list(claim["voices"][0]) == ["name", "source", "kind", "named", "role", "act", "cue", "refers_to", "actor", "sure"]
    assert list(claim["sure"]) == ["level", "low", "high", "negated", "status", "evidence"]
    assert claim["content"] == [[BRIDGE.index(MINISTER[2]), BRIDGE.index(MINISTER[2]) + len(MINISTER[2])]]


def test_a_bad_file_is_one_line_and_the_others_are_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("")
    (tmp_path / "b.txt").write_text(BRIDGE)
    status, out, err = run("extract", "a.txt", "missing.txt", "b.txt", "--json")
    assert status == 1
    assert [line.split(": ")[:2] for line in err.splitlines()] == [["onrecord", "a.txt"], ["onrecord", "missing.txt"]]
    assert len(out.splitlines()) == 1


def test_an_option_that_cannot_be_used_is_said_once_for_all_files(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BRIDGE)
    status, out, err = run("extract", "a.txt", "a.txt", "--published", "yesterday")
    assert (status, out, len(err.splitlines())) == (1, "", 1)
    assert err.startswith("onrecord: --published yesterday")


def test_a_text_that_is_too_large_is_refused_in_one_line_that_names_the_option(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BRIDGE)
    status, _, err = run("extract", "a.txt", "--max-bytes", "20")
    assert (status, len(err.splitlines())) == (1, 1)
    assert "--max-bytes" in err


def test_a_report_without_claims_says_so(run: Run) -> None:
    _, out, _ = run("extract", "-", "--lang", "en", stdin=b"Rain\n\nIt rained in Port Amber on Monday.\n")
    assert out.endswith("\n\n  no claims found\n")


def test_add_says_what_it_did_and_adds_nothing_twice(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "deep" / "bridge.txt").write_text(BRIDGE)
    (tmp_path / "in" / "empty.txt").write_text("")
    note = "onrecord: 1 could not be read; see: onrecord failures --record record.db\n"
    assert run("add", "in") == (1, "1 added, 0 known, 1 failed\n", note)
    assert run("add", "in/deep", "--json") == (0, '{"added":0,"known":1,"failed":0}\n', "")
    assert run("failures")[1].startswith("in/empty.txt: ")


def test_reread_says_how_many_changed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bridge.txt").write_text(BRIDGE)
    run("add", "bridge.txt")
    assert run("reread") == (0, "0 changed, 1 unchanged, 0 failed\n", "")


@pytest.mark.usefixtures("record")
def test_remove_takes_an_id_or_a_file(run: Run) -> None:
    assert run("remove", "reports/bridge.txt") == (0, "1 removed\n", "")
    assert run("remove", harbour()[0].id[:6], "--json") == (0, '{"removed":1}\n', "")
    assert run("reports") == (0, "", "onrecord: no report fits\n")


@pytest.mark.usefixtures("record")
def test_removing_what_is_not_there_is_a_mistake(run: Run) -> None:
    status, out, err = run("remove", "nothing.txt")
    assert (status, out) == (1, "")
    assert "nothing.txt" in err


def test_a_mistake_in_onrecord_does_not_hide_the_other_files(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(text: str, body: Span) -> Reading:
        if "broken" in text:
            raise ZeroDivisionError
        return tagged(text, body)

    monkeypatch.setattr("onrecord.extraction.tag", broken)
    (tmp_path / "a.txt").write_text(f"broken\n\n{BRIDGE}")
    (tmp_path / "b.txt").write_text(BRIDGE)
    status, out, err = run("extract", "a.txt", "b.txt", "--json")
    assert (status, len(out.splitlines()), len(err.splitlines())) == (1, 1, 1)
    assert "please report it" in err


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("options", "found"),
    [
        ((), 4),
        (("--voice", "Renn"), 1),
        (("--act", "report"), 1),
        (("--level", "possible"), 2),
        (("--outlet", "海原"), 2),
        (("--text", "資料"), 1),
        (("--since", "2024-03", "--until", "2024-03"), 4),
        (("--until", "2023"), 0),
        (("--limit", "3"), 3),
    ],
)
def test_claims_are_those_that_fit_the_options(run: Run, options: tuple[str, ...], found: int) -> None:
    assert run("claims", *options, "--json")[1].count("\n") == found


@pytest.mark.usefixtures("record")
def test_claims_stand_under_their_report_with_an_id_to_show_them_by(run: Run) -> None:
    status, out, err = run("claims", "--level", "certain")
    assert (status, err) == (0, "")
    assert out == (
        "Kestrel Bridge may close for two years\n"
        "Amber Courier · 2024-03-02 · en · reports/bridge.txt\n\n"
        "  Alda Renn, minister of transport [said]\n"
        '  │ "We have not decided to close anything"\n'
        "  certain · negated · happened · 5aa86504\n\n"
        "港湾再開発、来月にも合意か\n"
        "海原新聞 · 2024-03-02 · ja · reports/港.txt\n\n"
        "  県港湾課の潮見健課長 [述べた]\n"
        "  │ 「合意した事実はない。コンピューターの入力ミスで誤った資料が公開された」\n"
        "  certain · negated · happened · f45866f8\n"
    )
    assert run("show", "5aa8")[1].startswith("Kestrel Bridge")


@pytest.mark.usefixtures("record")
def test_nothing_found_is_a_note_and_no_mistake(run: Run) -> None:
    assert run("claims", "--voice", "nobody") == (0, "", "onrecord: no claim fits\n")
    assert run("search", "zeppelin", "--json") == (0, "", "onrecord: nothing holds all of these words\n")


@pytest.mark.usefixtures("record")
def test_search_finds_two_characters_of_japanese(run: Run) -> None:
    _, out, _ = run("search", "資料")
    assert "県港湾課の潮見健課長 [述べた]" in out
    assert "資料が公開された" in out.split("f45866f8")[1]


@pytest.mark.usefixtures("record")
def test_reports_and_failures_are_listed(run: Run) -> None:
    assert (
        run("reports", "--lang", "ja")[1] == "港湾再開発、来月にも合意か\n海原新聞 · 2024-03-02 · ja · reports/港.txt · f35cb36c\n"
    )
    assert run("failures")[1] == "x.txt: the file is empty; give one with a report in it\n  read · ReadError · x.txt\n"


# Who is who.


@pytest.fixture
def two(run: Run, tmp_path: Path) -> None:
    """A record of two reports in which Alda Renn speaks, and of one in which somebody does who is called so by a short name."""
    for name, text in {"a": BRIDGE, "b": f"{BRIDGE}2", "c": BRIDGE.replace("Alda Renn", "Renn")}.items():
        (tmp_path / f"{name}.txt").write_text(text)
    options = ("--lang", "en", "--published", "2024-03-02", "--publisher", "Amber Courier")
    assert run("add", "a.txt", "b.txt", *options)[1] == "2 added, 0 known, 0 failed\n"


@pytest.mark.usefixtures("two")
def test_actors_are_listed_with_counts_names_days_and_ids(run: Run) -> None:
    (actor,) = (json.decode(line) for line in run("actors", "--json")[1].splitlines())
    assert (actor["names"], actor["spoke"], actor["spoken_of"], len(actor["members"])) == ({"en": ["Alda Renn"]}, 2, 0, 2)
    assert run("actors", "--kind", "person") == (
        0, f"speaks  named\n     2      0  Alda Renn\n               person · 2024-03-02 · {actor['id']}\n", "",
    )  # fmt: skip
    assert run("actors", "--kind", "outlet") == (0, "", "onrecord: no actor fits\n")
    assert run("actors", "--kind", "god")[0] == 1


@pytest.mark.usefixtures("two")
def test_show_tells_who_a_voice_is(run: Run) -> None:
    (actor,) = (json.decode(line) for line in run("actors", "--json")[1].splitlines())
    first, second = (json.decode(line, type=Claim) for line in run("claims", "--json")[1].splitlines())
    assert f"\n  is Alda Renn · {first.voices[0].actor}\n" in run("show", first.id)[1]
    run("actors", "rename", "Alda Renn", "A. Renn")
    other = next(claim for claim in (first, second) if claim.voices[0].actor != actor["id"])
    assert f"\n  is A. Renn · {actor['id']} ({other.voices[0].actor} here)\n" in run("show", other.id)[1]


@pytest.mark.usefixtures("two")
def test_what_is_decided_holds_in_later_readings_and_can_be_undone(run: Run) -> None:
    a, b = (json.decode(line, type=Claim).voices[0].actor or "" for line in run("claims", "--json")[1].splitlines())
    status, out, err = run("actors", "split", a, b, "--by", "desk")
    verdict = out[:8]
    assert (status, out, err) == (0, f"{verdict}  Alda Renn ({b}) is not Alda Renn ({a})\n", "")
    assert run("reread")[1] == "0 changed, 2 unchanged, 0 failed\n"
    assert run("actors", "--json")[1].count("\n") == 2
    assert run("claims", "--actor", a, "--json")[1].count("\n") == 1
    status, out, err = run("actors", "merge", a, b)
    assert (status, out) == (1, "")
    assert err.endswith(f"take that back first: onrecord actors undo {verdict}\n")
    assert f"takes back {verdict}: " in run("actors", "undo", verdict)[1]
    assert run("actors", "--json")[1].count("\n") == 1
    listed = run("actors", "verdicts")[1]
    assert f"{verdict}  Alda Renn ({b}) is not Alda Renn ({a})\n          desk · 20" in listed
    assert "Z · taken back by " in listed
    assert next(json.decode(line)["by"] for line in run("actors", "verdicts", "--json")[1].splitlines()) == "desk"


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_own_actors_are_known_to_add_and_reread_on_any_number_of_cores(run: Run, tmp_path: Path, jobs: str) -> None:
    (tmp_path / "mine.csv").write_text("id,kind,lang,name\nrenn-alda,person,en,Alda Renn\nrenn-alda,person,ja,アルダ・レン\n")
    status, out, _ = run("actors", "add", "mine.csv")
    assert (status, out[8:]) == (0, "  Alda Renn (person.renn-alda) is known\n")
    assert run("actors", "add", "mine.csv") == (0, "", "onrecord: all of this is known already\n")
    if jobs == "1":
        assert run("reread")[1] == "2 changed, 0 unchanged, 0 failed\n"
    else:  # other processes have the real tagger
        assert run("reread", "--jobs", jobs)[1].endswith(" 0 failed\n")
    assert "person.renn-alda" in run("claims", "--actor", "アルダ・レン", "--json")[1]
    assert run("actors")[1].startswith("speaks  named\n     2      0  Alda Renn · アルダ・レン\n")


def test_a_record_may_begin_with_actors_of_ones_own(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BRIDGE)
    run("actors", "add", "Alda Renn", "Port Amber Council", "--kind", "person")
    run("add", "a.txt", "--lang", "en")
    assert "person.own-alda-renn" in run("claims", "--json")[1]
    assert run("actors", "add", "Alda Renn") == (
        1, "", "onrecord: Alda Renn: this is no file of actors; give one that ends in .toml, .csv, .json, .jsonl, .ftm\n",
    )  # fmt: skip
    assert run("actors", "add", "Alda Renn", "--kind", "god")[0] == 1


def test_extract_knows_the_actors_of_a_file_and_stores_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("id,kind,name\nrenn-alda,person,Alda Renn\n")
    _, out, err = run("extract", "-", "--lang", "en", "--actors", "mine.csv", "--json", stdin=BRIDGE.encode())
    assert (json.decode(out, type=Claim).voices[0].actor, err) == ("person.renn-alda", "")
    (tmp_path / "bad.csv").write_text("id\n")
    status, out, err = run("extract", "-", "--actors", "bad.csv", stdin=BRIDGE.encode())
    assert (status, out, err.count("\n")) == (1, "", 1)


@pytest.mark.usefixtures("two")
def test_a_name_or_a_user_steers_no_terminal(run: Run) -> None:
    out = run("actors", "rename", "Alda Renn", "\x1b[2JRenn", "--by", "\x1b[31m[red]me")[1]
    assert "␛[2JRenn" in out
    out += (
        run("actors")[1]
        + run("actors", "verdicts")[1]
        + run("show", json.decode(run("claims", "--json")[1].splitlines()[0])["id"])[1]
    )
    assert "\x1b" not in out
    assert "␛[31m[red]me" in out


@pytest.mark.usefixtures("two")
def test_names_in_japanese_stand_in_line(run: Run) -> None:
    run("actors", "rename", "Alda Renn", "とても長い名前のアルダ・レン運輸大臣閣下およびその随行員一同ならびに関係者各位様御中")
    lines = run("actors")[1].splitlines()
    assert {len(line) - len(line.lstrip()) for line in lines[2:]} == {15}
    assert max(cell_len(line) for line in lines) <= 80


@pytest.mark.usefixtures("record")
def test_export_writes_to_a_file_and_to_standard_output(run: Run, tmp_path: Path) -> None:
    assert run("export", "csv", "-o", "o.csv") == (0, "", "")
    assert len((tmp_path / "o.csv").read_bytes().splitlines()) == 5
    assert run("export", "jsonl", "-o", "-", "--limit", "2")[1].count("\n") == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("claims",), ("reports",), ("failures",), ("actors",), ("actors", "merge", "a", "b"), ("actors", "verdicts"),
        ("show", "abcd"), ("search", "x"), ("remove", "x"), ("reread",),
        ("export", "csv", "-o", "o"),
    ],
)  # fmt: skip
def test_a_record_that_is_not_there_is_one_line_and_is_not_made(run: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (1, "")
    assert err.startswith("onrecord: record.db: there is no such record")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments", [("show",), ("claims", "--colour"), ("extract", "x", "--jobs", "0"), ("frobnicate",), ("export", "csv")]
)  # fmt: skip
def test_wrong_usage_is_status_2_and_says_how_it_is_meant(run: Run, arguments: tuple[str, ...]) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith("Usage: onrecord")


def test_a_file_name_steers_no_terminal(run: Run) -> None:
    assert run("extract", "a\x1b[2J\nb.txt")[2] == "onrecord: a␛[2J b.txt: no such file; check the name\n"


def test_ctrl_c_is_status_130_and_one_line(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> Reading:
        raise KeyboardInterrupt

    monkeypatch.setattr("onrecord.extraction.tag", interrupted)
    (tmp_path / "bridge.txt").write_text(BRIDGE)
    for command in ("extract", "add"):
        status, out, err = run(command, "bridge.txt")
        assert (status, out, err) == (130, "", "onrecord: stopped; what was stored before is whole\n")


def test_a_full_disk_is_one_line(run: Run, record: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system")
    status, _, err = run("export", "csv", "-o", "/dev/full", "--record", str(record))
    assert (status, len(err.splitlines())) == (1, 1)
    assert "No space left" in err


def test_a_reader_of_a_pipe_that_goes_away_is_no_error(record: Path) -> None:
    for json_ in ((), ("--json",)):
        command = subprocess.Popen((*COMMAND, "claims", "--record", record, *json_), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert command.stdout
        assert command.stderr
        command.stdout.close()
        assert command.stderr.read() == b""
        command.wait()


def test_a_pipe_gets_no_colour(record: Path) -> None:
    done = subprocess.run((*COMMAND, "claims", "--record", record), capture_output=True, check=True)
    assert b"\x1b" not in done.stdout


@pytest.mark.usefixtures("record")
def test_without_colour_signs_stand_below_the_words_of_a_claim(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "^^^^" not in run("show", "5aa8")[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "^^^^" in run("show", "5aa8")[1]


def test_a_terminal_without_utf_8_gets_what_it_can_show(record: Path) -> None:
    surroundings = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run((*COMMAND, "claims", "--record", record), capture_output=True, check=True, env=surroundings)
    assert b"Alda Renn" in done.stdout


def test_several_cores_give_the_same_in_the_same_order(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"{name}\n\n{BRIDGE}")
    files = sorted(tmp_path.iterdir())
    one, two = (
        subprocess.run((*COMMAND, "extract", *files, "--json", "--jobs", jobs), capture_output=True, check=True).stdout
        for jobs in "12"
    )
    assert one == two


def test_help_loads_neither_model_nor_page_reader() -> None:
    heavy = ("onnxruntime", "numpy", "tokenizers", "trafilatura", "lxml")
    code = f"import sys, onrecord, onrecord.cli; print([m for m in {heavy} if m in sys.modules])"
    assert subprocess.run((sys.executable, "-c", code), capture_output=True, check=True, text=True).stdout == "[]\n"


def test_all_public_names_are_there() -> None:
    assert all(getattr(onrecord, name) for name in onrecord.__all__)
    assert not hasattr(onrecord, "serve")


def test_every_command_and_every_option_says_what_it_is_for() -> None:
    commands = app().commands
    assert list(commands) == list(COMMANDS)
    below = {f"{name} {under}": commands[name].commands[under] for name in UNDER for under in UNDER[name]}
    for name, command in (commands | below).items():
        assert command.help, name
        assert [parameter.name for parameter in command.params if not getattr(parameter, "help", None)] == [], name


def test_the_page_of_the_command_line_is_current(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    docs = Path(__file__).parents[1] / "docs"
    written = runpy.run_path(str(docs / "make_cli.py"))["text"]()
    assert written == (docs / "cli.md").read_text("utf-8"), "run: python docs/make_cli.py"
