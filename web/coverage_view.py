"""Coverage views: which aspects each programme's documentation covers, beside what was asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from assistant.aspect import Aspect
from assistant.survey import Covered, Survey

COLUMNS = (
    "programme", "programme_title", "aspect", "label", "coverage", "asked_in_vain", "document",
    "title", "quote", "url",
)  # fmt: skip
"""Of the file; its names are English whatever the reader's language, for programs."""
_LISTED = 10
"""Gaps that are named."""
SHOWN = ("all", "missing", "covered")


@dataclass(frozen=True, slots=True)
class Cell:
    """An aspect of one programme; `covered` is None while it is not known."""

    programme: str
    covered: Covered | None
    silent: int

    @property
    def state(self) -> str:
        """The name of a message under `staff.covered`."""
        return self.covered.coverage if self.covered else "unknown"


@dataclass(frozen=True, slots=True)
class AspectRow:
    """An aspect with its cell for each programme, and how often it was asked about in vain."""

    id: str
    label: str
    cells: tuple[Cell, ...]

    @property
    def silent(self) -> int:
        """How often, in all programmes."""
        return sum(cell.silent for cell in self.cells)

    def silent_of(self, programme: str) -> int:
        """How often, in one programme."""
        return sum(cell.silent for cell in self.cells if cell.programme == programme)


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of a programme is covered, of how much is known, of how much there is."""

    programme: str
    title: str
    covered: int
    known: int
    total: int
    silent: int

    @property
    def share(self) -> float:
        """The covered part in percents."""
        return 100 * self.covered / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Gap:
    """An aspect that was asked about and is not covered."""

    label: str
    programme: str
    silent: int
    address: str


@dataclass(frozen=True, slots=True)
class CoverageView:
    """The table's rows, each programme's extent, and the gaps that were asked about most."""

    rows: tuple[AspectRow, ...]
    extents: tuple[Extent, ...]
    gaps: tuple[Gap, ...]

    @property
    def known(self) -> int:
        """How much is known."""
        return sum(each.known for each in self.extents)

    @property
    def total(self) -> int:
        """How much there is."""
        return sum(each.total for each in self.extents)


def coverage_view(
    survey: Survey,
    titles: Mapping[str, str],
    silences: Mapping[tuple[str, str], int],
    language: str,
) -> CoverageView:
    """The view of these programmes; `silences` counts questions by programme and aspect."""
    tables = {programme: survey.table(programme) for programme in titles}
    rows = tuple(
        _row(id, aspect, tables, silences, language) for id, aspect in survey.aspects.items()
    )
    extents = tuple(
        Extent(
            programme,
            titles[programme],
            sum(found.answered for found in table.values()),
            len(table),
            len(survey.aspects),
            sum(row.silent_of(programme) for row in rows),
        )
        for programme, table in tables.items()
    )
    return CoverageView(rows, extents, _gaps(rows, titles))


def narrowed(rows: tuple[AspectRow, ...], shown: str) -> tuple[AspectRow, ...]:
    """The rows of which some cell is missing, or is covered, or all of them."""
    if shown == "all":
        return rows
    wanted = shown == "covered"
    return tuple(
        row
        for row in rows
        if any(cell.covered and cell.covered.answered == wanted for cell in row.cells)
    )


def coverage_cells(view: CoverageView, titles: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The rows of the file."""
    for row in view.rows:
        for cell in row.cells:
            cited = cell.covered.citation if cell.covered else None
            source = (cited.document, cited.title, cited.quote, cited.url) if cited else [""] * 4
            told = (cell.programme, titles[cell.programme], row.id, row.label, cell.state)
            yield dict(zip(COLUMNS, (*told, cell.silent, *source), strict=True))


def _row(
    id: str,
    aspect: Aspect,
    tables: Mapping[str, Mapping[str, Covered]],
    silences: Mapping[tuple[str, str], int],
    language: str,
) -> AspectRow:
    cells = (
        Cell(programme, table.get(id), silences.get((programme, id), 0))
        for programme, table in tables.items()
    )
    return AspectRow(id, aspect.label[language], tuple(cells))


def _gaps(rows: tuple[AspectRow, ...], titles: Mapping[str, str]) -> tuple[Gap, ...]:
    found = [
        (row, cell)
        for row in rows
        for cell in row.cells
        if cell.silent and not (cell.covered and cell.covered.answered)
    ]
    found.sort(key=lambda pair: -pair[1].silent)
    return tuple(
        Gap(
            row.label,
            titles[cell.programme].partition(" : ")[0] if len(titles) > 1 else "",
            cell.silent,
            "/staff/?" + urlencode({"programme": cell.programme, "aspect": row.id}),
        )
        for row, cell in found[:_LISTED]
    )
