import tomllib
from importlib.resources import files
from typing import get_args

import pytest

from onrecord import record

LISTS = tomllib.loads(files("onrecord").joinpath("ontology.toml").read_text("utf-8"))
LITERALS = {
    "act": record.Act,
    "voice_kind": record.VoiceKind,
    "mention_kind": record.MentionKind,
    "level": record.Level,
    "status": record.Status,
    "quote": record.Quote,
    "link_verdict": record.LinkVerdict,
    "link_type": record.LinkType,
    "independence": record.Independence,
    "origin_kind": record.OriginKind,
}


@pytest.mark.parametrize("name", LITERALS)
def test_the_closed_list_has_the_terms_of_its_literal_in_the_same_order(name: str) -> None:
    assert tuple(LISTS[name]) == get_args(LITERALS[name])


@pytest.mark.parametrize("name", LISTS)
def test_each_term_is_defined_in_one_sentence(name: str) -> None:
    for term, meaning in LISTS[name].items():
        assert meaning.endswith("."), term
        assert meaning.count(". ") == 0, term
