"""Reports and claims in: copies, translations, stories, accounts, origins; all reports are invented."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import extract, languages
from onrecord.corroboration import linked, stories, story, weigh
from onrecord.corroboration.alike import one_body, one_outlet, one_person
from onrecord.corroboration.credits import credited
from onrecord.corroboration.near import linked as joined
from onrecord.corroboration.sketch import sketch
from onrecord.corroboration.terms import alike, terms
from onrecord.corroboration.translated import path
from onrecord.record import Account, Claim, Report, Span, report_id

FERRY = (
    "A fire in the engine room of the ferry Saint Oda forced the evacuation of all 212 people on board early Thursday, the Varn "
    "Coast Rescue Service said.\n\nLifeboats from three harbours met the vessel some nine miles off Cape Ellin, the service added. "
    "The owner, Lindmar Lines, did not answer calls."
)
MARKET = (
    "The fish market of Tessel will move to the northern quay in May, mayor Alda Renn told the council on Friday. Traders asked "
    "for more room for ten years. The move will cost 4 million crowns."
)
BRIDGE_EN = (
    "The bridge over the Tessa collapsed on Monday after two weeks of rain. Twelve people were killed, the fire service of Arlund "
    "said. The mayor of the town, Alda Renn, asked the government for help. Schools will stay closed until Friday. Trains are "
    "stopping in Harbin instead. Engineers had warned in 2019 that the bridge was weak."
)
BRIDGE_JA = (
    "2週間続いた雨のため、テッサ川にかかる橋が月曜日に崩落した。アーランド消防によると、12人が死亡した。町のアルダ・レン市長は政府に支援を求めた。"
    "学校は金曜日まで休校となる。列車は代わりにハービンに停車している。技術者らは2019年に、橋が弱っていると警告していた。"
)


def made(text: str, publisher: str, published: str | None = "2031-04-03", lang: str = "en") -> Report:
    return Report(
        report_id(text, None, publisher, published), text, Span(0, len(text)), lang, publisher=publisher, published=published
    )


def verdicts(*reports: Report) -> set[str]:
    return {link.verdict for link in linked(reports)}


# Copies and translations


def test_a_reprint_with_another_head_and_a_sentence_less_is_a_copy_and_shows_its_passages() -> None:
    original = made(FERRY, "Norla Press")
    reprint = made(
        "Ferry burns.\n\n" + FERRY.replace(" The owner, Lindmar Lines, did not answer calls.", ""), "Inland Mercury", "2031-04-04"
    )
    (link,) = linked([original, reprint])
    assert (link.verdict, link.first) == ("copy", original.id)
    spans = [(r.a, r.b) for r in link.why if r.a and r.b]
    first, second = (original, reprint) if link.a == original.id else (reprint, original)
    assert spans
    assert all(a.of(first.text)[:20] == b.of(second.text)[:20] for a, b in spans)


def test_two_texts_of_one_day_do_not_tell_which_came_first() -> None:
    (link,) = linked([made(FERRY, "Norla Press"), made(FERRY + " Weather: rain.", "Inland Mercury")])
    assert link.first is None
    assert any("not known" in reason.text for reason in link.why)


def test_two_reports_that_quote_the_same_words_are_no_copies() -> None:
    words = (
        "“We saw smoke at four, and by five there was nothing left of the engine room that anybody could have saved,” Renn said."
    )
    one = made("Alda Renn spoke to reporters at the quay. " + words, "Varn Courier")
    other = made("It was a long night for the crew of the ferry that burned off Cape Ellin this week. " + words, "Tessel Star")
    assert verdicts(one, other) == set()


def test_reports_on_two_things_are_not_linked() -> None:
    assert verdicts(made(FERRY, "Norla Press"), made(MARKET, "Tessel Star")) == set()


def test_a_japanese_reprint_is_found_by_its_letters() -> None:
    assert verdicts(made(BRIDGE_JA, "港湾通信", lang="ja"), made("橋崩落　" + BRIDGE_JA[:90], "海辺新聞", lang="ja")) == {"copy"}


def test_a_translation_is_found_and_another_report_is_not() -> None:
    assert verdicts(made(BRIDGE_EN, "Harbour Wire"), made(BRIDGE_JA, "港湾通信", lang="ja")) == {"translation"}
    assert verdicts(made(FERRY, "Harbour Wire"), made(BRIDGE_JA, "港湾通信", lang="ja")) == set()


def test_a_report_long_after_is_no_translation() -> None:
    assert verdicts(made(BRIDGE_EN, "Harbour Wire"), made(BRIDGE_JA, "港湾通信", "2031-06-03", lang="ja")) == set()


@pytest.mark.parametrize("text", ["", "。", "x", "「」", "\n\n", "A" * 5000, "\u202e\x00"])
def test_empty_and_odd_texts_are_linked_with_nothing(text: str) -> None:
    assert linked([made(text, "A"), made(MARKET, "B")]) == ()


def test_the_best_way_through_a_matrix_keeps_the_order() -> None:
    assert path(np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1]], np.float32)) == 3
    assert path(np.array([[0, 0, 1], [0, 1, 0], [1, 0, 0]], np.float32)) == 1


# Credits


CREDITS = [
    pytest.param(code, rule, id=f"{code}: {rule.example[0][:24]}")
    for code in ("en", "ja")
    for rule in languages.get(code).origins.credits
]


@pytest.mark.parametrize(("code", "rule"), CREDITS)
def test_each_credit_reads_its_example(code: str, rule: object) -> None:
    found = credited(made(rule.example[0], "Somebody Else", lang=code))  # type: ignore[attr-defined]
    assert found is not None
    assert (found.outlet, found.partly) == (rule.example[1], rule.partly)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text", ["The bridge fell.\n\nThe building dated from 1788.", "He left. Nobody Knows.", "The bridge (built 1990) fell."]
)
def test_what_only_looks_like_a_credit_is_none(text: str) -> None:
    assert credited(made(text, "Tessel Star")) is None


def test_an_outlet_does_not_credit_itself() -> None:
    assert credited(made("TESSEL (Tessel Star) -- The bridge fell.", "The Tessel Star")) is None


# Stories


def test_reports_on_one_thing_are_one_story_and_others_are_not() -> None:
    other = FERRY.replace("A fire", "An engine fire").replace("early Thursday", "before dawn on Thursday")
    found = stories(
        [
            made(FERRY, "Norla Press"),
            made("All were saved from the Saint Oda ferry off Cape Ellin. " + other, "B"),
            made(MARKET, "C"),
        ]
    )
    assert sorted(len(group) for group in found) == [1, 2]


def test_a_weak_likeness_to_each_of_two_groups_does_not_join_them() -> None:
    pairs = {(0, 1): 0.9, (2, 3): 0.9, (1, 2): 0.3}
    assert joined(4, pairs) == [[0, 1], [2, 3]]


def test_the_weights_of_words_add_up_and_a_text_is_like_itself() -> None:
    own = terms(FERRY)
    assert alike(own, own) == pytest.approx(1.0)
    assert alike(own, terms(MARKET)) < 0.1


# Names


@pytest.mark.parametrize(
    ("test", "one", "other", "expected"),
    [
        (one_person, "Piet Orsk", "Orsk", True),
        (one_person, "Piet Orsk", "Jan Orsk", False),
        (one_person, "Alda Renn", "アルダ・レン", True),
        (one_person, "Hester Vane", "アルダ・レン", False),
        (one_person, "潮見健", "潮見", True),
        (one_body, "Belvar's Foreign Ministry", "Foreign Ministry of Belvar", True),
        (one_body, "Foreign Ministry", "Finance Ministry", False),
        (one_outlet, "The Norla Press", "Norla Press agency", True),
        (one_outlet, "Norla Press", "Tessel Press", False),
        (one_outlet, "Norla Press", "ノルラ通信", True),
    ],
)
def test_whether_two_names_are_one(test: object, one: str, other: str, expected: bool) -> None:  # noqa: FBT001  # a case
    assert test(one, other) is expected  # type: ignore[operator]
    assert test(other, one) is expected  # type: ignore[operator]


# Accounts and origins


def accounts(*reports: Report) -> tuple[list[Account], dict[str, Claim]]:
    found = weigh(reports, [c for r in reports for c in extract(r)])
    return [a for s in found.stories for a in s.accounts], {c.id: c for c in found.claims}


def about(words: str, *reports: Report) -> Account:
    found, claims = accounts(*reports)
    return next(a for a in found if any(words in claims[i].text for i in a.claims))


AGENCY = made("VARNHOLM, April 3 (Norla Press) -- " + FERRY, "Norla Press")


def test_five_outlets_with_the_text_of_one_agency_are_one_origin() -> None:
    prints = [made("VARNHOLM (Norla Press) -- " + FERRY, f"Paper {n}", "2031-04-04") for n in ("Ash", "Birch", "Cedar", "Elm")]
    found = about("forced the evacuation", AGENCY, *prints)
    assert (len(found.outlets), len(found.origins), found.independence) == (5, 1, "one_origin")
    assert found.origins[0].name == "Varn Coast Rescue Service"
    assert found.origins[0].witnesses == ("Norla Press",)


def test_who_cites_an_outlet_leads_to_whom_that_outlet_names() -> None:
    citing = made(
        "All 212 people on the burning ferry Saint Oda were brought to safety early Thursday, Norla Press reported.",
        "Inland Mercury",
    )
    found = about("forced the evacuation", AGENCY, citing)
    assert set(found.outlets) == {"Norla Press", "Inland Mercury"}
    assert [o.kind for o in found.origins] == ["body"]


def test_two_anonymous_voices_of_two_texts_prove_nothing() -> None:
    one = made("Belvar will pull its guns back 20 kilometres from the Dorma heights, a senior official said.", "Aldmere Dispatch")
    other = made("Belvar is to pull its guns 20 kilometres back from the Dorma heights, according to a diplomat.", "Kaldun Post")
    found = about("20 kilometres", one, other)
    assert (len(found.origins), found.independence) == (2, "not_shown")


def test_two_named_persons_who_were_each_asked_are_independent() -> None:
    one = made("Eleven people were hurt when the Orrin tower fell, union secretary Bram Oskerry said.", "Kesh Valley Times")
    other = made(
        "Eleven people were injured in the fall of the Orrin tower, said Sunniva Rade, who treated them.", "Keshmouth Star"
    )
    found = about("Eleven people", one, other)
    assert (len(found.origins), found.independence) == (2, "independent")


def test_one_person_asked_by_two_outlets_is_one_origin_with_two_witnesses() -> None:
    one = made("Some 430 homes were flooded in Quillan, Mayor Piet Orsk told the council.", "Quillan Record")
    other = made("Mayor Piet Orsk said in an interview that 430 homes in Quillan were flooded.", "Delta Radio")
    found = about("430 homes", one, other)
    assert (found.independence, found.origins[0].witnesses) == ("one_origin", ("Delta Radio", "Quillan Record"))


def test_two_numbers_of_one_thing_are_two_accounts_with_a_dispute() -> None:
    one = made("Eleven people were injured when the Orrin tower fell, union secretary Bram Oskerry said.", "Kesh Valley Times")
    other = made("Six people were injured when the Orrin tower fell, mayor Piet Orsk said.", "Keshmouth Star")
    found, claims = accounts(one, other)
    eleven = next(a for a in found if any("Eleven" in claims[i].text for i in a.claims))
    assert len(eleven.outlets) == 1
    assert len(eleven.disputes) == 1


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10**6))
def test_the_order_of_arrival_changes_nothing(seed: int) -> None:
    reports = [
        AGENCY,
        made(MARKET, "Tessel Star"),
        made(BRIDGE_EN, "Harbour Wire"),
        made(BRIDGE_JA, "港湾通信", "2031-04-04", lang="ja"),
        made("VARNHOLM (Norla Press) -- " + FERRY, "Paper Ash", "2031-04-04"),
    ]
    claims = [c for r in reports for c in extract(r)]
    expected = weigh(reports, claims)
    draw = random.Random(seed)  # noqa: S311  # an order, no secret
    assert weigh(draw.sample(reports, len(reports)), draw.sample(claims, len(claims))) == expected


@given(st.text(max_size=200))
@settings(max_examples=30, deadline=None)
def test_any_text_has_a_sketch(text: str) -> None:
    found = sketch(made(text, "A"))
    assert len(found.sentences) == len(found.lengths) == len(found.marks)


def test_a_copy_in_another_story_is_no_copy_in_this_one() -> None:
    link = next(x for x in linked([AGENCY, made("VARNHOLM (Norla Press) -- " + FERRY, "Paper Ash")]))
    alone = story([AGENCY], {AGENCY.id: extract(AGENCY)}, [link])
    assert [s.reports for s in alone.stories] == [(AGENCY.id,)]


def test_every_reason_cuts_words_of_its_report() -> None:
    citing = made("All 212 people on the ferry Saint Oda were saved, Norla Press reported.", "Inland Mercury")
    found, _ = accounts(AGENCY, citing)
    texts = {r.id: r.text for r in (AGENCY, citing)}
    for report, reason in (pair for a in found for o in a.origins for pair in o.why):
        assert reason.a is None or reason.a.of(texts[report]).strip()
