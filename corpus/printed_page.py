"""Pages of a text that was printed: the heads, feet and numbers between its form feeds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_FEED = "\f"
_PAGE_NUMBER = re.compile(
    r"(?:page )?[-–] ?\d{1,3} ?[-–]|(?:page )?\d{1,3}(?: ?(?:/|sur) ?\d{1,3})?"
)
_CUT = re.compile(r"[\w,'’)-]$")
_EDGE_LINES = 2  # lines with text at the top and at the bottom of a page


def without_page_edges(text: str) -> str:
    """The text without page numbers and what the edges of most pages repeat.

    Nothing without form feeds: there is no telling what a page was.
    """
    if _FEED not in text:
        return text
    pages = [page.split("\n") for page in text.split(_FEED)]
    filled = [page for page in pages if any(line.strip() for line in page)]
    seen = Counter(said for page in filled for said in {_said(page[at]) for at in _edges(page)})
    for page in filled:
        for at in _edges(page):
            repeated = len(filled) > 1 and seen[_said(page[at])] * 2 > len(filled)
            if repeated or _PAGE_NUMBER.fullmatch(page[at].strip().lower()):
                page[at] = ""
    text = ""
    for page in pages:
        rest = "\n".join(page)
        # A sentence that the page has cut goes on; else the page's end parts paragraphs.
        if text and _CUT.search(text.rstrip()) and rest.lstrip()[:1].islower():
            text = f"{text.rstrip()}\n{rest.lstrip()}"
        else:
            text += f"\n{rest}" if text else rest
    return text


def _edges(page: Sequence[str]) -> set[int]:
    filled = [at for at, line in enumerate(page) if line.strip()]
    return {*filled[:_EDGE_LINES], *filled[-_EDGE_LINES:]}


def _said(line: str) -> str:
    """A line as it is compared: a number in it changes from page to page."""
    return re.sub(r"\d+", "#", " ".join(line.split()))
