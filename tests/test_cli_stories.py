"""Reports that were added, compared from the command line: what is told of stories, origins, days, and what people decide."""

import json
from pathlib import Path

import pytest

from onrecord.cli import main
from onrecord.store import Store
from onrecord.store.stories import Stories

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"


@pytest.fixture
def record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    path = str(tmp_path / "r.db")
    assert main(["add", str(EXAMPLES), "--record", path]) == 0
    assert main(["corroborate", "--record", path]) == 0
    capsys.readouterr()
    return path


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main([*words]) == 0
    return capsys.readouterr().out


def test_what_was_compared_is_not_compared_again(record: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(said(capsys, "corroborate", "--record", record, "--json")) == {
        "compared": 0,
        "links": 0,
        "made": 0,
        "stories": 2,
    }


def test_stories_are_listed_and_shown_with_outlets_and_origins(record: str, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [json.loads(line) for line in said(capsys, "stories", "--record", record, "--json").splitlines()]
    assert [len(row["reports"]) for row in rows] == [3, 3]
    shown = said(capsys, "story", rows[0]["id"][:8], "--record", record)
    assert "outlets" in shown
    assert "where they differ" in shown
    assert said(capsys, "story", rows[0]["reports"][0][:8], "--record", record) == shown


def test_the_account_of_a_claim_tells_the_words_that_led_to_each_origin(record: str, capsys: pytest.CaptureFixture[str]) -> None:
    with Store(record) as store:
        claim = next(c for c in store.claims(voice="Lena Orvik") if c.text.startswith("no state"))
    account = json.loads(said(capsys, "origins", claim.id, "--record", record, "--json"))
    assert claim.id in account["claims"]
    assert "the last voice is" in said(capsys, "origins", claim.id[:8], "--record", record)


def test_a_voice_has_a_history_in_both_languages_and_days_have_a_line(record: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, "history", "--voice", "Lena Orvik", "--record", record)
    assert "国際海峡を閉ざす権利はどの国にもない" in told
    assert "no state had the right to close an international strait" in told
    assert "2026-04" in said(capsys, "timeline", "--record", record)
    assert main(["history", "--record", record]) == 1


def test_a_link_that_somebody_overruled_is_no_dispute_any_more_until_that_is_undone(
    record: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with Store(record) as store:
        link = next(x for x in Stories(store).links(of="claim") if x.verdict == "contradicts")
    said(capsys, "overrule", link.id[:8], "unrelated", "--by", "tester", "--record", record)
    said(capsys, "corroborate", "--record", record)
    with Store(record) as store:
        assert next(x for x in Stories(store).links() if x.id == link.id).verdict == "unrelated"
        assert not any(link.id in a.disputes for kept in Stories(store).stories() for a in kept.story.accounts)
        (verdict,) = store.verdicts()
    said(capsys, "actors", "undo", verdict.id, "--record", record)
    said(capsys, "corroborate", "--record", record)
    with Store(record) as store:
        assert any(link.id in a.disputes for kept in Stories(store).stories() for a in kept.story.accounts)


def test_a_story_goes_with_a_report_that_is_removed(record: str, capsys: pytest.CaptureFixture[str]) -> None:
    with Store(record) as store:
        report = next(store.stored()).id
    said(capsys, "remove", report, "--record", record)
    done = json.loads(said(capsys, "corroborate", "--record", record, "--json"))
    assert (done["compared"], done["stories"]) == (0, 2)


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("story", "zzzz"), "there is no story zzzz"),
        (("overrule", "zzzz", "same"), "there is no link zzzz"),
        (("overrule", "zzzz", "nonsense"), "is no verdict on a link"),
    ],
)
def test_a_mistake_is_told_in_one_line(record: str, words: tuple[str, ...], part: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words, "--record", record]) == 1
    assert part in capsys.readouterr().err
