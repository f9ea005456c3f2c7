"""
Turns news reports into a record of who said what, how sure, and from which words.

The verbs `read extract add reread corroborate export`, the record itself as `Store`, the nouns, and the one error that all others
are.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from onrecord.errors import OnrecordError
from onrecord.record import (
    Account,
    Actor,
    Certainty,
    Claim,
    Event,
    Failure,
    Link,
    Mention,
    Moment,
    Origin,
    Reason,
    Report,
    Span,
    Step,
    Story,
    Verdict,
    Voice,
)
from onrecord.version import __version__

# For type checkers only: a verb is imported when it is first used, so that `import onrecord` stays quick and light.
if TYPE_CHECKING:
    from onrecord.corroboration import corroborate
    from onrecord.exporters import export
    from onrecord.extraction import extract
    from onrecord.readers import Given, read
    from onrecord.runners import Summary, add, reread
    from onrecord.store import Hit, Presence, Store
else:

    def __getattr__(name: str) -> object:
        if name not in ROOMS:
            raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
        return getattr(import_module(f"onrecord.{ROOMS[name]}"), name)


__all__ = [
    "Account", "Actor", "Certainty", "Claim", "Event", "Failure", "Given", "Hit", "Link", "Mention", "Moment", "OnrecordError",
    "Origin", "Presence", "Reason", "Report", "Span", "Step", "Store", "Story", "Summary", "Verdict", "Voice", "__version__", "add",
    "corroborate", "export", "extract", "read", "reread",
]  # fmt: skip

ROOMS = {
    "Given": "readers", "Hit": "store", "Presence": "store", "Store": "store", "Summary": "runners", "add": "runners",
    "corroborate": "corroboration",
    "export": "exporters", "extract": "extraction", "read": "readers", "reread": "runners",
}  # fmt: skip


def __dir__() -> list[str]:
    return sorted({*globals(), *ROOMS})
