"""Words in, the date or date-time that they name in ISO 8601 out."""

import re
import unicodedata
from datetime import date, datetime
from email.utils import parsedate_to_datetime

NOON = 12
NUMBERS = re.compile(
    r"(?P<year>\d{4})\s?[-/.年]\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})日?"
    r"(?:\s*\(?[月火水木金土日]?\)?\s*(?:(?P<half>午前|午後)\s?)?(?P<hour>\d{1,2})\s?[:時]\s?(?P<minute>\d{1,2})分?)?"
)


def iso(words: str | None) -> str | None:
    """Return `words` as an ISO 8601 date or date-time, None where they are none.

    Read are ISO 8601 itself, dates in numbers from the year down (2023/9/12, 2023年9月12日 18:30), and the dates of mail
    headers (RFC 5322).
    """
    if not words:
        return None
    plain = unicodedata.normalize("NFKC", words).strip()
    return _from_iso(plain) or _from_numbers(plain) or _from_mail(plain)


def _from_iso(words: str) -> str | None:
    if not re.match(r"\d{4}-?\d\d-?\d\d", words):
        return None
    # Before Python 3.13 a zone after a blank is not read.
    tight = re.sub(r"(\d) ([+-]\d\d:?\d\d)$", r"\1\2", words)
    try:
        return date.fromisoformat(tight).isoformat()
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(tight).isoformat()
    except ValueError:
        return None


def _from_numbers(words: str) -> str | None:
    found = NUMBERS.fullmatch(words)
    if not found:
        return None
    year, month, day = (int(found[name]) for name in ("year", "month", "day"))
    hour = int(found["hour"] or 0) + (12 if found["half"] == "午後" and int(found["hour"]) < NOON else 0)
    try:
        moment = datetime(year, month, day, hour, int(found["minute"] or 0))  # noqa: DTZ001  # the words name no zone
    except ValueError:
        return None
    return moment.isoformat() if found["hour"] else moment.date().isoformat()


def _from_mail(words: str) -> str | None:
    try:
        return parsedate_to_datetime(words).isoformat()
    except (ValueError, TypeError, IndexError):
        return None
