"""Sentences, the normalised view, and what a terminal is shown."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record import Span
from onrecord.text import View, sentences, visible

MIXED = st.text(
    st.sampled_from("あかがｶﾞ゙漢字「」『』。、！？.!?\"'”) (aBcU.S.3 \t\n\r　㌔①é́ﬁ\u200b🇯𠮷한ᄒ\u1161"), max_size=60
) | st.text(max_size=60)


def cut(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("首相は行くと述べた。外相は残る。", ["首相は行くと述べた。", "外相は残る。"]),
        ("彼は「行く。必ずだ。」と述べた。次だ。", ["彼は「行く。必ずだ。」と述べた。", "次だ。"]),
        ("「はい。」「いいえ。」本当か？　本当だ！", ["「はい。」", "「いいえ。」本当か？", "本当だ！"]),
        (
            "「守る。なぜなら、 「人は少ない。だが」と述べた。次だ。",
            ["「守る。なぜなら、 「人は少ない。だが」と述べた。", "次だ。"],
        ),
        ("『「はい。」と言った。』と書いた。次だ。", ["『「はい。」と言った。』と書いた。", "次だ。"]),
        ("見出し\n\n本文だ", ["見出し", "本文だ"]),
        ("He left. She stayed.", ["He left.", "She stayed."]),
        ("Mr. Holt of the U.S. Army met Dr. A. B. Crane.", ["Mr. Holt of the U.S. Army met Dr. A. B. Crane."]),
        ("It rose 3.5 percent at 5 p.m. on Monday. It fell.", ["It rose 3.5 percent at 5 p.m. on Monday.", "It fell."]),
        ('"Stop!" he said. "Go." She went.', ['"Stop!" he said.', '"Go."', "She went."]),
        ("(He left.) She stayed?! Yes...", ["(He left.)", "She stayed?!", "Yes..."]),
        ("", []),
        (" \n　\n", []),
    ],
)
def test_a_text_is_cut_into_sentences(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_only_the_part_under_the_span_is_cut() -> None:
    text = "前だ。中だ。後だ。"
    assert [s.of(text) for s in sentences(text, Span(3, 6))] == ["中だ。"]


def test_a_line_of_a_million_characters_is_cut() -> None:
    text = "彼は言った。" * 170_000
    assert sum(1 for _ in sentences(text, Span(0, len(text)))) == 170_000


@given(MIXED)
def test_sentences_stand_in_order_and_leave_out_nothing_but_blanks(text: str) -> None:
    at = 0
    for span in sentences(text, Span(0, len(text))):
        assert span.start >= at
        assert not text[at : span.start].strip()
        assert span.of(text) == span.of(text).strip() != ""
        at = span.end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("ｶﾞｽ　１２", "ガス 12"),
        ("か\u3099", "が"),
        ("㌔", "キロ"),
        ("a\u00a0b\tc\nd", "a b c\nd"),
        ("国\u200b連", "国連"),
        ("plain\tone", "plain one"),
        ("", ""),
    ],
)
def test_a_view_is_in_normal_form(text: str, normal: str) -> None:
    assert View.of(text).text == normal


def test_a_view_leads_back() -> None:
    text = "ロシア（ｶﾞｽ）㌔"
    view = View.of(text)
    at = view.text.index("ガス")
    assert view.back(at, at + 2).of(text) == "ｶﾞｽ"
    assert view.back(view.text.index("キ"), len(view.text)).of(text) == "㌔"
    assert view.back(0, 0) == Span(0, 0)
    assert view.back(len(view.text), len(view.text)) == Span(len(text), len(text))


@given(MIXED, st.data())
def test_what_a_view_leads_back_to_holds_the_words(text: str, data: st.DataObject) -> None:
    view = View.of(text)
    start = data.draw(st.integers(0, len(view.text)))
    end = data.draw(st.integers(start, len(view.text)))
    span = view.back(start, end)
    assert 0 <= span.start <= span.end <= len(text)
    if start < end:
        assert view.text[start:end] in View.of(span.of(text)).text


@given(MIXED)
def test_a_view_keeps_order(text: str) -> None:
    view = View.of(text)
    assert len(view.starts) == len(view.ends) == len(view.text)
    assert list(view.starts) == sorted(view.starts)
    assert all(start < end for start, end in zip(view.starts, view.ends, strict=True))


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
def test_plain_letters_stay_as_they_are(text: str) -> None:
    assert View.of(text).text == text


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a\x1b[31mb", "a␛[31mb"),
        ("a\u202eb", "a⟨U+202E⟩b"),
        ("a\0b\x7f\x9b", "a␀b␡⟨U+009B⟩"),
        ("a\tb\nc", "a\tb\nc"),
        ("a\r\nb\rc", "a\nb␍c"),
        ("武器🇯🇵", "武器🇯🇵"),
    ],
)
def test_what_could_steer_a_terminal_is_shown_instead(words: str, shown: str) -> None:
    assert visible(words) == shown


@given(st.text())
def test_nothing_shown_is_a_control_character(words: str) -> None:
    assert not [c for c in visible(words) if unicodedata.category(c) == "Cc" and c not in "\n\t"]
    assert not set(visible(words)) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
