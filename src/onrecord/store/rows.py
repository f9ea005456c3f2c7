"""Nouns in, rows out, and back: the only file that knows which column holds what."""

import sqlite3
import unicodedata
from collections.abc import Iterator

from msgspec import json
from msgspec.structs import astuple

from onrecord.record import Claim, Failure, Report, Span, Verdict, Voice
from onrecord.store import words

REPORT = (
    "id", "lang", "title", "publisher", "authors", "published", "dated_by", "url", "file", "sha256", "reader",
    "body_start", "body_end", "outlet_key", "text",
)  # fmt: skip
CLAIM = ("id", "report", "span_start", "span_end", "level", "moment", "moment_until", "claim")
PUT_REPORT = f"INSERT INTO reports ({', '.join(REPORT)}) VALUES ({', '.join('?' * len(REPORT))})"  # noqa: S608  # our own names
CHANGE_REPORT = f"UPDATE reports SET {', '.join(f'{name} = ?' for name in REPORT)} WHERE n = ?"  # noqa: S608  # our own names
PUT_CLAIM = (
    f"INSERT INTO claims ({', '.join(CLAIM)}) VALUES ({', '.join('?' * len(CLAIM))}) "  # noqa: S608  # our own names
    f"ON CONFLICT (id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in CLAIM)}, withdrawn = 0"
)
CLAIMS = json.Decoder(Claim)
AUTHORS = json.Decoder(tuple[str, ...])

Values = tuple[str | int | None, ...]


def key(*names: str | None) -> str:
    """Write names as they are compared: normal form, case folded, one a line."""
    return "\n".join(unicodedata.normalize("NFKC", name).casefold() for name in names if name)


def put_report(db: sqlite3.Connection, report: Report) -> int:
    """Write a new report and its words; return its row number."""
    n = db.execute(PUT_REPORT, _report_values(report)).lastrowid or 0
    db.execute("INSERT INTO report_words (rowid, body, title) VALUES (?, ?, ?)", (n, *_report_words(report)))
    return n


def change_report(db: sqlite3.Connection, n: int, report: Report) -> None:
    """Write what a later reading of the same text found out about it."""
    db.execute(CHANGE_REPORT, (*_report_values(report), n))
    db.execute("UPDATE report_words SET body = ?, title = ? WHERE rowid = ?", (*_report_words(report), n))


def put_claim(db: sqlite3.Connection, n: int, report: Report, claim: Claim) -> None:
    """Write a claim of the report in row `n`, with its voices, mentions and words, over the one that has the same id."""
    db.execute(PUT_CLAIM, _claim_values(n, claim))
    (at,) = db.execute("SELECT n FROM claims WHERE id = ?", (claim.id,)).fetchone()
    db.execute("DELETE FROM voices WHERE claim = ?", (at,))
    db.execute("DELETE FROM mentions WHERE claim = ?", (at,))
    db.execute("DELETE FROM called WHERE claim = ?", (at,))
    db.execute("DELETE FROM claim_words WHERE rowid = ?", (at,))
    db.executemany("INSERT INTO voices VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _voice_rows(at, report, claim))
    db.executemany("INSERT INTO mentions VALUES (?, ?, ?, ?, ?, ?)", _mention_rows(at, claim))
    db.executemany("INSERT INTO called VALUES (?, ?, ?, ?, ?, ?, ?)", _called_rows(at, claim))
    db.execute("INSERT INTO claim_words (rowid, said, names) VALUES (?, ?, ?)", (at, *_claim_words(report, claim)))


def put_verdict(db: sqlite3.Connection, verdict: Verdict) -> None:
    """Write a verdict."""
    db.execute("INSERT INTO verdicts (id, target, field, value, by, at, undoes) VALUES (?, ?, ?, ?, ?, ?, ?)", astuple(verdict))


def report_of(row: sqlite3.Row) -> Report:
    """Read a report from a row with the columns of `REPORT`."""
    return Report(
        id=row["id"],
        text=row["text"],
        body=Span(row["body_start"], row["body_end"]),
        lang=row["lang"],
        title=row["title"],
        publisher=row["publisher"],
        authors=AUTHORS.decode(row["authors"]),
        published=row["published"],
        dated_by=row["dated_by"],
        url=row["url"],
        file=row["file"],
        sha256=row["sha256"],
        reader=row["reader"],
    )


def claim_of(row: sqlite3.Row) -> Claim:
    """Read a claim from a row with the column `claim`."""
    return CLAIMS.decode(row["claim"])


def failure_of(row: sqlite3.Row) -> Failure:
    """Read a failure from a row of `failures`."""
    return Failure(row["file"], row["stage"], row["error"], row["message"])


def verdict_of(row: sqlite3.Row) -> Verdict:
    """Read a verdict from a row of `verdicts`."""
    return Verdict(*(row[name] for name in Verdict.__struct_fields__))


def _report_values(report: Report) -> Values:
    columns: dict[str, str | int | None] = {
        "id": report.id,
        "text": report.text,
        "body_start": report.body.start,
        "body_end": report.body.end,
        "lang": report.lang,
        "title": report.title,
        "publisher": report.publisher,
        "authors": json.encode(report.authors).decode(),
        "published": report.published,
        "dated_by": report.dated_by,
        "url": report.url,
        "file": report.file,
        "sha256": report.sha256,
        "reader": report.reader,
        "outlet_key": key(report.publisher),
    }
    return tuple(columns[name] for name in REPORT)


def _report_words(report: Report) -> tuple[str, str]:
    return words.index([report.body.of(report.text)]), words.index([report.title or ""])


def _claim_values(n: int, claim: Claim) -> Values:
    value, until = (claim.when.value, claim.when.until) if claim.when else (None, None)
    whole = json.encode(claim).decode()
    return claim.id, n, claim.span.start, claim.span.end, claim.sure.level, value, until, whole


def _claim_words(report: Report, claim: Claim) -> tuple[str, str]:
    names = [name for voice in claim.voices for name in _names(report, voice)]
    return words.index(span.of(report.text) for span in claim.content), words.index(names)


def _voice_rows(at: int, report: Report, claim: Claim) -> Iterator[Values]:
    for place, voice in enumerate(claim.voices):
        yield at, place, voice.name, voice.refers_to, voice.kind, voice.act, voice.actor, key(*_names(report, voice))


def _mention_rows(at: int, claim: Claim) -> Iterator[Values]:
    for place, mention in enumerate(claim.mentions):
        yield at, place, mention.name, mention.kind, mention.actor, key(mention.name)


def _called_rows(at: int, claim: Claim) -> Iterator[Values]:
    for place, voice in enumerate(claim.voices):
        if voice.actor:
            yield at, "voice", place, voice.actor, voice.refers_to or voice.name or "", voice.kind, voice.role
    for place, m in enumerate(claim.mentions):
        if m.actor:
            inside = any(span.start <= m.span.start and m.span.end <= span.end for span in claim.content)
            yield at, "content" if inside else "source", place, m.actor, m.name, m.kind, None


def _names(report: Report, voice: Voice) -> tuple[str, ...]:
    """Return what a voice may be asked for by: its words in the text, its name, and the name that they stand for."""
    source = voice.source.of(report.text) if voice.source else None
    return tuple(dict.fromkeys(name for name in (source, voice.name, voice.refers_to) if name))
