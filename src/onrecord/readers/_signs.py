"""The tree of a web page in, its metadata by the place that they stand in out."""

import html
import json
import re
from collections.abc import Iterator

from lxml.html import HtmlElement  # type: ignore[import-untyped]
from msgspec import Struct

# The types of schema.org that a report is marked with.
NEWS = re.compile(r"\w*Article|\w*BlogPosting|Report")


class Signs(Struct, frozen=True):
    """What stands where: `<meta>` by name, schema.org's entry for the report, headings, `<title>`, `<time>`, address, language."""

    meta: dict[str, str]
    marked: dict[str, str]
    headings: tuple[str, ...]
    title: str | None
    times: tuple[str, ...]
    canonical: str | None
    lang: str | None


def signs(tree: HtmlElement) -> Signs:
    """Collect what a page says about itself; nothing is chosen yet."""
    return Signs(
        meta=_meta(tree),
        marked=next(_marked(tree), {}),
        headings=tuple(words for found in tree.iter("h1") if (words := tidy(str(found.text_content())))),
        title=next((words for found in tree.iter("title") if (words := tidy(found.text or ""))), None),
        times=tuple(_times(tree)),
        canonical=next((str(link) for link in tree.xpath("//link[@rel='canonical']/@href")), None),
        lang=tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
    )


def tidy(words: str) -> str:
    """Return words with entities written twice undone, and every run of blanks one space."""
    return " ".join(html.unescape(words).split())


def _meta(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        words = tidy(tag.get("content") or "")
        if name and words:
            found.setdefault(name.lower(), words)
    return found


def _times(tree: HtmlElement) -> Iterator[str]:
    """Yield the days of `<time>`, those that are marked as the day of publication first."""
    tags = [tag for tag in tree.iter("time") if tag.get("datetime")]
    yield from (str(tag.get("datetime")) for tag in sorted(tags, key=_is_other_day))


def _is_other_day(tag: HtmlElement) -> bool:
    """Tell whether a `<time>` is not marked as the day of publication."""
    return "publish" not in f"{tag.get('itemprop')} {tag.get('class')}".lower() and tag.get("pubdate") is None


def _marked(tree: HtmlElement) -> Iterator[dict[str, str]]:
    """Yield the plain words of each schema.org entry for a report; a page can hold those of other pages below its own."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        for entry in _entries(_parsed(str(script))):
            kinds = entry.get("@type")
            named = kinds if isinstance(kinds, list) else [kinds]
            if "headline" in entry and any(NEWS.fullmatch(str(kind)) for kind in named):
                yield dict(_words(entry))


def _parsed(script: str) -> object:
    try:
        return json.loads(script, strict=False)
    except ValueError:
        return None


def _entries(value: object, depth: int = 0) -> Iterator[dict[str, object]]:
    if depth > 8:  # noqa: PLR2004  # deeper than any page means it
        return
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _entries(inner, depth + 1)
    if isinstance(value, list):
        for inner in value:
            yield from _entries(inner, depth + 1)


def _words(entry: dict[str, object]) -> Iterator[tuple[str, str]]:
    """Yield the words of an entry; of what is an entry itself (publisher, author) its name."""
    for key, value in entry.items():
        first = value[0] if isinstance(value, list) and value else value
        named = first.get("name") if isinstance(first, dict) else first
        if isinstance(named, str) and tidy(named):
            yield key, tidy(named)
