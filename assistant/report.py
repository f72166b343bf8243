"""The report: an evaluation as one page that stands alone, for people to read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined

from assistant.answer import Abstention, Citation, Partial
from assistant.evaluation import Judged
from assistant.risk import risk_coverage

_GROUPS = {
    "by_kind": "Kind of question",
    "by_language": "Language",
    "by_register": "Register",
    "by_programme": "Programme",
}
_SIDE = 240  # units of a chart's side


@dataclass(frozen=True, slots=True)
class Failure:
    """A question that was not answered right, as the page shows it."""

    id: str
    question: str
    history: tuple[str, ...]
    tags: tuple[str, ...]
    status: str
    reason: str | None
    why: str
    wrong_answer: bool
    said: tuple[str, ...]
    citations: tuple[Citation, ...]
    expected: str


def report(
    judged: Sequence[Judged],
    figures: Mapping[str, Any],
    files_asked: Sequence[str],
    written: datetime,
) -> str:
    """The page, HTML with its style and drawings inside.

    `figures` is `assistant.evaluation.summary` with the names of the index and the encoder.
    """
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    template = files("assistant").joinpath("templates/report.html").read_text("utf-8")
    points = risk_coverage(judged)
    top = _round_up(max((point.risk for point in points), default=0.0))
    return environment.from_string(template).render(
        figures=figures,
        files=files_asked,
        written=written,
        groups={title: figures[key] for key, title in _GROUPS.items() if figures[key]},
        failures=failures(judged),
        side=_SIDE,
        reliability=[
            (*_place(each["confidence"], each["right"]), each["total"])
            for each in figures["calibration"]
        ],
        risk=_polyline((point.coverage, point.risk / top) for point in points),
        top=top,
    )


def failures(judged: Sequence[Judged]) -> tuple[Failure, ...]:
    """Every question that was not answered right, the wrong answers first."""
    those = sorted((one for one in judged if not one.right), key=lambda one: not one.wrong_answer)
    return tuple(map(_failure, those))


def _failure(one: Judged) -> Failure:
    expected, reply = one.expected, one.outcome.reply
    tags = (
        expected.kind,
        expected.programme,
        expected.language,
        expected.register,
        expected.aspect,
    )
    return Failure(
        id=expected.id,
        question=expected.question,
        history=expected.history,
        tags=tuple(tag for tag in tags if tag),
        status=one.status,
        reason=reply.reason if isinstance(reply, Partial | Abstention) else None,
        why=one.why,
        wrong_answer=one.wrong_answer,
        said=tuple(segment.text for segment in reply.segments if segment.citation is None),
        citations=getattr(reply, "citations", ()),
        expected="; ".join(" or ".join(several) for several in expected.facts),
    )


def _place(x: float, y: float) -> tuple[float, float]:
    """A point of the unit square in a chart, whose y grows downwards."""
    return round(_SIDE * x, 1), round(_SIDE * (1 - y), 1)


def _polyline(points: Iterable[tuple[float, float]]) -> str:
    return " ".join("{},{}".format(*_place(x, y)) for x, y in points)


def _round_up(share: float) -> float:
    """The next of some round shares, as the top of an axis."""
    return next((top for top in (0.05, 0.1, 0.2, 0.5) if share <= top), 1.0)
