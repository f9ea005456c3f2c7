"""Work on one file goes in; what it gives comes out, and a Failure where it breaks off: a batch goes on after any error."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from onrecord.errors import OnrecordError, OptionError, UnknownNameError
from onrecord.record import Failure

LONGEST = 300  # characters of a foreign error's words in a message
T = TypeVar("T")


def attempt(work: Callable[[], Iterable[T]], file: str, stage: str) -> Iterator[T | Failure]:
    """Yield what `work` gives, and a Failure where it breaks off: the one place where a batch goes on after any error.

    Mistakes of the user pass through, since they would be the same for every file.
    """
    try:
        yield from work()
    except (OptionError, UnknownNameError):
        raise
    except Exception as error:  # noqa: BLE001  # one report's bug must not end a run over a million
        yield Failure(file, stage, type(error).__name__, encodable(_line(error, file, stage)))


def _line(error: Exception, file: str, stage: str) -> str:
    if isinstance(error, OnrecordError):
        return str(error)
    words = " ".join(str(error).split())[:LONGEST]
    return f"{file}: {stage} failed with {type(error).__name__} ({words}); this is a mistake in onrecord, please report it"


def encodable(words: str) -> str:
    """Write bytes of a file name that are no UTF-8 as escapes: a record holds text only."""
    return words.encode("utf-8", "backslashreplace").decode("utf-8")
