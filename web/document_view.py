"""Document views: a document as headings, paragraphs, lists, facts and tables to show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from corpus.document import Block, Document

_ADDRESS = re.compile(r"https?://[^\s<>\"«»]+[^\s<>\"«».,;:!?)\]]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_FACT_LABEL = 100  # characters; a longer label is a sentence with a colon
_ITEM_LABEL = 60  # the same, of a list's item that was not read as a fact


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one manner: inside the passage or not, linked or not."""

    text: str
    marked: bool
    href: str | None


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page: `heading`, `page`, `prose`, `list`, `facts`, `table` or `rows`.

    `lines` are its paragraphs, items or rows; each row of a table or of facts is a tuple of
    lines. `titles` are the columns.
    """

    kind: str
    level: int = 0
    title: str = ""
    rows: tuple[tuple[Line, ...], ...] = ()
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """The parts in reading order; `found` is None when no passage was looked for."""

    parts: tuple[Part, ...]
    found: bool | None


def find_passage(text: str, words: str, near: int = 0) -> tuple[int, int] | None:
    """Where the words stand nearest to a place of the text, however white space is written."""
    parts = words.split()
    if not parts:
        return None
    found = re.finditer(r"\s+".join(map(re.escape, parts)), text)
    return min((each.span() for each in found), key=lambda span: abs(span[0] - near), default=None)


def view_of(document: Document, words: str = "", near: int = 0) -> View:
    """The document with the passage `words` marked, the one nearest to the offset `near`."""
    passage = find_passage(document.text, words, near)
    painter = _Painter(document.text, passage or (0, 0))
    parts: list[Part] = []
    path: tuple[str, ...] = ()
    page = None
    for section in document.sections:
        if section.page != page:
            page = section.page
            parts.append(Part("page", title=str(page)))
        shared = _shared(path, section.headings)
        for depth, heading in enumerate(section.headings[shared:], start=shared):
            if depth or heading != document.title:
                parts.append(Part("heading", level=min(depth + 2, 6), title=heading))
        path = section.headings
        for kind, blocks in groupby(section.blocks, key=lambda block: block.kind):
            parts.extend(_parts(kind, list(blocks), painter))
    return View(tuple(parts), None if not words.strip() else passage is not None)


class _Painter:
    """Cuts `[start, end)` of the text into runs."""

    def __init__(self, text: str, passage: tuple[int, int]) -> None:
        self.text = text
        self._passage = passage

    def line(self, start: int, end: int) -> Line:
        links = [
            (m.start(), m.end(), _href(m[0])) for m in _ADDRESS.finditer(self.text, start, end)
        ]
        edges = {start, end, *(min(max(edge, start), end) for edge in self._passage)}
        edges.update(edge for link in links for edge in link[:2])
        ordered = sorted(edges)
        return tuple(
            Run(
                self.text[left:right],
                self._passage[0] <= left < self._passage[1],
                next((href for a, b, href in links if a <= left < b), None),
            )
            for left, right in pairwise(ordered)
        )

    def pieces(self, start: int, end: int, separator: str) -> Iterator[tuple[int, int]]:
        """The places of the text between separators."""
        for piece in self.text[start:end].split(separator):
            yield start, start + len(piece)
            start += len(piece) + len(separator)

    def pair(
        self, start: int, end: int, longest: int = _FACT_LABEL
    ) -> tuple[str, tuple[int, int]] | None:
        """The label of `Label : value` and the value's place."""
        label, sign, _ = self.text[start:end].partition(" : ")
        if not sign or len(label) > longest:
            return None
        return label, (start + len(label) + len(sign), end)


def _parts(kind: str, blocks: list[Block], painter: _Painter) -> list[Part]:
    places = [(block.start, block.end) for block in blocks]
    match kind:
        case "list":
            return [_list(start, end, painter) for start, end in places]
        case "fact":
            return [_facts(places, painter) or _plain("rows", places, painter)]
        case "row":
            return [_table(places, painter) or _plain("rows", places, painter)]
    return [_plain("prose", places, painter)]


def _plain(kind: str, places: list[tuple[int, int]], painter: _Painter) -> Part:
    return Part(kind, rows=tuple((painter.line(*place),) for place in places))


def _list(start: int, end: int, painter: _Painter) -> Part:
    places = [
        (left + 2 if painter.text.startswith("- ", left) else left, right)
        for left, right in painter.pieces(start, end, "\n")
    ]
    return _facts(places, painter, _ITEM_LABEL) or _plain("list", places, painter)


def _facts(
    places: list[tuple[int, int]], painter: _Painter, longest: int = _FACT_LABEL
) -> Part | None:
    pairs = [painter.pair(*place, longest) for place in places]
    if not all(pairs):
        return None
    rows = tuple(
        (painter.line(place[0], place[0] + len(pair[0])), painter.line(*pair[1]))
        for place, pair in zip(places, pairs, strict=True)
        if pair
    )
    return Part("facts", rows=rows)


def _table(places: list[tuple[int, int]], painter: _Painter) -> Part | None:
    rows = [_cells(start, end, painter) for start, end in places]
    titles = tuple(title for title, _ in max(rows, key=len))
    if len(titles) < 2 or len(set(titles)) < len(titles):
        return None
    aligned = []
    for row in rows:
        of_title = dict(row)
        if len(row) == len(titles):
            # A cell that repeats its title stands without it: the column says which it is.
            if any(
                title not in ("", column) for (title, _), column in zip(row, titles, strict=True)
            ):
                return None
            aligned.append(tuple(line for _, line in row))
        elif set(of_title) <= set(titles):
            aligned.append(tuple(of_title.get(title, ()) for title in titles))
        else:
            return None
    return Part("table", titles=titles, rows=tuple(aligned))


def _cells(start: int, end: int, painter: _Painter) -> list[tuple[str, Line]]:
    cells = []
    for place in painter.pieces(start, end, " ; "):
        label, value = painter.pair(*place) or ("", place)
        cells.append((label, painter.line(*value)))
    return cells


def _href(address: str) -> str:
    return address if address.startswith("http") else f"mailto:{address}"


def _shared(before: tuple[str, ...], after: tuple[str, ...]) -> int:
    count = 0
    for old, new in zip(before, after, strict=False):
        if old != new:
            break
        count += 1
    return count
