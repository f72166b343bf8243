"""The frame of a PDF's pages: running heads, footers and page numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from corpus.clean import folded
from corpus.pdf_text import Line

_ZONE = 0.13  # of the page's height, at its top and at its bottom
_DEEPEST = 4  # lines from the edge of the page
_SHARE = 0.3  # of the pages; heads of left and right pages stand on half of them each
_FEWEST = 2
_EDGE = 0.05  # of the height of the page: where small print stands
_SMALL, _SMALLER = 0.8, 0.85  # of the size of its text: small print at the foot, at the head
_NUMBER = re.compile(
    r"(?:p(?:age|\.)? ?)?\d{1,4}(?: ?(?:/|sur|of|de|-) ?\d{1,4})?|[-–—] ?\d{1,4} ?[-–—]"
)


def without_frame(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of each page without what stands at its edge on other pages too."""
    seen: dict[tuple[str, str], set[int]] = defaultdict(set)
    for page in pages:
        for line in page:
            if (zone := _zone(line, page)) is not None:
                seen[zone, _shape(line)].add(line.page)
    fewest = max(_FEWEST, _SHARE * len(pages))
    running = {key for key, numbers in seen.items() if len(numbers) >= fewest}
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[line.size] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    return [
        [
            line
            for line in page
            if (zone := _zone(line, page)) is None
            or (
                not _is_small_print(line, body)
                and (
                    (zone, _shape(line)) not in running and not _NUMBER.fullmatch(folded(line.text))
                )
            )
        ]
        for page in pages
    ]


def _zone(line: Line, page: Sequence[Line]) -> str | None:
    """Whether a line is at the top or at the bottom edge of its page."""
    if line.base > (1 - _ZONE) * line.height and line in page[:_DEEPEST]:
        return "top"
    if line.base < _ZONE * line.height and line in page[-_DEEPEST:]:
        return "bottom"
    return None


def _is_small_print(line: Line, body: float) -> bool:
    """Whether a line stands at the very edge of its page in letters smaller than its text."""
    if line.base > (1 - _EDGE) * line.height:
        return line.size <= _SMALLER * body
    return line.base < _EDGE * line.height and line.size <= _SMALL * body


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "#", folded(line.text))
