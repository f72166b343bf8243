"""Results: figures in rows, as a table for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was measured; `share` is how many times the floor's figure it is."""

    group: str
    name: str
    values: dict[str, float | None]
    unit: str = ""


def spread(times: Sequence[float]) -> dict[str, float | None]:
    """The median and the 95th percentile."""
    cuts = quantiles(times, n=20, method="inclusive")
    return {"p50": cuts[9], "p95": cuts[18]}


def ratio(ours: float | None, floor: float | None) -> float | None:
    """How many times the floor's figure ours is."""
    return ours / floor if ours is not None and floor else None


def as_table(rows: Sequence[Row]) -> str:
    """Rows under their groups' names, figures in columns."""
    width = max(len(row.name) for row in rows)
    lines: list[str] = []
    group = None
    for row in rows:
        if row.group != group:
            group = row.group
            lines += ["", group]
        figures = "   ".join(f"{name} {_figure(value)}" for name, value in row.values.items())
        lines.append(f"  {row.name:{width}}  {figures} {row.unit}".rstrip())
    return "\n".join(lines[1:])


def as_json(rows: Sequence[Row]) -> dict[str, dict[str, dict[str, float | str | None]]]:
    """Rows by group and name."""
    found: dict[str, dict[str, dict[str, float | str | None]]] = {}
    for row in rows:
        values = {k: None if v is None else round(v, 3) for k, v in row.values.items()}
        found.setdefault(row.group, {})[row.name] = values | (
            {"unit": row.unit} if row.unit else {}
        )
    return found


def _figure(value: float | None) -> str:
    if value is None:
        return "      -"
    return f"{value:7.0f}" if abs(value) >= 100 else f"{value:7.2f}"
