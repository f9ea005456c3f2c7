"""Full-text search: words of two characters, inflected words, and queries that mean harm."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import bridge, harbour
from msgspec import structs

from onrecord.record import Report, Span
from onrecord.store import Store, words

EN = "Quarrel over weapons\n\nThe prime minister of Vell said exports would grow. Weapon makers’ shares rose. Müller studied it."
JA = "政府は武器輸出を認めた。首相は「ﾐｻｲﾙを輸出する」と述べた。第2次ヴェル内閣の𠮷野氏は、ＡＢＣ社の手順を示した。"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("search") / "record.db") as opened:
        for n, text in enumerate((EN, JA)):
            opened.add(
                Report(f"report{n}", text, Span(0, len(text)), "ja", title="Zephyr", publisher="Amber Courier", file=str(n)), ()
            )
        opened.add(*bridge())
        opened.add(*harbour())
        yield opened


def found(store: Store, query: str, kind: str = "report") -> list[str]:
    return [hit.span.of(store.report(hit.report).text) for hit in store.search(query) if hit.kind == kind]


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("武器", ["武器"]),
        ("首相", ["首相"]),
        ("武器輸出", ["武器輸出"]),
        ("器輸", ["器輸"]),
        ("武器 首相", ["武器"]),
        ("武器　首相", ["武器"]),
        ("首相武器", []),
        ("順", ["順"]),
        ("示", ["示"]),
        ("ミサイル", ["ﾐｻｲﾙ"]),
        ("𠮷野", ["𠮷野"]),
        ("第2次", ["第2次"]),
        ("第２次ヴェル内閣", ["第2次ヴェル内閣"]),
        ("ABC社", ["ＡＢＣ社"]),
        ("認めた。首相", ["認めた。首相"]),
        ("「首相は」", ["首相は"]),
        ("weapon", ["weapons"]),
        ("WEAPONS", ["weapons"]),
        ("exporting", ["exports"]),
        ("study", ["studied"]),
        ("muller", ["Müller"]),
        ('"prime minister"', ["prime minister"]),
        ("“prime minister”", ["prime minister"]),
        ('"minister prime"', []),
        ("minister prime", ["prime"]),
        ("weapons prime absent", []),
        ("makers'", ["makers"]),
    ],
)
def test_reports_are_found_at(store: Store, query: str, places: list[str]) -> None:
    assert found(store, query) == places


def test_one_character_is_found_where_it_stands(store: Store) -> None:
    assert found(store, "器") == ["器"]
    assert found(store, "た") != []


def test_a_report_found_by_its_title_alone_is_shown_from_its_beginning(store: Store) -> None:
    assert found(store, "zephyr") == ["", ""]
    assert found(store, "zephyr muller") == ["Müller"]


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("closing", ["close"]),
        ("officials closing", ["close"]),
        ("再開発", ["再開発"]),
        ("入力ミス 潮見", ["入力ミス"]),
    ],
)
def test_claims_are_found_by_what_is_said_and_by_their_voices(store: Store, query: str, places: list[str]) -> None:
    assert found(store, query, "claim")[:1] == places


def test_a_claim_found_by_a_voice_alone_is_shown_whole(store: Store) -> None:
    _, claims = bridge()
    (hit,) = (hit for hit in store.search('"Alda Renn"') if hit.kind == "claim")
    assert hit.id == claims[1].id
    assert hit.span == claims[1].span


def test_what_lies_outside_the_body_is_not_found(tmp_path: Path) -> None:
    text = "Ferry resumes.\nRelated: whale strike"
    with Store(tmp_path / "record.db") as store:
        store.add(Report("r", text, Span(0, 14), "en"), ())
        assert found(store, "ferry") == ["Ferry"]
        assert found(store, "whale") == []


def test_the_limit_holds_and_the_best_come_first(store: Store) -> None:
    hits = list(store.search("bridge", limit=2))
    assert len(hits) == 2
    assert hits[0].score >= hits[1].score


HOSTILE = [
    "", " ", '"', '""', "'", "*", "a*", "NEAR", "NEAR(a b)", "a NEAR b", "AND", "a OR", "NOT", "-a", "^a", "said:a", "{said}: a",
    "(", ")", "a)", "\0", "a\0b", "+", "--", ";DROP TABLE claims", "%", "_", "\ud800", "\u202e", "　", "ﾞ", "𝒜", "\U000323af",
    "「", "」「", "a " * 5000, "武器" * 5000, "武 " * 5000, '"a" ' * 5000, '"' * 999, "(" * 999,
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_no_query_is_wrong(store: Store, query: str) -> None:
    list(store.search(query))
    list(store.claims(text=query))
    list(store.reports(text=query))


@given(st.text())
def test_any_text_is_a_query(query: str) -> None:
    expression = words.expression(query)
    assert expression is None or expression.count('"') % 2 == 0


@given(st.text(st.characters(exclude_categories=["Cs"])), st.data())
def test_a_token_is_found_again_where_it_came_from(text: str, data: st.DataObject) -> None:
    tokens = words.index([text]).split()
    if not tokens:
        return
    at = data.draw(st.integers(0, len(tokens) - 1))
    marked = " ".join([*tokens[:at], f"[{tokens[at]}]", *tokens[at + 1 :]])
    place = words.place(marked, "", f"..{text}", [Span(2, len(text) + 2)])
    assert place is not None
    assert tokens[at] in words.index([place.of(f"..{text}")]).split()


def test_what_is_indexed_is_the_text_of_the_claim() -> None:
    report, claims = harbour()
    assert words.index([claims[0].text]) == words.index(span.of(report.text) for span in claims[0].content)


def test_japanese_is_cut_into_pairs() -> None:
    assert words.index(["武器輸出、第2次"]) == "武器 器輸 輸出 出 第 2 次"
    assert words.index(["ドナルド・ヴェル"]) == "ドナ ナル ルド ド ヴェ ェル ル"
    assert words.index(["Two words_and ＡＢＣ"]) == "Two words and ABC"


def test_removed_reports_are_not_found(tmp_path: Path) -> None:
    with Store(tmp_path / "record.db") as store:
        report, claims = harbour()
        store.add(report, claims)
        store.replace(structs.replace(report, title="別題"), claims)
        assert found(store, "別題") == [""]
        store.remove(report.id)
        assert list(store.search("再開発")) == []
