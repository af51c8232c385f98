"""Web pages: the article's text, and what the page says of title, publisher and publication time.

trafilatura finds the text. It gives the date as a day only, so that the time is read here, from JSON-LD and OpenGraph.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import html as lxml_html

from truceline.errors import InputError
from truceline.intake.dates import parse_published
from truceline.model import Moment

_TIME_METAS = ("article:published_time", "og:published_time", "datepublished", "date", "dc.date", "pubdate")


@dataclass(frozen=True, slots=True)
class Page:
    """What was found on a web page; the text begins with the title."""

    text: str
    title: str | None
    publisher: str | None
    published: Moment | None


def read_page(source: str, name: str, url: str | None = None) -> Page:
    """The article on a web page.

    Raises:
        InputError: There is no article on it.
    """
    from trafilatura import bare_extraction
    from trafilatura.settings import Document as Extract

    found = bare_extraction(source, url=url, with_metadata=True, include_comments=False, include_tables=True)
    article = (found.text or "").strip().replace("\n", "\n\n") if isinstance(found, Extract) else ""
    if not isinstance(found, Extract) or not article:
        raise InputError(
            f"{name}: a web page without an article that could be found; save the article's text and read that"
        )
    title = _clean(found.title)
    # A headline is a claim of the publisher: it belongs to what is read.
    text = f"{title}\n\n{article}" if title and not article.startswith(title) else article
    return Page(text, title, _clean(found.sitename), _published(source) or _moment(found.date))


def _published(source: str) -> Moment | None:
    """The publication time that the page states for machines."""
    try:
        tree = lxml_html.fromstring(source.encode("utf-8"), parser=lxml_html.HTMLParser(encoding="utf-8"))
    except (ValueError, lxml_html.etree.ParserError):
        return None
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        for value in _dates_published(script.text or ""):
            if (moment := _moment(value)) is not None:
                return moment
    metas = {
        str(meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower(): meta.get("content")
        for meta in tree.iter("meta")
    }
    return next((moment for key in _TIME_METAS if (moment := _moment(metas.get(key))) is not None), None)


def _dates_published(script: str) -> Iterator[Any]:
    """Every ``datePublished`` of a JSON-LD block, outermost first."""
    try:
        waiting = [json.loads(script)]
    except (ValueError, RecursionError):
        return
    while waiting:
        value = waiting.pop(0)
        if isinstance(value, dict):
            if "datePublished" in value:
                yield value["datePublished"]
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def _moment(value: object) -> Moment | None:
    """A publication time a page states; None for what is none: a page's slip is no reason to refuse it."""
    try:
        return parse_published(value) if isinstance(value, str) else None
    except InputError:
        return None


def _clean(value: str | None) -> str | None:
    return " ".join(value.split()) or None if value else None
