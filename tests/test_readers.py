"""Files of every kind and in every condition: what is read, and what the user is told."""

import gzip
import json
import sys
from datetime import date
from hashlib import sha256
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from onrecord.errors import OptionError, ReadError, UnknownNameError
from onrecord.languages._tables import read as table
from onrecord.plugin import load
from onrecord.readers import Given, read, reader_of
from onrecord.readers._dateline import Dateline, Datelines
from onrecord.readers._dateline import told as filed
from onrecord.readers._dates import iso
from onrecord.readers._decode import decode
from onrecord.readers._language import code, detect
from onrecord.readers.plain import front_matter
from onrecord.record import Failure, Report, Span, report_id

PAGES = Path(__file__).parent / "pages"
JA = "首相、隣国へ\n\n首相は12日、「訪問する」と述べた。日程は決まっていないという。\n"
EN = "The minister said on Monday that the port would open again.\n"


def one(path: Path, data: bytes | str, *, given: Given | None = None, max_bytes: int = 5_000_000) -> Report:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    (report,) = read(path, given=given, max_bytes=max_bytes)
    assert isinstance(report, Report)
    return report


def told(path: Path, data: bytes, *, max_bytes: int = 5_000_000) -> str:
    path.write_bytes(data)
    with pytest.raises(ReadError) as error:
        list(read(path, max_bytes=max_bytes))
    message = str(error.value)
    assert message.startswith(str(path))
    assert "\n" not in message
    return message


# --- bytes -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp932", "shift_jis", "euc_jp", "iso2022_jp"]
)
def test_japanese_is_decoded_by_what_the_bytes_are(tmp_path: Path, encoding: str) -> None:
    report = one(tmp_path / "a.txt", JA.encode(encoding))
    assert report.text == JA
    assert report.sha256 == sha256(JA.encode(encoding)).hexdigest()
    assert report.lang == "ja"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_english_is_decoded_by_what_the_bytes_are(tmp_path: Path, encoding: str) -> None:
    assert one(tmp_path / "a.txt", EN.encode(encoding)).text == EN


@given_any(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_utf8_is_always_read_as_such(text: str) -> None:
    if not text.startswith("\ufeff"):
        assert decode(text.encode(), "a.txt") == text
    assert decode(b"\xef\xbb\xbf" + text.encode(), "a.txt") == text


@given_any(
    st.lists(st.sampled_from(["首相は", "述べた。", "「はい」", "ロシアと", "12日、", "A社の", "\r\n"]), min_size=4).map("".join),
    st.sampled_from(["cp932", "euc_jp"]),
)
def test_what_has_kana_is_never_garbled(text: str, encoding: str) -> None:
    if any(mark in text for mark in ("首相は", "述べた", "はい", "ロシア")):
        assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize(
    "data",
    [
        "Le président a dit que la société était très fâchée.".encode("latin-1"),
        "Президент заявил, что всё хорошо.".encode("cp1251"),
        "国家主席说，我们将继续发展。".encode("gbk"),
    ],
)
def test_another_encoding_is_refused_rather_than_garbled(tmp_path: Path, data: bytes) -> None:
    assert "save it as UTF-8" in told(tmp_path / "a.txt", data)


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 20, b"\0" * 1000, b"%PDF-1.7 \xe2\xe3", b"\x89PNG\r\n\x1a\n\0\0", b"PK\x03\x04\0"]
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    assert "not text" in told(tmp_path / "a.txt", data)


@pytest.mark.parametrize("data", [b"", b" \n\n", b"\xef\xbb\xbf", b"\xff\xfe", b"---\ntitle: x\n---\n"])
def test_a_file_without_words_is_refused(tmp_path: Path, data: bytes) -> None:
    told(tmp_path / "a.txt", data)


def test_control_characters_in_a_text_are_kept(tmp_path: Path) -> None:
    text = "The mini\0ster \x1b[31msaid\x1b[0m \u202ethat it would rain.\r\nHe left.\r\n"
    report = one(tmp_path / "a.txt", text)
    assert report.text == text


def test_a_stray_nul_in_shift_jis_is_kept(tmp_path: Path) -> None:
    text = JA.replace("首相は", "首\0相は") * 5
    assert one(tmp_path / "a.txt", text.encode("cp932")).text == text


def test_a_file_over_the_limit_names_the_option(tmp_path: Path) -> None:
    assert "--max-bytes" in told(tmp_path / "a.txt", b"a" * 101, max_bytes=100)


def test_a_line_of_a_million_characters_is_read(tmp_path: Path) -> None:
    report = one(tmp_path / "a.txt", "彼は言った。" * 170_000, max_bytes=10_000_000)
    assert report.body == Span(0, 1_020_000)


# --- plain -------------------------------------------------------------------------------------------------------------

FRONT = """---
title: "Port to open"
url: https://harwickledger.example/port
published: 2026-02-03
publisher: Harwick Ledger
lang: en-GB
mood: glad
---

"""


def test_front_matter_says_what_the_text_does_not(tmp_path: Path) -> None:
    report = one(tmp_path / "a.md", FRONT + EN)
    assert report == Report(
        id=report_id(FRONT + EN, "https://harwickledger.example/port", "Harwick Ledger", "2026-02-03"),
        text=FRONT + EN,
        body=Span(len(FRONT), len(FRONT + EN) - 1),
        lang="en",
        title="Port to open",
        publisher="Harwick Ledger",
        published="2026-02-03",
        dated_by="front matter",
        url="https://harwickledger.example/port",
        file=str(tmp_path / "a.md"),
        sha256=sha256((FRONT + EN).encode()).hexdigest(),
        reader="plain",
    )


def test_what_is_given_beats_what_the_file_says(tmp_path: Path) -> None:
    given_ = Given(lang="ja", published="2020-01-01", publisher="P", url="u", title="T")
    report = one(tmp_path / "a.md", FRONT + EN, given=given_)
    assert (report.lang, report.published, report.dated_by) == ("ja", "2020-01-01", "option")
    assert (report.publisher, report.url, report.title) == ("P", "u", "T")


def test_a_wrong_date_costs_the_report_nothing_but_the_date(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(FRONT.replace("2026-02-03", "2026-02-30") + EN)
    report, failure = read(path)
    assert isinstance(report, Report)
    assert (report.published, report.dated_by) == (None, None)
    assert isinstance(failure, Failure)
    assert (failure.file, failure.stage) == (str(path), "read")
    assert "2026-02-30" in failure.message


@pytest.mark.parametrize(
    "text", ["---\nA rule, and then no keys\n---\nWords.", "---\ntitle: never closed\n\nWords.", "Words.\n---\na: b\n---\n"]
)
def test_rules_in_a_text_are_no_front_matter(text: str) -> None:
    assert front_matter(text) == ({}, 0)


def test_front_matter_is_read_with_any_line_end() -> None:
    assert front_matter("---\r\ntitle: A: B\r\ntags:\r\n  - x\r\n---\r\nWords.")[0] == {"title": "A: B"}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("首相、隣国へ\n\n首相は述べた。", "首相、隣国へ"),
        ("# Port to open\n\nThe minister said so.", "Port to open"),
        ("Will the port open?\n\nThe minister said so.", "Will the port open?"),
        ("首相は述べた。\n\n外相も述べた。", None),
        ("The minister said so.\n\nSo did she.", None),
        ("Port to open\nThe minister said so.", None),
        ("Port to open", None),
        ("x" * 200 + "\n\nThe minister said so.", None),
    ],
)
def test_a_first_line_that_looks_like_a_headline_is_the_title(tmp_path: Path, text: str, title: str | None) -> None:
    report = one(tmp_path / "a.txt", text)
    assert report.title == title
    assert report.body.start == 0


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(JA.encode("cp932"))))
    (report,) = read(Path("-"))
    assert (report.text, report.file, report.reader) == (JA, "-", "plain")


# --- html --------------------------------------------------------------------------------------------------------------


def test_an_english_page_is_read() -> None:
    (report,) = read(PAGES / "harwick.html")
    assert (report.title, report.publisher, report.authors) == (
        "Council puts off vote on flood wall",
        "The Harwick Ledger",
        ("Maren Holt",),
    )
    assert (report.published, report.dated_by) == ("2026-02-03T18:40:00+00:00", "page")
    assert report.url == "https://www.harwickledger.example/news/flood-wall"
    assert (report.lang, report.reader) == ("en", "html")
    body = report.body.of(report.text)
    assert body.startswith("Council puts off vote on flood wall\nHarwick's city council on Tuesday")
    assert body.endswith("when a second report is due.")
    assert len(body.splitlines()) == 5


def test_a_japanese_page_is_read() -> None:
    (report,) = read(PAGES / "shiomi.html")
    assert (report.title, report.publisher, report.lang) == ("新庁舎の建設費を見直しへ 潮見市", "潮見タイムス", "ja")
    assert report.published == "2026-03-14T18:30:00"
    assert report.body.of(report.text).endswith("提出する予定だ。")


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp"])
def test_a_page_is_decoded_as_it_says_it_is(tmp_path: Path, encoding: str) -> None:
    page = (PAGES / "shiomi.html").read_text("utf-8").replace("UTF-8", encoding).replace("©", "(c)")
    assert one(tmp_path / "a.html", page.encode(encoding)).title == "新庁舎の建設費を見直しへ 潮見市"


def test_a_packed_page_is_read(tmp_path: Path) -> None:
    report = one(tmp_path / "a.html.gz", gzip.compress((PAGES / "harwick.html").read_bytes()))
    assert report.publisher == "The Harwick Ledger"


def test_a_packed_page_over_the_limit_is_refused(tmp_path: Path) -> None:
    assert "--max-bytes" in told(tmp_path / "a.html.gz", gzip.compress(b"<p>" + b"a" * 100_000), max_bytes=5_000)


def test_broken_gzip_is_refused(tmp_path: Path) -> None:
    assert "gzip" in told(tmp_path / "a.html.gz", b"\x1f\x8b\x08broken")


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(ReadError, match=r"bare\.html: the page holds no text"):
        list(read(PAGES / "bare.html"))


# --- jsonl -------------------------------------------------------------------------------------------------------------


def test_every_line_is_a_report_and_a_broken_one_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    lines = [
        {"text": EN, "date": "2026-02-03", "doc": "first", "authors": ["Maren Holt"], "mood": "glad"},
        "{broken",
        "",
        {"title": "no words"},
        {"text": "", "doc_id": 7},
        {"text": JA, "published": "2026-02-04", "publisher": "P", "url": "u", "lang": "ja", "title": "T", "body": [8, 20]},
        {"text": 5},
        "[1]",
    ]
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
    found = list(read(path))
    reports = [f for f in found if isinstance(f, Report)]
    assert [r.file for r in reports] == [f"{path}#1", f"{path}#6"]
    assert [f.file for f in found if isinstance(f, Failure)] == [f"{path}#{n}" for n in (2, 4, 5, 7, 8)]
    assert (reports[0].published, reports[0].dated_by, reports[0].authors) == ("2026-02-03", "line", ("Maren Holt",))
    assert (reports[1].title, reports[1].publisher, reports[1].url, reports[1].body) == ("T", "P", "u", Span(8, 20))
    assert {r.sha256 for r in reports} == {sha256(path.read_bytes()).hexdigest()}


def test_an_error_in_a_line_is_called_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"text": "He said so.", "doc": "first", "date": "soon"}')
    report, failure = read(path)
    assert isinstance(report, Report)
    assert "x.jsonl#1 (first): published 'soon' is no date" in failure.message


def test_only_a_line_over_the_limit_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text("\n".join(json.dumps({"text": text}) for text in (EN, "a" * 500, JA)))
    first, second, third = read(path, max_bytes=300)
    assert isinstance(first, Report)
    assert isinstance(second, Failure)
    assert "--max-bytes" in second.message
    assert isinstance(third, Report)


def test_a_file_without_lines_is_refused(tmp_path: Path) -> None:
    assert "empty" in told(tmp_path / "x.jsonl", b"\n\n")


# --- options, names, languages -----------------------------------------------------------------------------------------


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        read(tmp_path / "none.txt")
    with pytest.raises(ReadError, match="is a folder"):
        read(tmp_path)


def test_an_unknown_reader_is_named_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="html, jsonl, plain"):
        read(tmp_path / "a.txt", reader="pdf")


@pytest.mark.parametrize(
    ("name", "reader"), [("a.txt", "plain"), ("A.HTML", "html"), ("a.html.gz", "html"), ("a.ndjson", "jsonl"), ("a.pdf", None)]
)
def test_the_suffix_chooses_the_reader(name: str, reader: str | None) -> None:
    assert reader_of(Path(name)) == reader


@pytest.mark.parametrize("given_", [Given(published="2023-13-01"), Given(published="soon"), Given(lang="japanese")])
def test_a_wrong_option_is_refused(tmp_path: Path, given_: Given) -> None:
    path = tmp_path / "a.txt"
    path.write_text(EN)
    with pytest.raises(OptionError, match=r"--published|--lang"):
        read(path, given=given_)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2023-09-12", "2023-09-12"),
        ("2023-09-12T10:00:00Z", "2023-09-12T10:00:00+00:00"),
        ("2023-09-12 10:00:00 +09:00", "2023-09-12T10:00:00+09:00"),
        ("2023/9/2", "2023-09-02"),
        ("２０２３年９月１２日　１８時３０分", "2023-09-12T18:30:00"),
        ("2023年9月12日(火) 午後6時30分", "2023-09-12T18:30:00"),
        ("Tue, 12 Sep 2023 10:00:00 GMT", "2023-09-12T10:00:00+00:00"),
        ("2023-02-30", None),
        ("2023", None),
        ("tomorrow", None),
        ("", None),
        (None, None),
    ],
)
def test_a_date_is_read_or_is_none(words: str | None, expected: str | None) -> None:
    assert iso(words) == expected


@given_any(st.text())
def test_no_words_break_the_reading_of_dates(words: str) -> None:
    iso(words)


@pytest.mark.parametrize(
    ("words", "lang"),
    [
        ("首相は述べた", "ja"),
        ("対CIA、FBI: The New York Timesは「war」と報じた", "ja"),
        ("대통령은 말했다", "ko"),
        ("国家主席说，我们将继续发展", "zh"),
        ("The president said on Monday that 東京 would host the talks", "en"),
        ("THE PRESIDENT SAID SO ON MONDAY", "en"),
        ("Президент заявил об этом в понедельник", "ru"),
        ("Le président a dit que non", "fr"),
        ("Der Kanzler sagte das am Montag", "de"),
        ("Tổng thống nói rằng điều đó đúng", "vi"),
        ("Prezydent powiedział, że to nieprawda", "pl"),
        ("12 345", "und"),
    ],
)
def test_a_language_is_detected(words: str, lang: str) -> None:
    assert detect(words) == lang


@pytest.mark.parametrize(
    ("tag", "expected"), [("ja-JP", "ja"), ("EN", "en"), ("zh_Hant_TW", "zh"), ("japanese", None), ("", None), (None, None)]
)
def test_a_language_tag_gives_its_code(tag: str | None, expected: str | None) -> None:
    assert code(tag) == expected


def datelines(code: str) -> tuple[Dateline, ...]:
    return table(Path(load("languages", code).__path__[0]) / "page.toml", Datelines).datelines


@pytest.mark.parametrize(
    "line",
    [pytest.param(d, id=f"{t}: {d.example[0]}") for t in ("en", "ja") for d in datelines(t)],
)
def test_each_dateline_reads_its_example(line: Dateline) -> None:
    text, day, outlet = line.example
    said = filed(text, Span(0, len(text)), None)
    assert (said.published or "", said.outlet or "") == (day, outlet)


@pytest.mark.parametrize(
    ("text", "url", "expected"),
    [
        ("The bridge fell.", "https://ledger.example/news/2023/09/12/bridge", ("2023-09-12", "url", "ledger.example")),
        ("The bridge fell.", "https://ledger.example/20230912-bridge.html", ("2023-09-12", "url", "ledger.example")),
        ("The bridge fell.", "https://ledger.example/2023/13/45/x", (None, None, "ledger.example")),
        ("The bridge fell on September 12, 2023.", None, (None, None, None)),
        (
            "TESSA, Sept. 12, 2023 (Harbour Wire) - It fell.",
            "https://x.example/2023/09/14/y",
            ("2023-09-12", "dateline", "Harbour Wire"),
        ),
    ],
)
def test_the_dateline_comes_before_the_address_and_a_date_in_a_sentence_is_none(
    text: str, url: str | None, expected: tuple[str | None, ...]
) -> None:
    said = filed(text, Span(0, len(text)), url)
    assert (said.published, said.by, said.outlet) == expected


def test_a_day_that_is_still_to_come_is_kept_and_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("---\npublished: 2999-01-01\n---\nThe bridge fell.\n", "utf-8")
    report, doubt = read(tmp_path / "a.txt")
    assert isinstance(report, Report)
    assert report.published == "2999-01-01"
    assert isinstance(doubt, Failure)
    assert "published 2999-01-01 (front matter) is still to come, yet kept" in doubt.message


@given_any(st.text(max_size=200), st.none() | st.text(max_size=40) | st.just("http://["))
def test_any_text_and_address_can_be_asked_for_a_day(text: str, url: str | None) -> None:
    said = filed(text, Span(0, len(text)), url)
    assert said.published is None or date.fromisoformat(said.published)
