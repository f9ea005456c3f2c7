import json
import re
from datetime import date
from itertools import combinations
from pathlib import Path
from random import Random

import pytest

from bench import drafts, originals, reprints, stories, translations
from bench.drafts import Credit, Draft, Line
from bench.reprints import Case
from bench.translations import Found
from onrecord.record import Link, LinkVerdict, Report

HALVES: tuple[originals.Half, ...] = ("first", "later")
TEN = "\n".join(f"The {word} harbour of the island was closed on day {i} of the strike." for i, word in enumerate("abcdefghij"))
SAID = '<token sentence="{line}" t_id="{at}">{word}</token>'


def link(a: str, b: str, verdict: LinkVerdict = "copy", score: float = 1.0) -> Link:
    a, b = sorted((a, b))
    return Link(id=f"{a}{b}", a=a, b=b, of="report", verdict=verdict, score=score, why=())


def draw(seed: object) -> Random:
    return Random(str(seed))  # noqa: S311  a draw, no secret


def pair(a: str, b: str) -> frozenset[str]:
    return frozenset((a, b))


def ten(document: str = "one", lang: str = "en", title: str = "Harbour closed") -> Draft:
    return drafts.draft(document, lang, title, TEN)


def words(draft: Draft) -> list[str]:
    return [line.words for paragraph in draft.paragraphs for line in paragraph]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder as ../shared/data is, with words that are nobody's."""
    (tmp_path / "ntrex").mkdir()
    for lang, sentence in (("en", "The {} of house {} was painted in colour {}."), ("ja", "{}の家{}の壁は色{}で塗られた。")):
        rows = [
            {"doc": f"d{n}", "lang": lang, "text": "\n".join(sentence.format(f"wall{n}{i}", n * 7 + i, n * i) for i in range(9))}
            for n in range(12)
        ]
        (tmp_path / "ntrex" / f"{lang}.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    (tmp_path / "ecbplus").mkdir()
    articles = [
        {"doc": f"{story}/{i}", "story": story, "text": f"Event {story}.\n\n" + " ".join(_sentences(story, i)) + _quote(i)}
        for story in ("1ecb", "1ecbplus", "2ecb", "2ecbplus", "3ecb")
        for i in range(4)
    ]
    (tmp_path / "ecbplus" / "dev.jsonl").write_text("\n".join(map(json.dumps, articles)), "utf-8")
    folder = tmp_path / "meantime" / "corpus_apple"
    folder.mkdir(parents=True)
    lines = ["The harbour opens", "May 3 , 2031", "It is `` open '' , he said ."]
    tokens = "".join(SAID.format(line=n, at=i, word=w) for n, line in enumerate(lines) for i, w in enumerate(line.split()))
    (folder / "1_The_harbour.xml").write_text(f"<Document>{tokens}</Document>", "utf-8")
    return tmp_path


def _sentences(story: str, i: int) -> list[str]:
    letters = draw(f"{story} {i}")
    return ["".join(letters.choices("abcdefghijklmnop ", k=60)).strip().capitalize() + "." for _ in range(6)]


def _quote(i: int) -> str:
    return f" “Ship {'abcd'[i] * 9} lay at the quay {'efgh'[i] * 9} for {'ijkl'[i] * 9} nights,” he said."


def test_a_draft_numbers_its_sentences_and_puts_two_into_a_paragraph() -> None:
    made = drafts.draft("d", "en", "Head", "One is here. Two is here.\nThree is here.")
    assert made.paragraphs == (
        (Line("One is here.", "d#0"), Line("Two is here.", "d#1")),
        (Line("Three is here.", "d#2"),),
    )
    assert made.sources == {"d#0", "d#1", "d#2"}
    assert made.documents == {"d"}


def test_a_text_is_cut_from_below() -> None:
    kept = words(drafts.truncated(ten(), draw(1)))
    assert kept == words(ten())[: len(kept)]
    assert 3 <= len(kept) <= 7


def test_paragraphs_are_reordered_below_the_lead() -> None:
    made = drafts.reordered(ten(), draw(1))
    assert made.paragraphs[0] == ten().paragraphs[0]
    assert made.paragraphs != ten().paragraphs
    assert sorted(words(made)) == sorted(words(ten()))


def test_sentences_of_an_outlets_own_come_from_nowhere() -> None:
    made = drafts.added(ten(), draw(1))
    assert [line.words for p in made.paragraphs for line in p if line.of is None] != []
    assert made.sources == ten().sources


def test_a_condensed_text_has_few_sentences_of_the_other_among_its_own() -> None:
    made = drafts.condensed(ten(), ["Own one.", "Own two.", "Own three."], draw(1))
    assert 2 <= len(made.sources) <= 4
    assert sorted(line.words for p in made.paragraphs for line in p if not line.of) == ["Own one.", "Own three.", "Own two."]


@pytest.mark.parametrize(
    ("lang", "text", "words"),
    [
        ("en", "“The gate of the harbour will be opened at noon,” he said.", "The gate of the harbour will be opened at noon"),
        ("ja", "局長は「港の門は正午に開くことになっている」と述べた。", "港の門は正午に開くことになっている"),
    ],
)
def test_an_outlet_that_was_there_quotes_the_same_words(lang: str, text: str, words: str) -> None:
    (line,) = drafts.quotes(Draft(lang, "", ((Line(text, "d#0"),),)), draw(1))
    assert words in line.words
    assert line.of is None


def test_words_between_two_quotations_are_none() -> None:
    text = Line('"Yes," shouted the whole crowd that stood at the gate of the harbour, "no."', "d#0")
    assert drafts.quotes(Draft("en", "", ((text,),)), draw(1)) == ()


def test_two_texts_are_merged_by_turns() -> None:
    made = drafts.merged(ten("one"), ten("two"), draw(1))
    assert made.documents == {"one", "two"}
    assert [paragraph[0].of for paragraph in made.paragraphs][:2] == ["one#0", "two#0"]


def test_a_new_headline_is_a_clause_of_the_text() -> None:
    text = Draft("ja", "題", ((Line("港は三日、閉鎖された。", "d#0"),),))
    assert drafts.reheaded(text, draw(1)).title == "港は三日"


@pytest.mark.parametrize(
    ("lang", "before", "after"),
    [
        ("en", "“It is open,” said Ann Orel.", "Ann Orel stated: “It's open.”"),
        ("en", "According to the harbour master, the gate is open.", "The gate is open, in the words of the harbour master."),
        ("en", "Traffic rose 45%.", "Traffic rose 45 percent."),
        ("en", "Several ships wait.", "A number of ships wait."),
        ("ja", "オレル氏は「港は開いた」と述べた。", "「港は開いた」とオレル氏は語った。"),
        ("ja", "港湾局によると、船は10隻だ。", "船は10隻だ、と港湾局は伝えている。"),
        ("ja", "通行は45パーセント増えた。", "通行は45％増えた。"),
        ("ja", "企業が発表した。", "会社が明らかにした。"),
    ],
)
def test_a_sentence_is_written_in_other_words(lang: str, before: str, after: str) -> None:
    assert after in {drafts.reworded(before, lang, draw(seed)) for seed in range(5)}


def test_a_text_is_printed_with_its_credit() -> None:
    day = date(2031, 5, 3)
    english = Draft("en", "Head", ((Line("One."), Line("Two.")), (Line("Three."),)))
    japanese = Draft("ja", "題", ((Line("一。"), Line("二。")),))
    heads = drafts.tables("en").credits[1], drafts.tables("ja").credits[0]
    assert drafts.printed(english, heads[0], "Norla Press", "TESSEN", day) == (
        "Head\n\nTESSEN, May 3 (Norla Press) - One. Two.\n\nThree."
    )
    assert drafts.printed(english, Credit(byline="By {agency}", tail="- {agency}"), "Norla Press", "TESSEN", day) == (
        "Head\n\nBy Norla Press\n\nOne. Two.\n\nThree.\n\n- Norla Press"
    )
    assert drafts.printed(japanese, heads[1], "ノルラ通信", "テッセン", day) == "題\n\n【ノルラ通信】一。二。"
    assert drafts.printed(japanese, Credit(tail="＝{agency}"), "ノルラ通信", "テッセン", day) == "題\n\n一。二。＝ノルラ通信"


def test_what_meantime_parts_is_written_as_a_newspaper_does(data: Path) -> None:
    ((name, made),) = originals.meantime(data / "meantime")
    assert (name, made.title, words(made)) == ("1_The_harbour", "The harbour opens", ["It is “open”, he said."])


def test_a_short_first_paragraph_is_the_headline_of_an_article() -> None:
    assert originals.article("a", "Harbour closed.\n\nIt was closed.").title == "Harbour closed"
    assert originals.article("a", "It was closed.").title == ""


def test_both_halves_hold_every_case_once_and_the_same_each_time(data: Path) -> None:
    first, later = reprints.cases(data, "first"), reprints.cases(data, "later")
    assert first == reprints.cases(data, "first")
    assert not {case.name for case in first if case.kind == "en ecbplus"} & {case.name for case in later}
    assert {case.name for case in (*first, *later) if case.kind == "en ecbplus"} == {"1ecb", "1ecbplus", "2ecb", "2ecbplus", "3ecb"}
    assert {case.kind for case in (*first, *later)} == {"en made", "ja made", "en ecbplus"}


def test_every_made_case_has_three_origins_and_reports_of_invented_outlets(data: Path) -> None:
    for case in (*reprints.cases(data, "first"), *reprints.cases(data, "later")):
        ids = {report.id for report in case.reports}
        assert len(ids) == len(case.reports)
        assert not case.copies & case.left
        assert all(p <= ids for p in case.copies | case.left)
        assert all(report.publisher and report.published and report.published.startswith("203") for report in case.reports)
        own = sum("quoting" in ways for ways in case.ways.values())
        assert case.origins == (3 + own if case.kind.endswith("made") else 4)


def test_an_own_report_that_quotes_the_same_words_is_no_copy(data: Path) -> None:
    found = [
        (case, name) for half in HALVES for case in reprints.cases(data, half) for name, w in case.ways.items() if "quoting" in w
    ]
    assert {case.kind for case, _ in found} == {"en ecbplus"}
    for case, name in found:
        (text,) = (report.text for report in case.reports if report.id == name)
        (quoted,) = re.findall("“(.+)[,.]”", text.split("\n\n")[2])
        assert any(quoted in report.text for report in case.reports if report.id != name)
        assert not any(name in pair for pair in case.copies)


def made_case() -> Case:
    reports = tuple(Report(id=name, text=name, body=(0, 1), lang="en") for name in "abcdm")  # type: ignore[arg-type]
    copies = frozenset({pair("a", "b"), pair("a", "m"), pair("c", "m")})
    return Case(
        "x", "en made", reports, copies, frozenset({pair("b", "m")}), 3, frozenset("m"), {"b": ("edited",), "m": ("merged",)}
    )


def test_pairs_are_counted_and_those_left_out_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reprints, "cases", lambda *_: [made_case()])
    links = (link("a", "b"), link("b", "m"), link("a", "m"), link("c", "d"), link("c", "m", "cites"))
    found = {(r["split"], r["measure"]): (r["value"], r["n"]) for r in reprints.score(Path(), "first", lambda _: links)}
    assert found["first all", "precision"] == (66.7, 3)
    assert found["first all", "recall"] == (66.7, 3)
    assert found["first en made", "F1"] == (66.7, 6)
    assert found["first all", "recall, edited"] == (100, 1)
    assert found["first all", "recall, merged"] == (50, 2)
    # a and b, c and d: two, and three there are
    assert found["first all", "cases with the right number of origins"] == (0, 1)


def test_a_merged_report_does_not_make_one_of_two_origins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reprints, "cases", lambda *_: [made_case()])
    links = (link("a", "b"), link("a", "m"), link("c", "m"))
    found = {r["measure"]: r["value"] for r in reprints.score(Path(), "first", lambda _: links)}
    assert found["cases with the right number of origins"] == 100


def test_components_are_groups_that_hang_together() -> None:
    assert reprints.components("abcde", [pair("a", "b"), pair("c", "d"), pair("b", "c"), pair("d", "x")]) == 2


def test_containment_is_of_the_smaller_text_and_blanks_do_not_count() -> None:
    assert reprints.containment("Abc defghi", "xx abcd efghi yy") == 1
    assert reprints.containment("abcdefgh", "ijklmnop") == 0
    assert reprints.containment("short", "short") == 0


def test_near_identical_articles_are_copies_and_half_alike_ones_are_left_out(tmp_path: Path) -> None:
    whole = [" ".join(_sentences("4ecb", i)) for i in range(3)]
    half = whole[2][: len(whole[2]) // 3] + " ".join(_sentences("4ecb", 8))
    (tmp_path / "ecbplus").mkdir()
    texts = [whole[0], f"{whole[0]} More of it.", whole[1], whole[2], half]
    rows = [json.dumps({"doc": f"4ecb/{i}", "story": "4ecb", "text": text}) for i, text in enumerate(texts)]
    (tmp_path / "ecbplus" / "dev.jsonl").write_text("\n".join(rows), "utf-8")
    (case,) = reprints.cases(tmp_path, originals.half_of("4"))
    ids = [next(r.id for r in case.reports if f"{r.text}\n\n".startswith(f"{text}\n\n")) for text in texts]
    assert {p for p in case.copies if p <= set(ids)} == {pair(ids[0], ids[1])}
    assert {p for p in case.left if p <= set(ids)} == {pair(ids[3], ids[4])}
    assert case.origins == 4


def test_who_finds_all_that_is_true_scores_full(data: Path) -> None:
    truth = {case.reports: case for half in HALVES for case in reprints.cases(data, half)}
    for half in HALVES:
        found = reprints.score(data, half, lambda reports: tuple(link(min(p), max(p)) for p in truth[reports].copies))
        assert {row["value"] for row in found} == {100}


def test_fifteen_pairs_of_languages_have_english_or_japanese() -> None:
    assert len(translations.pairs(translations.LANGUAGES)) == 15


def test_a_report_that_nothing_is_known_of() -> None:
    made = translations.undated("Tessen, 3 May 2031 (Norla Press)\n\nThe harbour is open.\n", "en")
    assert (made.publisher, made.published, made.dated_by, made.lang) == (None, None, None, "en")


def test_a_translation_is_right_where_document_and_language_fit(data: Path) -> None:
    def linked(reports: tuple[Report, ...]) -> tuple[Link, ...]:
        english, japanese = ([r for r in reports if r.lang == lang] for lang in ("en", "ja"))
        right = [link(a.id, b.id, "translation", 0.9) for a, b in zip(english[:9], japanese[:9], strict=True)]
        wrong = [link(english[0].id, english[1].id, "translation", 0.5), link(english[9].id, japanese[8].id, "translation", 0.5)]
        return (*right, *wrong, link(english[10].id, japanese[10].id, "copy"))

    found = {(r["split"], r["measure"]): (r["value"], r["n"]) for r in translations.score(data, linked)}
    assert found["en-ja", "precision"] == (81.8, 12)
    assert found["en-ja", "recall"] == (75, 12)
    assert found["without vi", "recall, threshold of the other half"] == (75, 12)
    assert found["without vi", "precision, threshold of the other half"] == (100, 12)
    assert not [row for row in found if row[0] == "with vi"]


def test_the_threshold_lies_above_all_that_is_wrong() -> None:
    found = [Found("en-ja", "a", "a", score, right) for score, right in ((0.9, True), (0.7, True), (0.6, False), (0.5, True))]
    assert translations.threshold(found) == 0.7
    assert translations.threshold([*found, Found("en-ja", "a", "b", 0.95, right=False)]) == float("inf")
    assert translations.threshold(()) == float("inf")


def test_halves_are_of_one_size_and_share_nothing() -> None:
    first, second = translations.halves(f"d{i}" for i in range(60))
    assert (len(first), len(second), first & second) == (30, 30, frozenset())


def test_b_cubed_of_a_cut_and_a_mixed_story() -> None:
    true = {"a": "1", "b": "1", "c": "2", "d": "2"}
    # a alone, b with c and d: precision (1 + 1/3 + 2/3 + 2/3) / 4, recall (1/2 + 1/2 + 1 + 1) / 4
    precision, recall, f1 = stories.b_cubed(stories.homes([("b", "c", "d")], true), true)
    assert (round(precision, 4), recall, round(f1, 4)) == (0.6667, 0.75, 0.7059)


def test_a_report_in_two_stories_is_no_answer() -> None:
    with pytest.raises(ValueError, match="two stories: b"):
        stories.homes([("a", "b"), ("b", "c")], "abc")


def test_stories_by_event_score_full_and_one_story_keeps_no_twins_apart(data: Path) -> None:
    def by_event(reports: tuple[Report, ...]) -> tuple[tuple[str, ...], ...]:
        heads = sorted({report.text.split("\n")[0] for report in reports})
        return tuple(tuple(r.id for r in reports if r.text.startswith(f"{head}\n")) for head in heads)

    assert [(r["value"], r["n"]) for r in stories.score(data, by_event)] == [(100, 20), (100, 20), (100, 20), (100, 2)]
    whole = {r["measure"]: r["value"] for r in stories.score(data, lambda reports: (tuple(r.id for r in reports),))}
    assert whole == {"B-cubed precision": 20, "B-cubed recall": 100, "B-cubed F1": 33.3, "topics kept apart": 0}


def test_without_data_nothing_is_scored(tmp_path: Path) -> None:
    assert reprints.score(tmp_path, "first", lambda _: ()) == []
    assert translations.score(tmp_path, lambda _: ()) == []
    assert stories.score(tmp_path, lambda _: ()) == []


def test_the_tables_swap_no_word_for_itself_and_no_outlet_is_an_agency() -> None:
    for lang in ("en", "ja"):
        table = drafts.tables(lang)
        assert all(other and other != word for word, other in table.synonyms.items())
        assert not set(table.agencies) & set(drafts.outlets(lang, draw(1)))
        assert all(a != b for a, b in combinations(table.own, 2))
