"""Drafts in, reports of invented outlets out: who prints a text, on which day, and what it says of where it has it from."""

from datetime import date, timedelta
from itertools import islice
from random import Random
from typing import NamedTuple

from msgspec.structs import replace

from bench import drafts, sets
from bench.drafts import Credit, Draft
from onrecord.record import Report, report_id

SEED = 1
# Shares: own reports that thank agencies, reprints that are credited. Sentences of an outlet's own.
THANKED, CREDITED, OWN = 0.2, 0.6, (3, 5)
NEW_YEAR = date(2031, 1, 1)


class Piece(NamedTuple):
    """A report, and the draft it was printed from."""

    report: Report
    draft: Draft


class Desk:
    """What the reports of one case share: the draw, the agency, the day, what outlets and sentences are left."""

    def __init__(self, name: str, lang: str) -> None:
        self.draw = Random(f"{SEED} {name}")  # noqa: S311  a draw, no secret
        self.agency = self.draw.choice(drafts.tables(lang).agencies)
        self.outlets = drafts.outlets(lang, self.draw)
        self.day = NEW_YEAR + timedelta(days=self.draw.randrange(360))
        self.lang = lang
        self._padding = iter(self.draw.sample(drafts.tables(lang).padding, len(drafts.tables(lang).padding)))

    def issue(self, draft: Draft, credit: Credit, publisher: str | None = None) -> Piece:
        """Print a text in the next outlet, on the day itself or up to two days later, or at the agency on the day."""
        town = self.draw.choice(drafts.tables(self.lang).towns)
        text = drafts.printed(draft, credit, self.agency, town, self.day)
        return self.keep(draft, text, publisher)

    def keep(self, draft: Draft, text: str, publisher: str | None = None) -> Piece:
        """Make a report of a text."""
        late = 0 if publisher else self.draw.randrange(3)
        return Piece(printed_by(text, self.lang, publisher or next(self.outlets), self.day + timedelta(days=late)), draft)

    def own(self) -> list[str]:
        """Write sentences that no other report of the case has; none once the desk has written all it can."""
        return list(islice(self._padding, self.draw.randint(*OWN)))

    def credit(self) -> Credit:
        """Draw how a reprint is credited, or that it is not."""
        return self.draw.choice(drafts.tables(self.lang).credits) if self.draw.random() < CREDITED else Credit()

    def thanks(self) -> Credit:
        """Draw whether an outlet's own report says that agencies helped: no sign of a copy."""
        return drafts.tables(self.lang).thanks if self.draw.random() < THANKED else Credit()

    def reprint(self, draft: Draft) -> Piece:
        """Print a text that another has written."""
        credit = self.credit()
        said = "uncredited" if credit == Credit() else "credited"
        return self.issue(draft._replace(ways=(*draft.ways, said)), credit)


def printed_by(text: str, lang: str, publisher: str, day: date) -> Report:
    """Make the report of an invented outlet."""
    made = sets.report(text, lang, published=day.isoformat())
    return replace(made, publisher=publisher, id=report_id(text, None, publisher, made.published))
