"""Grids: the cells of a table, whatever they span, to elements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.clean import folded
from corpus.element import Close, Element, Fact, Heading, Items, Paragraph, Table
from corpus.fact import VALUE_LENGTH
from corpus.vocabulary import names

_NOTHING = ("-", "–", "—", "/")  # in a cell
_LABEL_LENGTH = 100
# Titles of a second column, which as the values of a first fact would say nothing.
_MEASURES = names(
    """montant|montants|prix|tarif|tarifs|cout|heures|ects|credits|coefficient|coefficients|coef
    |duree|volume|volume horaire|poids|places|effectif|date|dates|note"""
)
_MOST_REPEATED = 20_000  # cells of a table; spans could ask for more than a page ever has
_WIDEST = 100  # columns


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text; `header` when it is a title; how many rows and columns it spans."""

    text: str
    header: bool = False
    rows: int = 1
    columns: int = 1


Row = Sequence[Cell]


def laid_out(rows: Sequence[Row]) -> list[list[Cell]]:
    """The rows with a cell repeated in every place that it spans."""
    grid: list[list[Cell]] = []
    pending: dict[int, tuple[Cell, int]] = {}  # by column, a cell and how many rows it goes on
    count = 0
    for row in rows:
        line: list[Cell] = []
        cells = iter(row)
        while True:
            at = len(line)
            if at in pending:
                cell, left = pending.pop(at)
                if left > 1:
                    pending[at] = (cell, left - 1)
                line.append(cell)
                continue
            own = next(cells, None)
            if own is None:
                break
            for _ in range(max(1, min(own.columns, _WIDEST - at))):
                if own.rows > 1:
                    pending[len(line)] = (own, own.rows - 1)
                line.append(own)
        count += len(line) - len(row)
        if count > _MOST_REPEATED:
            break
        grid.append(line)
    return grid


def table_elements(
    rows: Sequence[Row], *, level: int, caption: str = "", header_rows: int = 0
) -> list[Element]:
    """The elements of a table.

    Two columns without titles are facts; a row that is one cell wide heads those below it, as a
    heading of `level`; `header_rows` are known to hold titles, others show it by their cells.
    """
    grid = [row for row in laid_out(rows) if any(cell.text for cell in row)]
    width = max((len(row) for row in grid), default=0)
    head = _header_rows(grid, width, header_rows)
    header = _titles(grid[:head], width)
    out: list[Element] = [Heading(level, caption)] if caption else []
    inner = level + 1 if caption else level
    divided = False
    body: list[tuple[str, ...]] = []

    def release() -> None:
        out.extend(_body(header, body))
        body.clear()

    for row in grid[head:]:
        if _is_division(row, width):
            release()
            out.append(Heading(inner, row[0].text))
            divided = True
        else:
            body.append(tuple(_texts(row)))
    release()
    while out and isinstance(out[-1], Heading):
        last = out.pop()
        if isinstance(last, Heading):
            out.append(Paragraph(last.text))
    if any(isinstance(element, Heading) for element in out) and (caption or divided):
        out.append(Close(level))
    return out


def is_measure(text: str) -> bool:
    """Whether a text is the title of a column of measures (`Montant`)."""
    return folded(text) in _MEASURES


def _header_rows(grid: Sequence[Row], width: int, known: int) -> int:
    if known:
        return min(known, len(grid) - 1)
    if width == 2 and len(grid) > 2 and is_measure(grid[0][-1].text):
        return int(bool(grid[0][0].text) and not any(map(str.isdigit, grid[0][0].text)))
    count = 0
    for row in grid[:3]:
        if not all(cell.header or not cell.text for cell in row) or _is_division(row, width):
            break
        count += 1
    if count >= len(grid):
        return 0
    return count


def _titles(rows: Sequence[Row], width: int) -> tuple[str, ...]:
    """A title for each column; over several rows, those above come first."""
    titles: list[str] = []
    for at in range(width if rows else 0):
        parts: list[str] = []
        for row in rows:
            text = row[at].text.rstrip(" :") if at < len(row) else ""
            spans_all = width > 1 and all(cell is row[0] for cell in row)
            if text and text not in parts and not spans_all:
                parts.append(text)
        titles.append(" – ".join(parts))
    return tuple(titles)


def _is_division(row: Row, width: int) -> bool:
    """Whether a row is one cell over the whole width (`Semestre 1`)."""
    return (
        width > 1
        and len(row) == width
        and all(cell is row[0] for cell in row)
        and 0 < len(row[0].text) <= _LABEL_LENGTH
    )


def _texts(row: Row) -> list[str]:
    """The cells' texts; one that spans columns is said once."""
    return [
        cell.text if (not at or cell is not row[at - 1]) and cell.text not in _NOTHING else ""
        for at, cell in enumerate(row)
    ]


def _body(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[Element]:
    if not rows:
        return []
    width = max(map(len, rows))
    if width == 1:
        texts = tuple(row[0] for row in rows)
        return [Paragraph(texts[0])] if len(texts) == 1 else [Items(texts)]
    if not any(header) and width == 2 and _are_facts(rows):
        facts: list[Element] = []
        for label, value in rows:
            label = label.rstrip(" :")
            if label and value and len(value) <= 2 * VALUE_LENGTH:
                facts.append(Fact(label, value))
            else:
                facts.append(Paragraph(f"{label} : {value}" if label and value else label or value))
        return facts
    return [Table(header if any(header) else (), tuple(rows))]


def _are_facts(rows: Sequence[tuple[str, ...]]) -> bool:
    return all(len(row) == 2 and len(row[0]) <= _LABEL_LENGTH for row in rows)
