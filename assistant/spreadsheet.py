"""Spreadsheets: rows as CSV that no programme mistakes for formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

MARK = "\ufeff"
"""In front of a file, Excel reads it as UTF-8."""
# What begins a formula in Excel, LibreOffice or Google Sheets, in full width too, and what these
# skip before it.
_FORMULA = frozenset("=+-@＝＋－＠")
_SKIPPED = " \t\r\n\v\f\0\ufeff\u00a0\u200b"


def escaped(value: Any) -> str:
    """A cell as text: one that a spreadsheet would run gets an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return escaped("\n".join(str(each) for each in value))
    text = str(value).replace("\0", "")
    first = text.lstrip(_SKIPPED)[:1]
    return f"'{text}" if (first in _FORMULA and first) or (text[:1] in "\t\r" and text) else text


def csv_lines(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The lines of a CSV file (RFC 4180), headed by the columns' names; no mark in front."""
    yield _line(columns)
    for row in rows:
        yield _line([escaped(row[column]) for column in columns])


def _line(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue()
