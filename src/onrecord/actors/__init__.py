"""Names in, actors out: the knowledge base, and the resolver that says which of its actors a name in a report is.

`resolve` reads the names of one report together; `base` is the knowledge that ships, `known` one of other entries, `joined` the
base with a user's own.
"""

from onrecord.actors.codes import codes
from onrecord.actors.knowledge import Entry, Knowledge, base, known
from onrecord.actors.own import joined
from onrecord.actors.resolve import Found, Named, resolve
from onrecord.actors.scan import Spotted, spotted

__all__ = ["Entry", "Found", "Knowledge", "Named", "Spotted", "base", "codes", "joined", "known", "resolve", "spotted"]
