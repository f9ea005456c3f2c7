"""The text of a web page in; the words of its report, and what the page says about it, out."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

import trafilatura

from onrecord.readers._dates import iso
from onrecord.readers._report import Found
from onrecord.readers._signs import Signs, signs, tidy

DOMAIN = re.compile(r"(?:\.(?:com?|org|net|info|news|or|ne|ac))?(?:\.[a-z]{2})?$", re.IGNORECASE)
BARS = re.compile(r"\s+[|｜\-–—*•·»:：]\s+|\s*[|｜]\s*|(?<=[^\x00-\x7f])[:：-](?=[^\x00-\x7f])")
QUOTES = str.maketrans("‘’‚‛“”„‟", "''''\"\"\"\"")
LEAST = 10  # letters that a title has, where nothing but a bar tells it from the name of a section


def look(page: str, url: str | None) -> tuple[str, Found]:
    """Return the words of the report, a paragraph a line, and what the page says about it; no words where it holds no text.

    `url` is the page's address where the user knows it.
    """
    tree = trafilatura.load_html(page)
    if tree is None:
        return "", Found()
    seen = signs(tree)
    read = trafilatura.bare_extraction(tree, url=url, with_metadata=True, include_comments=False)
    if read is None or isinstance(read, dict):
        return "", Found()
    address = url or seen.canonical or read.url
    return read.text or "", Found(
        title=_title(seen) or read.title,
        publisher=_outlet(seen, read.sitename, address),
        authors=tuple(name for name in (read.author or "").split("; ") if name),
        published=_published(seen, read.date),
        dated_by="page",
        url=address,
        lang=seen.lang,
    )


def _title(seen: Signs) -> str | None:
    """Return the title that the page is shared under, less the name of the outlet.

    Where its heading says the same and schema.org and `<title>` agree on another, theirs is taken: a report keeps the name
    that it is filed under while its headline changes.
    """
    shown, filed, head = seen.meta.get("og:title"), seen.marked.get("headline"), seen.title
    if filed and head and shown and filed == _bare(head, [filed]) and any(_same(shown, words) for words in seen.headings):
        return filed
    others = [words for words in (filed, *seen.headings) if words]
    if shown or head:
        return _bare(shown or head or "", others)
    return next(iter(others), None)


def _bare(title: str, others: Sequence[str]) -> str:
    """Cut off what follows a bar, if what is before it is a title known from elsewhere on the page, or most of the words."""
    ends = [bar.start() for bar in BARS.finditer(title)]
    known = [end for end in ends if any(_same(title[:end], other) for other in others)]
    if known:
        return title[: known[0]]
    if ends and not any(_same(title, other) for other in others) and ends[-1] * 3 > len(title) * 2 and ends[-1] >= LEAST:
        return title[: ends[-1]]
    return title


def _same(one: str, other: str) -> bool:
    return folded(one) == folded(other)


def folded(words: str) -> str:
    """Return words as titles are compared: NFKC, straight quotation marks, small letters, single blanks."""
    return " ".join(unicodedata.normalize("NFKC", words).translate(QUOTES).casefold().split())


def _outlet(seen: Signs, guessed: str | None, address: str | None) -> str | None:
    """Return the outlet's name: the site's, in the spelling of the page that looks most like a name; else the host's."""
    spellings = [words for words in _outlets(seen, guessed) if words]
    if spellings:
        first = spellings[0]
        return max((_named(words) for words in spellings if _letters(words) == _letters(first)), key=_looks)
    return (urlsplit(address).hostname or "").removeprefix("www.") or None if address else None


def _outlets(seen: Signs, guessed: str | None) -> Iterator[str | None]:
    yield seen.meta.get("og:site_name")
    yield seen.meta.get("application-name")
    yield seen.marked.get("publisher")
    yield guessed


def _letters(name: str) -> str:
    """Return what spellings of one name share: `euronews`, `Euronews.com`; `El Mundo`, `ELMUNDO`."""
    return re.sub(r"\W", "", DOMAIN.sub("", tidy(name))).casefold()


def _named(name: str) -> str:
    """Return a name without a domain behind it: `Express.co.uk` is the Express, but `example.org` alone stays."""
    bare = DOMAIN.sub("", name.lstrip("@"))
    return bare if len(bare) > 2 and not bare.islower() else name.lstrip("@")  # noqa: PLR2004  # "NU.nl" is a name as it is


def _looks(name: str) -> tuple[bool, int]:
    """Rank spellings: both capitals and small letters before one kind alone, then more words."""
    return (not name.islower() and not name.isupper(), name[:1].isupper() + name.count(" "))


def _published(seen: Signs, guessed: str | None) -> str | None:
    """Return the first of the page's dates that can be read: schema.org, `<meta>`, `<time>`, then the guess from its words."""
    return next((words for words in _dates(seen, guessed) if iso(words)), None)


def _dates(seen: Signs, guessed: str | None) -> Iterator[str | None]:
    yield seen.marked.get("datePublished")
    for name in ("article:published_time", "datepublished", "pubdate", "date", "dc.date.issued", "parsely-pub-date"):
        yield seen.meta.get(name)
    if len(set(seen.times)) == 1:
        yield seen.times[0]
    yield guessed
    yield from seen.times
