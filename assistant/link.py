"""Links that land on the quoted words."""

from __future__ import annotations

from urllib.parse import quote

from corpus.document import Document

_LONGEST = 1500
"""Longest quote that travels in a link, in characters; a longer one is cut at a line or word."""


def passage_url(document: Document, start: int, end: int) -> str:
    """The address of our own view of the document with `text[start:end]` highlighted."""
    words = document.text[start:end]
    if len(words) > _LONGEST:
        words = words[:_LONGEST].rsplit(None, 1)[0]
    return f"/documents/{quote(document.id, safe='/')}?q={quote(words, safe='')}#passage"
