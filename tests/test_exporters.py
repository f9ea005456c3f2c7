import csv
import sys
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from invented import bridge, claim, harbour, report, voice
from markdown_it import MarkdownIt
from msgspec import json
from msgspec.structs import replace

import onrecord
from onrecord import plugin
from onrecord.errors import MissingPackageError, OptionError, RecordError, UnknownNameError
from onrecord.exporters._row import Row
from onrecord.record import Certainty, Claim

CLAIMS = (*bridge()[1], *harbour()[1])
COLUMNS = (
    "id report file start end voices source refers_to role kind named act cue content text quote level low high negated status "
    "when until score maker"
)


def written(form: str, claims: tuple[Claim, ...] = CLAIMS) -> bytes:
    out = BytesIO()
    plugin.load("exporters", form).write(iter(claims), out)
    assert not out.closed
    return out.getvalue()


def hostile(words: str) -> Claim:
    of = report(f"Bad\n\n{words} said {words}", "en", "Amber Courier", words)
    return claim(of, (voice(of, words, "said", "say", "person"),), words, Certainty())


def read_csv(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "record.db"
    with onrecord.Store(path) as store:
        for of, claims in (bridge(), harbour()):
            store.add(of, claims)
    return path


def test_jsonl_gives_every_claim_back() -> None:
    lines = written("jsonl").splitlines()
    assert tuple(json.decode(line, type=Claim) for line in lines) == CLAIMS


def test_jsonl_writes_marks_that_steer_a_terminal_as_numbers_and_gives_them_back() -> None:
    bad = hostile("a\x1b[2J\u202e\x85\U000e0041b")
    line = written("jsonl", (bad,))
    assert not {"\x1b", "\u202e", "\x85", "\U000e0041"} & set(line.decode())
    assert json.decode(line, type=Claim) == bad


def test_csv_has_one_row_a_claim_under_the_documented_columns() -> None:
    rows = read_csv(written("csv"))
    assert list(rows[0]) == COLUMNS.split()
    assert rows[2] == {
        "id": "adb35b812195a386", "report": "f35cb36c1f7f06ae", "file": "reports/港.txt", "start": "15", "end": "64",
        "voices": "海原新聞 > 関係者", "source": "関係者", "refers_to": "", "role": "", "kind": "group", "named": "false",
        "act": "say", "cue": "[[18,22]]", "content": "[[23,55]]",
        "text": "白波港の再開発をめぐり、県と事業者は来月にも合意する可能性がある", "quote": "indirect", "level": "possible",
        "low": "20", "high": "55", "negated": "false", "status": "future", "when": "", "until": "", "score": "0.9",
        "maker": "onrecord 0.1.0",
    }  # fmt: skip


def test_csv_begins_with_a_mark_so_that_excel_reads_japanese() -> None:
    assert written("csv").startswith(b"\xef\xbb\xbfid,")


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "－1"])
def test_csv_makes_no_formula_of_what_somebody_said(words: str) -> None:
    (row,) = read_csv(written("csv", (hostile(words),)))
    assert row["text"] == row["source"] == row["voices"] == row["file"] == f"'{words}"


def test_csv_shows_control_characters_as_pictures_and_keeps_line_ends_in_their_cell() -> None:
    (row,) = read_csv(written("csv", (hostile('a\x1b"b",\nc'),)))
    assert row["text"] == 'a␛"b",\nc'


def test_a_voice_without_a_name_is_a_question_mark_and_a_report_without_a_voice_is_empty() -> None:
    unnamed = replace(CLAIMS[1], voices=(replace(CLAIMS[1].voices[0], name=None),))
    rows = read_csv(written("csv", (unnamed, replace(CLAIMS[1], voices=()))))
    assert [row["voices"] for row in rows] == ["?", ""]


def test_markdown_says_report_by_report_who_said_what() -> None:
    assert (
        written("markdown", CLAIMS[1:3]).decode()
        == """\
# Claims

## reports/bridge.txt

- **Alda Renn** *say* · certain, negated, happened, direct quotation · `5aa865048313dc0c`
  > We have not decided to close anything

## reports/港.txt

- **海原新聞** › **関係者** *say* · possible 20–55 %, future · `adb35b812195a386`
  > 白波港の再開発をめぐり、県と事業者は来月にも合意する可能性がある
"""
    )


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>", "[click](http://x.example)", "![p](http://x.example/p.png)", "<http://x.example>", "# Big",
        "- point", "+ point", "1. first", "12) twelfth", "**bold** _it_ ~~no~~", "`code`", "&lt;b&gt; &copy;", "a | b", "===",
        "---", "> quoted", "back\\slash", "[r]: http://x.example", "$x$", "| a |\n|---|",
    ],
)  # fmt: skip
def test_markdown_acts_on_nothing_that_somebody_said(words: str) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(written("markdown", (hostile(words),)).decode())
    inner = [child for token in tokens for child in token.children or ()]
    said = "".join(child.content for child in inner if child.type in ("text", "text_special", "softbreak", "code_inline"))
    assert said.count(words.replace("\n", " ")) == 3
    assert not {child.type for child in inner} & {"html_inline", "link_open", "image"}
    assert {token.type for token in tokens} <= {
        "heading_open", "heading_close", "inline", "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close",
        "paragraph_open", "paragraph_close", "blockquote_open", "blockquote_close",
    }  # fmt: skip


def test_parquet_names_what_to_install_where_pyarrow_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingPackageError, match=r"pip install 'onrecord\[parquet\]'"):
        written("parquet")


def test_parquet_has_the_columns_of_the_csv_with_their_types() -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="an extra")
    table = parquet.read_table(BytesIO(written("parquet")))
    assert table.column_names == COLUMNS.split()
    assert table.to_pylist()[2]["low"] == 20
    assert table.to_pylist()[1] | {"voices": "Alda Renn", "negated": True, "low": None, "start": 171} == table.to_pylist()[1]


@pytest.mark.parametrize("form", ["csv", "jsonl", "markdown"])
def test_no_claims_give_a_file_without_rows(form: str) -> None:
    assert len(written(form, ()).splitlines()) == {"csv": 1, "jsonl": 0, "markdown": 1}[form]


def test_each_column_is_documented() -> None:
    page = (Path(__file__).parents[1] / "docs" / "exports.md").read_text("utf-8")
    assert [name for name in Row.__struct_fields__ if f"| `{name}` |" not in page] == []


def test_each_format_is_documented() -> None:
    page = (Path(__file__).parents[1] / "docs" / "exports.md").read_text("utf-8")
    assert [name for name in plugin.names("exporters") if f"## {name}" not in page] == []


def test_an_unknown_format_lists_those_there_are(record: Path, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="csv, jsonl, markdown, parquet"):
        onrecord.export("xlsx", tmp_path / "o.xlsx", record=record)


def test_export_writes_the_claims_that_were_asked_for(record: Path, tmp_path: Path) -> None:
    onrecord.export("jsonl", tmp_path / "o.jsonl", record=record, level="possible", outlet="海原")
    assert [json.decode(line)["id"] for line in (tmp_path / "o.jsonl").read_bytes().splitlines()] == [CLAIMS[2].id]


def test_an_export_that_fails_leaves_the_old_file_and_nothing_beside_it(
    record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> Iterator[Claim]:
        yield CLAIMS[0]
        raise RecordError("the disk is full")

    out = tmp_path / "o.jsonl"
    out.write_text("old")
    monkeypatch.setattr(onrecord.Store, "claims", broken)
    with pytest.raises(RecordError):
        onrecord.export("jsonl", out, record=record)
    assert out.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["o.jsonl", "record.db"]


def test_an_export_goes_through_a_link_to_its_target(record: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "target")
    onrecord.export("csv", tmp_path / "link", record=record)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_bytes() == written("csv")


def test_a_place_that_cannot_be_written_to_is_named(record: Path, tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"nowhere/o\.csv: cannot be written"):
        onrecord.export("csv", tmp_path / "nowhere" / "o.csv", record=record)
