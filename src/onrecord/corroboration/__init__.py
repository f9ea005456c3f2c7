"""A record in, the same with links between its reports and claims, and the stories and accounts that these come to, out."""

from collections.abc import Iterable

from onrecord.corroboration import copies, near
from onrecord.corroboration.copies import linked
from onrecord.corroboration.keep import Summary, corroborate
from onrecord.corroboration.sketch import sketch
from onrecord.corroboration.weigh import Weighed, story, weigh
from onrecord.record import Report

__all__ = ["Summary", "Weighed", "corroborate", "linked", "stories", "story", "weigh"]


def stories(reports: Iterable[Report]) -> tuple[tuple[str, ...], ...]:
    """Return the ids of the reports of each story: those that tell of one happening."""
    told = [sketch(r) for r in reports]
    return near.stories(told, ((link.a, link.b) for link in copies.links(told)))
