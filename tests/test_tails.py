"""Page furniture: what is left out of the body, and what never is."""

import re

import pytest

from bench import tails
from onrecord.readers._furniture import Words, body, pages, plain
from onrecord.record import Span

EN = "The mayor resigned on Monday after a report.\n\nHe denied any wrongdoing. “I leave with a clear conscience,” he said.\n"
JA = "市長は月曜日、報告書の公表を受けて辞任した。\n\n市長は「やましいことはない」と述べ、不正を否定した。\n"


def rest(text: str) -> str:
    """Return what is left out of the body at its end."""
    return text[body(text, Span(0, len(text))).end :].strip()


@pytest.mark.parametrize("split", ["first", "later"])
def test_the_bars_hold_on_the_invented_pages(split: str) -> None:
    rows = {row["measure"]: row["value"] for row in tails.score() if row["split"] == split}
    assert rows["furniture left out of the body"] >= 0.95
    assert rows["body text lost"] < 0.01


@pytest.mark.parametrize(
    "tail",
    [
        "Leave a Reply\nName *\nEmail *\nPost Comment",
        "Related articles\nRail line shut after landslide\nWho is Teresa Lund?",
        "Nils Archer\n“Failed drummer. Writes about weather.”\n\nLeave a comment",
        "2 Comments\n\nLotte\nMarch 4, 2026 at 10:02 am\nLet us see what comes of it all on Monday.\nReply\n",
        "コメントを残す\n名前\nコメントを送信",
        "関連記事\n財政、赤字の見通し\n「庁舎より学校を」署名提出",
        "遠山 みのり\n山と旅のライター。長野県在住。\n\nXをフォロー",
        "シェアする\nツイート\nLINEで送る",
        "© 2026 Harwick Ledger. All rights reserved.",
    ],
)
@pytest.mark.parametrize("report", [EN, JA])
def test_a_tail_is_left_out_in_whichever_language(report: str, tail: str) -> None:
    text = f"{report}\n{tail}"
    assert rest(text) == tail.strip()


@pytest.mark.parametrize(
    "text",
    [
        EN,
        JA,
        # furniture between paragraphs: the report goes on below it
        f"{EN}\nRelated articles\nRail line shut\n\nThe council will choose a new mayor in June, its chairwoman said.\n",
        f"{EN}\n3 Comments\n\nThe council will choose a new mayor in June, its chairwoman said.\n",
        f"{EN}\nSign up for our newsletter\nSubscribe\n\n“We need a new start,” said the chairwoman of the council.\n",
        f"{JA}\n関連記事\n財政、赤字の見通し\n\n後任を選ぶ選挙は6月に行われる予定だ。\n",
        f"{JA}\nシェアする\nツイート\n\n後任を選ぶ選挙は6月に行われる予定だ。\n",
        # a sub-heading that is no name, and a last paragraph about a career or all in quotation marks
        f"{JA}\n今後の見通し\n後任は議会の審議を経て決まる。担当する部署は未定だ。\n",
        f"{JA}\n地域経済\n「もう一度やり直したい」\n",
        f"{EN}\nA long career\nHe joined the council in 1999.\n",
        # words of furniture in a sentence
        f"{EN}\nShare prices fell. Readers were asked to leave a comment.\n",
        f"{JA}\n関連する記事は削除されたという。\n",
        # nothing but furniture is kept rather than thrown away whole
        "Leave a Reply\nName\nEmail\n",
    ],
)
def test_no_report_is_cut(text: str) -> None:
    assert rest(text) == ""


def test_furniture_above_the_headline_is_left_out() -> None:
    text = "ホーム > 社会 > 医療\nシェア\nツイート\n救急を集約へ\n\n" + JA
    assert body(text, Span(0, len(text))).of(text).startswith("救急を集約へ")


def test_a_headline_that_begins_like_a_link_is_kept() -> None:
    text = "Watch: Mayor leaves town hall\n\n" + EN
    assert body(text, Span(0, len(text))).start == 0


ENTRIES = [(code, kind, entry) for code, page in pages() for kind in ("lines", "blurbs", "bios") for entry in getattr(page, kind)]


@pytest.mark.parametrize(("code", "kind", "entry"), ENTRIES, ids=[f"{c}-{k}-{e.example}" for c, k, e in ENTRIES])
def test_every_entry_fits_its_example(code: str, kind: str, entry: Words) -> None:
    match = re.fullmatch if kind == "lines" else re.search
    words = plain(entry.example) if kind == "lines" else entry.example
    assert match(entry.words, words, re.IGNORECASE), f"{code}/page.toml: {entry.example!r} does not fit its words; mend one of them"
    assert kind != "lines" or entry.part
