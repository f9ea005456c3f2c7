from collections.abc import Iterable
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import bridge, claim, harbour, report, voice
from msgspec.structs import replace
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from onrecord.cli import terminal, view
from onrecord.cli.sheet import sheet
from onrecord.cli.wrap import CLOSING, OPENING, lines
from onrecord.record import Certainty, Claim, Report, Span

HOSTILE = "[bold red]港\x1b[2J[/bold red] \u202eevil\x07\n"


def drawn(rows: Iterable[Text], *, coloured: bool = False) -> str:
    out = StringIO()
    console = Console(file=out, width=40, force_terminal=coloured, color_system="standard" if coloured else None, markup=False)
    terminal.show(console, rows)
    return out.getvalue()


def block(pair: tuple[Report, tuple[Claim, ...]], at: int, width: int) -> str:
    of, claims = pair
    return drawn(view.block(of, claims[at], width, claims[at].id[:8]))


def test_a_claim_shows_voice_cue_content_and_certainty_without_colour() -> None:
    assert block(bridge(), 0, 80) == (
        "  two officials familiar with the plan [told]\n"
        "  │ The Kestrel Bridge in Port Amber may close for two years from April\n"
        "  possible 20–55 % · future · 2024-04 · b5a88ae3\n"
    )


def test_a_narrow_terminal_wraps_each_part_under_itself() -> None:
    assert block(bridge(), 1, 40) == (
        "  Alda Renn, minister of transport\n"
        "    [said]\n"
        '  │ "We have not decided to close\n'
        '  │ anything"\n'
        "  certain · negated · happened ·\n"
        "  5aa86504\n"
    )  # fmt: skip


def test_a_chain_of_japanese_voices_runs_from_the_outermost_to_the_innermost() -> None:
    assert block(harbour(), 0, 44) == (
        "  海原新聞 [伝えた] › 関係者 [によると]\n"
        "  │ 白波港の再開発をめぐり、県と事業者は来月\n"
        "  │ にも合意する可能性がある\n"
        "  possible 20–55 % · future · adb35b81\n"
    )


def test_a_direct_quotation_keeps_the_marks_of_its_report() -> None:
    assert "│ 「合意した事実はない。" in block(harbour(), 1, 80)


def test_a_voice_without_a_source_says_so_and_one_that_is_understood_is_in_brackets() -> None:
    of, claims = bridge()
    unnamed = replace(claims[1].voices[0], name=None, source=None)
    understood = replace(unnamed, refers_to="Alda Renn")
    assert view.name(of, unnamed).plain == "no source named"
    assert view.name(of, understood).plain == "(Alda Renn)"


def test_a_name_that_the_source_shows_already_is_not_repeated() -> None:
    of, claims = bridge()
    shown = view.name(of, replace(claims[1].voices[0], refers_to="Alda Renn")).plain
    assert shown.count("Alda Renn") == 1


def test_a_short_name_is_followed_by_the_one_it_refers_to_and_an_outer_role() -> None:
    of = report("The minister spoke. Renn said no.\n", "en", "Amber Courier", "x.txt")
    short = replace(voice(of, "Renn", "said", "say", "person"), refers_to="Alda Renn", role="minister")
    assert view.name(of, short).plain == "Renn = Alda Renn (minister)"


@pytest.mark.parametrize("width", range(40, 161, 5))
@pytest.mark.parametrize("pair", [bridge(), harbour()], ids=["en", "ja"])
def test_no_line_is_wider_than_the_terminal_or_than_the_eye_follows(pair: tuple[Report, tuple[Claim, ...]], width: int) -> None:
    of, claims = pair
    cells = terminal.width(Console(width=width))
    rows = [*view.heading(of, cells), *view.block(of, claims[0], cells), *sheet(of, claims[0], cells, coloured=False)]
    assert max(row.cell_len for row in rows) <= min(width, view.WIDEST)


def test_no_line_begins_with_what_may_not_begin_one_or_ends_with_what_may_not_end_one() -> None:
    of, claims = harbour()
    for width in range(10, 80):
        broken = [line.plain for line in lines(view.content(of, claims[1]), width)]
        assert all(line[0] not in CLOSING and line[-1] not in OPENING for line in broken), (width, broken)


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("首相は「合意した」と述べた。", ["首相は", "「合意し", "た」と述", "べた。"]),
        ("コンピューター", ["コン", "ピュー", "ター"]),
        ("NATOの会合", ["NATOの会", "合"]),
        ("회의는 오늘 열린다", ["회의는", "오늘", "열린다"]),
        ("a  bb unbreakable", ["a  bb", "unbreaka", "ble"]),
    ],
)
def test_lines_break_where_the_language_may(text: str, broken: list[str]) -> None:
    assert [line.plain for line in lines(Text(text), 8)] == broken


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60), st.integers(8, 40))
def test_breaking_loses_nothing_but_blanks_and_keeps_to_the_width(text: str, width: int) -> None:
    broken = [line.plain for line in lines(Text(text), width)]
    assert "".join("".join(broken).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in broken)


def test_what_a_report_says_is_never_markup_and_steers_no_terminal() -> None:
    of = report(f"{HOSTILE}\nA man{HOSTILE.strip()} said so{HOSTILE}", "en", HOSTILE, HOSTILE)
    man = voice(of, of.text[of.text.index("A man") : of.text.index(" said")], "said", "say", "person")
    hostile = claim(of, (man,), f"so{HOSTILE}", Certainty())
    for rows in (view.heading(of, 80), view.block(of, hostile, 80), sheet(of, hostile, 80, coloured=False)):
        shown = drawn(rows)
        assert "[bold red]港" in shown
        assert "␛[2J" in shown
        assert "⟨U+202E⟩evil␇" in shown
        assert not set(shown) & set("\x1b\u202e\x07")


def test_in_colour_names_cues_and_certainty_have_a_style_of_their_own_and_nothing_else_has() -> None:
    of, claims = harbour()
    shown = drawn(view.block(of, claims[1], 80), coloured=True)
    assert "\x1b[36m県港湾課の\x1b[0m\x1b[1;36m潮見健\x1b[0m\x1b[36m課長" in shown
    assert "\x1b[33m述べた" in shown
    assert "\x1b[31m  │ \x1b[0m" in shown
    assert "合意した事実は\x1b[4;31mない\x1b[0m。コンピューター" in shown


def test_the_sheet_of_a_claim_draws_the_chain_marks_the_words_and_says_why() -> None:
    of, claims = harbour()
    assert (
        drawn(sheet(of, claims[0], 80, coloured=False))
        == """\
港湾再開発、来月にも合意か
海原新聞 · 2024-03-02 · ja · reports/港.txt

Who said what
  海原新聞   outlet, named
  [伝えた]   report
  └─ 関係者   group, not named
     [によると]   say
        │ 白波港の再開発をめぐり、県と事業者は来月にも合意する可能性がある

How sure
  possible 20–55 % · future
  because of 可能性がある

In these words
  関係者によると、白波港の再開発をめぐり、県と事業者は来月にも合意する可能性があ
  ^^^^^^~~~~~~~~  ====================================================!!!!!!!!!!
  る。海原新聞が伝えた。
  !!  ^^^^^^^^  ~~~~~~

  ^ voice   ~ cue   = content   ! certainty

Why
  voices.0.act  ja/said.toml:report  伝えた

claim adb35b812195a386 · report f35cb36c1f7f06ae · score 0.90 · onrecord 0.1.0
"""
    )


def test_a_long_paragraph_gives_way_on_both_sides_of_the_claim() -> None:
    of = report("A title\n\n" + "x " * 450 + " Renn said no. " + "y " * 450, "en", "Amber Courier", "x.txt")
    shown = drawn(sheet(of, claim(of, (voice(of, "Renn", "said", "say", "person"),), "no", Certainty()), 80, coloured=False))
    assert "… x x" in shown
    assert "y y …" in shown
    assert shown.count("x") < 300


def test_of_two_marks_on_one_place_the_later_wins() -> None:
    cut = view.cut("abcd", Span(0, 4), [(Span(0, 3), "red"), (Span(2, 9), "blue")])
    assert [(cut.plain[s.start : s.end], s.style) for s in cut.spans] == [("ab", "red"), ("c", "blue"), ("d", "blue")]
