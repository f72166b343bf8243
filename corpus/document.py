"""A document: one canonical text, the sections it is made of, and where it comes from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from corpus.element import Close, Element, Fact, Heading, Items, Page, Paragraph, Table

BlockKind = Literal["prose", "list", "fact", "row"]
DocumentKind = Literal["documentation", "staff"]


@dataclass(frozen=True, slots=True)
class Block:
    """A run `[start, end)` of the document's text: a paragraph, a list, a fact or a table row."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """The blocks under one heading path; a new page of a paginated file begins a new section."""

    headings: tuple[str, ...]
    blocks: tuple[Block, ...]
    anchor: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document of one programme (`*` concerns every programme).

    Every offset in the project is a code point offset into `text`, the canonical text. `shown` is
    the whole text of the web page at `url` (`corpus.stretch`) when the document was read from it.
    """

    id: str
    programme: str
    title: str
    text: str
    sections: tuple[Section, ...]
    url: str | None = None
    language: str = "fr"
    updated: str | None = None
    kind: DocumentKind = "documentation"
    programme_title: str | None = None
    shown: str | None = None
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        """Derive the checksum of the canonical text."""
        digest = hashlib.sha256(self.text.encode("utf-8")).hexdigest()
        object.__setattr__(self, "sha256", digest)


def compose(elements: Iterable[Element]) -> tuple[str, tuple[Section, ...]]:
    """Lay elements out as one canonical text and the sections that point into it.

    A heading is a line; a list has one `- ` line an item; a fact is `Label : value`; each table
    row is a line that reads alone, `Column : cell ; Column : cell`. Blocks are a blank line apart.
    """
    composer = _Composer()
    for element in elements:
        composer.add(element)
    return composer.finish()


def row_line(header: tuple[str, ...], row: tuple[str, ...]) -> str:
    """A table row as a line that makes sense without the table."""
    if not any(header):
        return " ; ".join(cell for cell in row if cell)
    titles = header + ("",) * (len(row) - len(header))
    pairs = (
        f"{title} : {cell}" if title and not cell.casefold().startswith(title.casefold()) else cell
        for title, cell in zip(titles, row, strict=False)
        if cell
    )
    return " ; ".join(pairs)


class _Composer:
    """Grows the canonical text and the sections side by side."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._sections: list[Section] = []
        self._blocks: list[Block] = []
        self._path: list[Heading] = []
        self._page: int | None = None

    def add(self, element: Element) -> None:
        match element:
            case Heading(level, text):
                self._close()
                self._path = [above for above in self._path if above.level < level]
                self._path.append(element)
                self._write(text)
            case Close(level):
                self._close()
                self._path = [above for above in self._path if above.level < level]
            case Page(number):
                self._close()
                self._page = number
            case Paragraph(text):
                self._block("prose", text)
            case Items(items):
                self._block("list", "\n".join(f"- {item}" for item in items))
            case Fact(label, value):
                self._block("fact", f"{label} : {value}")
            case Table(header, rows):
                for row in rows:
                    line = row_line(header, row)
                    if line:
                        self._block("row", line)

    def finish(self) -> tuple[str, tuple[Section, ...]]:
        self._close()
        return "".join(self._parts), tuple(self._sections)

    def _block(self, kind: BlockKind, text: str) -> None:
        start = self._write(text)
        self._blocks.append(Block(kind, start, self._length))

    def _write(self, text: str) -> int:
        if self._parts:
            self._parts.append("\n\n")
            self._length += 2
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return start

    def _close(self) -> None:
        if self._blocks:
            headings = tuple(heading.text for heading in self._path)
            # The nearest heading above that can be linked to: a sibling's would mislead.
            anchor = next((h.anchor for h in reversed(self._path) if h.anchor), None)
            self._sections.append(Section(headings, tuple(self._blocks), anchor, self._page))
            self._blocks = []
