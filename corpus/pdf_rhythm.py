"""The rhythm of a PDF's lines: how far apart they are, and labels that alternate with values."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from corpus.element import Fact
from corpus.fact import LABEL_LENGTH, VALUE_LENGTH
from corpus.pdf_text import Line

_WIDEST = 2.0  # of the size: the farthest apart that lines of one paragraph are set
_FULL = 0.8  # of the width of its column: a line that a sentence was broken at
_FEWEST = 2


def leading_of(lines: Sequence[Line]) -> float:
    """How far apart the lines of a paragraph are set, in sizes; 0 where none shows it.

    Only lines that surely go on tell: the one above is full, and the one below begins small.
    """
    gaps: list[float] = []
    for above, line in pairwise(lines):
        gap = above.base - line.base
        alike = line.page == above.page and line.size == above.size and line.size > 0
        if not alike or abs(line.left - above.left) > line.size or not gap > 0:
            continue
        full = above.right - above.left >= _FULL * (above.margin - above.left)
        ended = above.text.endswith((".", ":", ";", "!", "?", ","))
        if full and not ended and line.text[:1].islower() and gap <= _WIDEST * line.size:
            gaps.append(gap / line.size)
    return sorted(gaps)[len(gaps) // 2] if len(gaps) >= _FEWEST else 0.0


def labels_at(lines: Sequence[Line], start: int) -> list[Fact]:
    """The facts of a box where a label in bold and its value alternate, a line each."""
    found: list[Fact] = []
    at = start
    while at + 1 < len(lines) and _is_pair(lines[at], lines[at + 1]):
        if found and abs(lines[at].left - lines[start].left) > 2:
            break
        found.append(Fact(lines[at].text.rstrip(" :"), lines[at + 1].text))
        at += 2
    # A line more, and the last value was only the first line of a text.
    if found and at < len(lines) and not lines[at].bold and _is_below(lines[at - 1], lines[at]):
        found.pop()
    return found if len(found) >= _FEWEST else []


def _is_pair(label: Line, value: Line) -> bool:
    fits = 1 < len(label.text) <= LABEL_LENGTH and len(value.text) <= VALUE_LENGTH
    plain = len(label.cells) == len(value.cells) == 1
    return label.bold and not value.bold and plain and fits and _is_below(label, value)


def _is_below(above: Line, line: Line) -> bool:
    near = 0 < above.base - line.base <= _WIDEST * line.size
    return line.page == above.page and near and abs(line.left - above.left) < 2
