"""Reasoning: why a reply is what it is, for the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from assistant.composition import Part
from assistant.decision import Found, Near, Silent
from assistant.evidence import Evidence
from assistant.exchange import Outcome
from assistant.terminal import legible

_CONSIDERED = 5  # passages of which the features are shown
_SHOWN = 90  # characters of such a passage


def show_reasons(console: Console, outcome: Outcome) -> None:
    """Print what was understood, what was weighed, and the rule that decided."""
    explanation = outcome.explanation
    console.rule("why", style="dim")
    console.print(Text(f"rule       {explanation.rule}"))
    console.print(Text(f"index      {outcome.index}"))
    console.print(Text(f"programme  {legible(outcome.programme or 'any')}"))
    if explanation.corrected:
        console.print(Text(f"read as    {legible(explanation.corrected)}"))
    for number, part in enumerate(explanation.parts, start=1):
        _show_part(console, number, part)


def _show_part(console: Console, number: int, part: Part) -> None:
    query, search = part.query, part.decision.search
    console.print(Text(f"\nquestion {number}: {legible(query.text)} → {_verdict(part)}", "bold"))
    aspects = [f"{found.aspect.id} {found.score:.2f}" for found in query.aspects]
    console.print(Text(f"aspects    {', '.join(aspects) or 'none'}"))
    console.print(Text(f"expects    {query.expects or 'anything'}"))
    keys = Table("key", "weight", "concepts", box=None, pad_edge=False, header_style="dim")
    for key in query.keys:
        keys.add_row(legible(key.text), f"{key.weight:.2f}", ", ".join(sorted(key.concepts)) or "–")
    console.print(Padding(keys, (0, 0, 0, 2)))
    if search is not None:
        console.print(Text(f"sure       {search.probability:.3f}"))
        console.print(Padding(Text(_told(search.features), "dim"), (0, 0, 0, 8)))
        chosen = _chosen(part)
        for score, evidence in search.ranked[:_CONSIDERED]:
            _show_evidence(console, f"{score:7.3f}", evidence, evidence in chosen)
    if part.pointer is not None:
        console.print(Text("pointed to instead:"))
        for evidence in part.pointer.chosen:
            _show_evidence(console, " " * 7, evidence, True)


def _show_evidence(console: Console, score: str, evidence: Evidence, chosen: bool) -> None:
    passage = evidence.hit.passage
    line = Text(f"{'✓' if chosen else ' '} {score} ", "green" if chosen else "")
    place = f"{passage.document} › {' › '.join(passage.headings[-2:])}"
    console.print(line.append(legible(place)))
    said = legible(" ".join(passage.text.split()))
    details = [
        said if len(said) <= _SHOWN else f"{said[: _SHOWN - 1]}…",
        "covers " + (", ".join(legible(key.text) for key in evidence.covered) or "nothing"),
        "lacks " + (", ".join(legible(key.text) for key in evidence.missing) or "nothing"),
        _told(evidence.features),
    ]
    console.print(Padding(Text("\n".join(details), "dim"), (0, 0, 0, 8)))


def _told(features: Mapping[str, float]) -> str:
    return " ".join(f"{name} {value:+.2f}" for name, value in features.items() if value)


def reasons(outcome: Outcome) -> dict[str, Any]:
    """The same as JSON."""
    explanation = outcome.explanation
    return {
        "rule": explanation.rule,
        "read_as": explanation.corrected,
        "programme": outcome.programme,
        "questions": [_part(part) for part in explanation.parts],
    }


def _part(part: Part) -> dict[str, Any]:
    query, search = part.query, part.decision.search
    chosen = _chosen(part)
    return {
        "text": query.text,
        "verdict": _verdict(part),
        "expects": query.expects,
        "keys": [
            {"text": key.text, "weight": round(key.weight, 4), "concepts": sorted(key.concepts)}
            for key in query.keys
        ],
        "aspects": [
            {"id": found.aspect.id, "score": round(found.score, 4)} for found in query.aspects
        ],
        "probability": round(search.probability, 4) if search else None,
        "features": _rounded(search.features) if search else {},
        "considered": [
            {"score": round(score, 4), "chosen": evidence in chosen, **_evidence(evidence)}
            for score, evidence in (search.ranked if search else ())
        ],
        "pointer": [
            _evidence(evidence) for evidence in (part.pointer.chosen if part.pointer else ())
        ],
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    passage = evidence.hit.passage
    return {
        "document": passage.document,
        "headings": list(passage.headings),
        "start": passage.start,
        "end": passage.end,
        "covered": [key.text for key in evidence.covered],
        "missing": [key.text for key in evidence.missing],
        "features": _rounded(evidence.features),
    }


def _rounded(features: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in features.items()}


def _chosen(part: Part) -> tuple[Evidence, ...]:
    return () if isinstance(part.decision, Silent) else part.decision.chosen


def _verdict(part: Part) -> str:
    if part.staff is not None:
        return f"answered by staff ({part.staff.document})"
    match part.decision:
        case Found():
            return "found"
        case Near():
            return "near"
        case Silent():
            return "silent"
