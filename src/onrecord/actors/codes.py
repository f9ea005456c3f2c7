"""An actor of the base in, the codes that others know it by out."""

from onrecord.actors.knowledge import Entry, Knowledge

STATE, ALPHA_3 = "state.", 3


def codes(entry: Entry, base: Knowledge) -> dict[str, str]:
    """Return the codes of an actor as `Actor.codes` has them; only those that are known."""
    owner = base.get(entry.of)
    country = entry.cameo or (owner.cameo if owner else None)
    iso = entry.id.removeprefix(STATE).upper()
    found = {
        "iso": iso if entry.id.startswith(STATE) and len(iso) == ALPHA_3 else None,
        "cameo": entry.cameo or (f"{country}{entry.sector or ''}" if country else None),
        "sector": entry.sector,
        "of": entry.of,
    }
    return {name: code for name, code in found.items() if code}
