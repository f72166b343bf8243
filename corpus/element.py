"""Elements: what every reader makes of a file, whatever its format.

A reader turns bytes into a flat sequence of elements in reading order; `compose`
(`corpus.document`) turns that sequence into a `Document` with one canonical text. Text in an
element is already clean: NFC, no invisible characters, white space collapsed, never empty.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A title of the given depth (1 is the highest); `anchor` is its `id` in an HTML page."""

    level: int
    text: str
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list; the sentence that introduces it is the paragraph before, ending in a colon."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with its value, as in a panel of key facts (`Durée : 2 ans`)."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under column titles; `header` is empty when the table has none."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The page `number` (from 1) of a paginated file begins here."""

    number: int


@dataclass(frozen=True, slots=True)
class Close:
    """The sections of `level` and below it end here, without a heading that says so."""

    level: int


Element = Heading | Paragraph | Items | Fact | Table | Page | Close
