"""
Every error this package raises on purpose.

* OnrecordError           shown to the user in one line, never as a traceback
  + ReadError             a file cannot be read as a report
  + LanguageError         a language folder is missing or malformed, or a language is not supported
  + ActorError            a file of actors cannot be used, or what is to be decided of an actor contradicts what was
  + RecordError           a record file cannot be opened, read or written
  + UnknownNameError      no reader, language, exporter, runner, report, claim, actor or verdict has that name
  + OptionError           an option's value cannot be used
  + MissingPackageError   an optional package is needed and not installed
"""


class OnrecordError(Exception):
    """Base class: being one means "shown to the user in one line": what, where, and the mend."""


class ReadError(OnrecordError):
    """A file cannot be read as a report."""


class LanguageError(OnrecordError):
    """A language folder is missing or malformed, or a language is not supported."""


class ActorError(OnrecordError):
    """A file of actors cannot be used, or what is to be decided of an actor contradicts what was."""


class RecordError(OnrecordError):
    """A record file cannot be opened, read or written."""


class UnknownNameError(OnrecordError):
    """No reader, language, exporter, runner, report, claim, actor or verdict has that name."""


class OptionError(OnrecordError):
    """An option's value cannot be used."""


class MissingPackageError(OnrecordError):
    """An optional package is needed and not installed."""
