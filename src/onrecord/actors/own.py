"""A user's file of actors in, checked entries out: TOML, CSV with a row a name, or FollowTheMoney's JSON with a line an entity."""

import csv
import re
import tomllib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import DecodeError, Struct, ValidationError, convert, json
from msgspec.structs import replace

from onrecord.actors.knowledge import Entry, Knowledge, Names, base
from onrecord.actors.names import plain
from onrecord.actors.unite import LOCAL
from onrecord.errors import ActorError
from onrecord.record import ActorKind

COLUMNS = ("id", "kind", "lang", "name", "of")
# The first part of an id that has none, after the base's.
ROOMS: dict[ActorKind, str] = {
    "person": "person", "organization": "body", "government": "ministry", "outlet": "outlet", "group": "group", "place": "place",
}  # fmt: skip
KNOWN = ("state", "office", "force", "local")
# https://followthemoney.tech/explorer/schemata/: other entities are passed over.
SCHEMATA: dict[str, ActorKind] = {
    "Person": "person", "Organization": "organization", "Company": "organization", "PublicBody": "government",
}  # fmt: skip
# The language that a name is taken to be of where nobody says, by its letters.
LETTERS = {"ja": "[ぁ-ゖァ-ヺ一-鿿]", "ko": "[가-힣]", "ru": "[Ѐ-ӿ]", "ar": "[؀-ۿ]", "el": "[Ͱ-Ͽ]"}
LATIN = "en"
BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]")


class Entity(Struct, frozen=True):
    """An entity of FollowTheMoney, as far as we use it."""

    id: str
    schema: str
    properties: dict[str, tuple[str, ...]] = {}


class Table(Struct, frozen=True, forbid_unknown_fields=True):
    """A TOML file of actors."""

    actors: tuple[Entry, ...]


def joined(own: Sequence[Entry]) -> Knowledge:
    """Return the base that ships with a user's own actors; a name that they give to somebody is nobody else's any more.

    An actor of the base that the user brings, too, keeps what it has, and gains the names.
    """
    if not own:
        return base()
    whole = base().extended(_gained(e, base().get(e.id)) for e in own)
    bearers: dict[str, set[str]] = {}
    for entry in own:
        for name in {plain(n) for names in entry.names.values() for n in names}:
            bearers.setdefault(name, set()).add(entry.id)
    senses = {name: tuple(s for s in whole.senses[name] if s.partition(" ")[2] in ids) for name, ids in bearers.items()}
    return replace(whole, senses=whole.senses | senses)


def read(path: Path, *, others: Container[str] = ()) -> tuple[Entry, ...]:
    """Read the actors of a file; an actor may belong to one of the base, of the file, or of `others`.

    Raises ActorError, which names the file, the place in it and the mend.
    """
    form = FORMS.get(path.suffix.lower())
    if form is None:
        raise ActorError(f"{path}: this is no file of actors; give one that ends in {', '.join(FORMS)}")
    entries = tuple(form(path, _text(path)))
    if not entries:
        raise ActorError(f"{path}: no actor stands in it; docs/actors.md shows how to write one")
    ids = {e.id for e in entries}
    for entry in entries:
        if fault := _fault(entry, lambda i: i in ids or i in others or i in base().entries):
            raise ActorError(f"{path}: entry {entry.id!r}: {fault}")
    return entries


def single(name: str, kind: ActorKind) -> Entry:
    """Make an entry of one name. Raises ActorError where there is nothing in the name."""
    entry = Entry(f"{ROOMS[kind]}.own-{plain(name).replace(' ', '-')}", kind, {language(name): (name.strip(),)})
    if fault := _fault(entry, lambda _: True):
        raise ActorError(f"actor {name!r}: {fault}")
    return entry


def language(name: str) -> str:
    """Return the language that a name is taken to be of, by its letters."""
    return next((code for code, letters in LETTERS.items() if re.search(letters, name)), LATIN)


def _gained(own: Entry, shipped: Entry | None) -> Entry:
    return replace(shipped, names=_together(own.names, shipped.names), of=own.of or shipped.of) if shipped else own


def _together(first: Names, second: Names) -> Names:
    langs = {**first, **second}
    return {lang: tuple(dict.fromkeys((*first.get(lang, ()), *second.get(lang, ())))) for lang in langs}


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise ActorError(f"{path}: no such file; check the name, or say --kind to add an actor of that name") from error
    except UnicodeDecodeError as error:
        raise ActorError(f"{path}: byte {error.start} is no UTF-8; save the file as UTF-8") from error


def _fault(entry: Entry, is_known: Callable[[str], bool]) -> str:
    if not entry.id or BLANKS.search(entry.id) or entry.id.startswith(LOCAL):
        return f"an id has no blanks and does not begin with {LOCAL!r}; write it like person.renn-alda"
    if (entry.kind == "person") != entry.id.startswith("person."):
        return f"a {entry.kind} has an id that begins with {ROOMS[entry.kind]!r}; mend id or kind"
    if not any(plain(name) for names in entry.names.values() for name in names):
        return "no name stands there; give one at least"
    if entry.of and not is_known(entry.of):
        return f"belongs to {entry.of!r}, which nobody knows; write the id of a state, like state.jpn, or add that actor too"
    return ""


# TOML


def _toml(path: Path, text: str) -> Iterator[Entry]:
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ActorError(f"{path}: this is no TOML: {error}; mend that place") from error
    for at, row in enumerate(_rows(raw)):
        if unknown := set(row) - set(Entry.__struct_fields__):
            raise ActorError(f"{path}: [[actors]] number {at + 1} has {min(unknown)!r}, which no actor has; take it out")
    try:
        table = convert(raw, Table)
    except ValidationError as error:
        raise ActorError(f"{path}: {_place(raw, str(error))}; mend it") from error
    yield from (replace(e, id=_roomed(e.id, e.kind)) for e in table.actors)


def _rows(raw: Mapping[str, object]) -> list[dict[str, object]]:
    rows = raw.get("actors")
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _place(raw: Mapping[str, object], message: str) -> str:
    """Turn msgspec's `$.actors[3].kind` into what a person can find."""
    hit = re.search(r"^(.*?)(?: - at `\$(?:\.actors\[(\d+)\])?\.?([^`]*)`)?$", message)
    if not hit or not hit[2]:
        return message.replace(" - at `$`", "")
    called = _rows(raw)[int(hit[2])].get("id") if int(hit[2]) < len(_rows(raw)) else None
    return f"{f'entry {called!r}' if called else f'[[actors]] number {int(hit[2]) + 1}'}: {f'{hit[3]}: ' if hit[3] else ''}{hit[1]}"


# CSV


def _csv(path: Path, text: str) -> Iterator[Entry]:
    table = csv.DictReader(text.splitlines())
    if missing := [name for name in ("id", "kind", "name") if name not in (table.fieldnames or ())]:
        raise ActorError(f"{path}: the first line lacks {', '.join(missing)}; it must name the columns: {','.join(COLUMNS)}")
    found: dict[str, Entry] = {}
    for place, row in _lines(path, table):
        entry = _entry(place, {name: (row.get(name) or "").strip() for name in COLUMNS})
        found[entry.id] = _put(place, found.get(entry.id), entry)
    yield from found.values()


def _lines(path: Path, table: "csv.DictReader[str]") -> Iterator[tuple[str, dict[str, str]]]:
    try:
        yield from ((f"{path}: line {table.line_num}", row) for row in table)
    except csv.Error as error:
        raise ActorError(f"{path}: line {table.line_num} is no CSV ({error}); mend it") from error


def _entry(place: str, row: Mapping[str, str]) -> Entry:
    if row["kind"] not in ROOMS:
        raise ActorError(f"{place}: kind {row['kind']!r} is not one of: {', '.join(ROOMS)}")
    kind = convert(row["kind"], ActorKind)
    names: Names = {row["lang"] or language(row["name"]): (row["name"],)} if row["name"] else {}
    return Entry(_roomed(row["id"], kind), kind, names, of=row["of"] or None)


def _put(place: str, before: Entry | None, entry: Entry) -> Entry:
    """Add the name of a row to what earlier rows say of the same actor."""
    if before is None:
        return entry
    if before.kind != entry.kind:
        raise ActorError(f"{place}: {entry.id!r} is a {entry.kind} here and a {before.kind} above; give both rows one kind")
    return replace(before, names=_together(before.names, entry.names), of=before.of or entry.of)


# FollowTheMoney


def _ftm(path: Path, text: str) -> Iterator[Entry]:
    shipped = (base().get(i) for i in base().entries if i.startswith("state."))
    states = {state.iso2.lower(): state.id for state in shipped if state and state.iso2}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            entity = json.decode(line, type=Entity)
        except DecodeError as error:
            raise ActorError(f"{path}: line {number} is no entity of FollowTheMoney ({error}); write one as JSON a line") from error
        if entity.schema in SCHEMATA:
            yield _of_entity(entity, states)


def _of_entity(entity: Entity, states: Mapping[str, str]) -> Entry:
    kind, told = SCHEMATA[entity.schema], entity.properties
    of = [states[code.lower()] for code in told.get("country", ()) if code.lower() in states]
    return Entry(
        _roomed(entity.id, kind), kind, _by_language((*told.get("name", ()), *told.get("alias", ()))),
        loose=_by_language(told.get("weakAlias", ())), of=of[0] if of else None,
    )  # fmt: skip


def _by_language(names: Iterable[str]) -> Names:
    found: dict[str, dict[str, None]] = {}
    for name in filter(str.strip, names):
        found.setdefault(language(name), {})[name.strip()] = None
    return {lang: tuple(spellings) for lang, spellings in found.items()}


def _roomed(name: str, kind: ActorKind) -> str:
    """Put the room of a kind before an id that has none of the base's: what an id begins with tells what the actor is."""
    return name if not name or name.partition(".")[0] in (*KNOWN, *ROOMS.values()) else f"{ROOMS[kind]}.{name}"


Form = Callable[[Path, str], Iterator[Entry]]
FORMS: dict[str, Form] = {".toml": _toml, ".csv": _csv, ".json": _ftm, ".jsonl": _ftm, ".ftm": _ftm}
