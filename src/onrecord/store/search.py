"""A query in; hits out: the claims and reports that hold its words, and where."""

import sqlite3
from typing import Literal

from msgspec import Struct

from onrecord.record import Report, Span
from onrecord.store import rows, words

CLAIMS = """
    SELECT c.claim, r.text, -w.rank AS score, highlight(claim_words, 0, ?, ?) AS said
    FROM claim_words w JOIN claims c ON c.n = w.rowid JOIN reports r ON r.n = c.report
    WHERE claim_words MATCH ? AND NOT c.withdrawn ORDER BY w.rank, c.id LIMIT ?
"""
REPORTS = """
    SELECT r.*, -w.rank AS score, highlight(report_words, 0, ?, ?) AS body
    FROM report_words w JOIN reports r ON r.n = w.rowid
    WHERE report_words MATCH ? ORDER BY w.rank, r.id LIMIT ?
"""


class Hit(Struct, frozen=True):
    """A place that a search found: `kind` tells whether `id` is a claim's or a report's, `span` lies in the text of `report`.

    `score` is BM25, higher is better; it orders the hits of one search and means nothing beyond that.
    """

    kind: Literal["claim", "report"]
    id: str
    report: str
    span: Span
    score: float


def find(db: sqlite3.Connection, query: str, limit: int) -> list[Hit]:
    """Return at most `limit` hits, the best first. Any query is right; one without a word finds nothing."""
    expression = words.expression(query)
    if expression is None:
        return []
    asked = (words.OPEN, words.SHUT, expression, limit)
    hits = [_claim_hit(row, expression) for row in db.execute(CLAIMS, asked)]
    hits += [_report_hit(row, expression) for row in db.execute(REPORTS, asked)]
    return sorted(hits, key=lambda hit: (-hit.score, hit.kind, hit.id))[:limit]


def _claim_hit(row: sqlite3.Row, asked: str) -> Hit:
    """Point at the words in what is said; the whole claim where only a voice has them."""
    claim = rows.claim_of(row)
    span = words.place(row["said"], asked, row["text"], claim.content) or claim.span
    return Hit("claim", claim.id, claim.report, span, row["score"])


def _report_hit(row: sqlite3.Row, asked: str) -> Hit:
    """Point at the words in the body; the title, or else the beginning of the body, where only the title has them."""
    report = rows.report_of(row)
    span = words.place(row["body"], asked, report.text, [report.body]) or _title(report)
    return Hit("report", report.id, report.id, span, row["score"])


def _title(report: Report) -> Span:
    at = report.text.find(report.title) if report.title else -1
    return Span(at, at + len(report.title or "")) if at >= 0 else Span(report.body.start, report.body.start)
