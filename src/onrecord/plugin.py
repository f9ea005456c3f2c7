"""Finds readers, languages, exporters and runners by name: first in our folders, then in installed packages."""

from functools import cache
from importlib import import_module, metadata
from pkgutil import iter_modules
from types import ModuleType

from onrecord.errors import UnknownNameError


@cache
def names(room: str) -> tuple[str, ...]:
    """List everything that the open room `room` offers, ours and installed, in alphabetical order."""
    path = import_module(f"onrecord.{room}").__path__
    ours = {m.name for m in iter_modules(path) if not m.name.startswith("_")}
    theirs = {entry.name for entry in metadata.entry_points(group=f"onrecord.{room}")}
    return tuple(sorted(ours | theirs))


@cache
def load(room: str, name: str) -> ModuleType:
    """Import the module behind `name`; nothing else in `room` is imported. Raises UnknownNameError where there is none."""
    if name not in names(room):
        raise UnknownNameError(f"no {room[:-1]} is called {name!r}; there are: {', '.join(names(room))}")
    path = import_module(f"onrecord.{room}").__path__
    if any(m.name == name for m in iter_modules(path)):
        return import_module(f"onrecord.{room}.{name}")
    (entry, *_) = metadata.entry_points(group=f"onrecord.{room}", name=name)
    return import_module(entry.module)
