"""A title goes in, the office that it names comes out; and the state whose government "Russian authorities" are."""

import re
from functools import cache

from msgspec import Struct

from onrecord.actors.knowledge import Entry, Knowledge, Term
from onrecord.actors.names import plain
from onrecord.languages import Language
from onrecord.languages._who import Office, Who


class Titled(Struct, frozen=True):
    """An office of the table, and the words for its state ("" where none stand there)."""

    office: Office
    state: str

    def fits(self, term: Term, code: str) -> bool:
        """Tell whether a term of the base is in this office: by its title, else by its role."""
        title = plain(term.title.get(code, ""))
        return title in {plain(t) for t in self.office.titles} or term.role in self.office.roles


def office(words: str, language: Language) -> Titled | None:
    """Return the office that a title names; None where it is none of the table."""
    hit = _holder(language.who).search(words) if language.who.offices else None
    if not hit:
        return None
    held = next(o for o in language.who.offices if plain(hit["office"]) in {plain(w) for w in o.words})
    return Titled(held, hit["state"] or hit.groupdict().get("of") or "")


def government(words: str, language: Language, base: Knowledge) -> Entry | None:
    """Return the state whose government the words are: ロシア政府, "the Russian authorities", "the government of Russia"."""
    for rule in language.who.governments:
        if (hit := re.search(rule.match, words)) and (state := base.state(hit["state"])):
            return state
    return None


def is_home(words: str, language: Language) -> bool:
    """Tell whether the words are the government without a state: 政府, "the government"."""
    return bool(language.who.home) and bool(re.search(language.who.home, words))


@cache
def _holder(who: Who) -> re.Pattern[str]:
    words = sorted((re.escape(w) for o in who.offices for w in o.words), key=len, reverse=True)
    return re.compile(who.holder.replace("{office}", "|".join(words)))
