"""Nothing ungrounded is stored: every word and every step of a claim is cut out of its report."""

from pathlib import Path

import pytest

from onrecord import Report, extract, read

REPORTS = sorted((Path(__file__).parent.parent / "examples" / "reports").iterdir())


def report(file: Path) -> Report:
    (found,) = (r for r in read(file) if isinstance(r, Report))
    return found


@pytest.mark.parametrize("file", REPORTS, ids=lambda f: f.name)
def test_every_word_of_a_claim_stands_in_its_report(file: Path) -> None:
    whole = report(file)
    text, body = whole.text, whole.body
    for claim in extract(whole):
        assert claim.text == " … ".join(span.of(text) for span in claim.content)
        for voice in claim.voices:
            assert voice.name is None or (voice.source is not None and voice.name in voice.source.of(text))
            assert all(words is None or words in text for words in (voice.role, voice.refers_to))
        spans = [
            claim.span,
            *claim.content,
            *claim.sure.evidence,
            *(step.span for step in claim.why),
            *(m.span for m in claim.mentions),
        ]
        assert all(body.start <= span.start < span.end <= body.end for span in spans)
        assert all(mention.span.of(text) == mention.name for mention in claim.mentions)


@pytest.mark.parametrize("file", REPORTS, ids=lambda f: f.name)
def test_each_report_has_claims_and_reading_it_twice_gives_the_same(file: Path) -> None:
    whole = report(file)
    claims = extract(whole)
    assert len(claims) >= 5
    assert claims == extract(whole)
    assert len({claim.id for claim in claims}) == len(claims)


@pytest.mark.parametrize("file", REPORTS, ids=lambda f: f.name)
def test_every_filled_field_has_a_step(file: Path) -> None:
    for claim in extract(report(file)):
        explained = {step.field for step in claim.why}
        wanted = {"content"} | {f"voices.{i}.{f}" for i in range(len(claim.voices)) for f in ("cue", "act")}
        wanted |= {f"voices.{i}.{f}" for i, v in enumerate(claim.voices) for f in ("role", "refers_to") if getattr(v, f)}
        wanted |= {"when"} if claim.when else set()
        assert wanted <= explained
