"""Links that land on the quoted words."""

from __future__ import annotations

from urllib.parse import quote

from assistant.fragment import fragment_of
from assistant.page import page_of
from assistant.place import place_of
from corpus.document import Document

_LONGEST = 1500
"""Longest quote that travels in a link, in characters; a longer one is cut at a line or word."""


def passage_url(document: Document, start: int, end: int) -> str:
    """An address that lands on `text[start:end]` of the document.

    Where the document was read from a web page and the words can be told apart on it, the page
    with a text fragment; of a PDF file on the web, the page they stand on; else our own view of
    the document with the words highlighted.
    """
    return _source_url(document, start, end) or view_url(document, start, end)


def view_url(document: Document, start: int, end: int) -> str:
    """The address of our own view of the document with `text[start:end]` highlighted."""
    words = document.text[start:end]
    if len(words) > _LONGEST:
        words = words[:_LONGEST].rsplit(None, 1)[0]
    # The view marks the first place of the words unless it is told of another one.
    at = "" if document.text.find(words) == start else f"&at={start}"
    return f"/documents/{quote(document.id, safe='/')}?q={quote(words, safe='')}{at}#passage"


def _source_url(document: Document, start: int, end: int) -> str | None:
    """The address at the source; none for files, and for what is said there in other words."""
    if document.url is None:
        return None
    address = document.url.partition("#")[0]
    if document.shown is not None:
        page = page_of(document.shown)
        place = place_of(page, document, start, end)
        fragment = fragment_of(page, *place) if place else None
        return f"{address}#:~:text={fragment}" if fragment else None
    number = _page_number(document, start)
    return f"{address}#page={number}" if number else None


def _page_number(document: Document, start: int) -> int | None:
    """The page of a paginated file on which a place of its text lies."""
    for section in document.sections:
        if section.blocks[0].start <= start < section.blocks[-1].end:
            return section.page
    return None
