"""Reports and their claims in; links between them, stories, and accounts with their origins out."""

from collections.abc import Iterable

from onrecord.corroboration import copies, near
from onrecord.corroboration.copies import linked
from onrecord.corroboration.sketch import sketch
from onrecord.record import Report

__all__ = ["linked", "stories"]


def stories(reports: Iterable[Report]) -> tuple[tuple[str, ...], ...]:
    """Return the ids of the reports of each story: those that tell of one happening."""
    told = [sketch(r) for r in reports]
    return near.stories(told, ((link.a, link.b) for link in copies.links(told)))
