"""Reasoning: why a reply is what it is, for the terminal and as JSON."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from assistant.composition import Part
from assistant.decision import Found, Weighed
from assistant.desk import Outcome
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
    query, decision = part.query, part.decision
    verdict = "found" if isinstance(decision, Found) else f"silent: {decision.rule}"
    console.print(Text(f"\nquestion {number}: {legible(query.text)} → {verdict}", "bold"))
    aspects = [f"{found.aspect.id} {found.score:.2f}" for found in query.aspects]
    console.print(Text(f"aspects    {', '.join(aspects) or 'none'}"))
    console.print(Text(f"expects    {query.expects or 'anything'}"))
    keys = Table("key", "weight", "concepts", box=None, pad_edge=False, header_style="dim")
    for key in query.keys:
        keys.add_row(legible(key.text), f"{key.weight:.2f}", ", ".join(sorted(key.concepts)) or "–")
    console.print(Padding(keys, (0, 0, 0, 2)))
    for weighed in decision.considered[:_CONSIDERED]:
        _show_weighed(console, weighed, isinstance(decision, Found) and weighed in decision.chosen)
    if part.pointer is not None:
        console.print(Text("pointed to instead:"))
        for weighed in part.pointer.chosen:
            _show_weighed(console, weighed, True)


def _show_weighed(console: Console, weighed: Weighed, chosen: bool) -> None:
    evidence = weighed.evidence
    passage = evidence.hit.passage
    line = Text(f"{'✓' if chosen else ' '} {weighed.probability:.3f} ", "green" if chosen else "")
    console.print(line.append(f"{legible(passage.document)} › {' › '.join(passage.headings[-2:])}"))
    said = legible(" ".join(passage.text.split()))
    details = [
        said if len(said) <= _SHOWN else f"{said[: _SHOWN - 1]}…",
        "covers " + (", ".join(legible(key.text) for key in evidence.covered) or "nothing"),
        "lacks " + (", ".join(legible(key.text) for key in evidence.missing) or "nothing"),
        " ".join(f"{name} {value:+.2f}" for name, value in evidence.features.items() if value),
    ]
    console.print(Padding(Text("\n".join(details), "dim"), (0, 0, 0, 8)))


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
    query, decision = part.query, part.decision
    chosen = decision.chosen if isinstance(decision, Found) else ()
    return {
        "text": query.text,
        "rule": "found" if isinstance(decision, Found) else decision.rule,
        "expects": query.expects,
        "keys": [
            {"text": key.text, "weight": round(key.weight, 4), "concepts": sorted(key.concepts)}
            for key in query.keys
        ],
        "aspects": [
            {"id": found.aspect.id, "score": round(found.score, 4)} for found in query.aspects
        ],
        "considered": [_weighed(each, each in chosen) for each in decision.considered],
        "pointer": [_weighed(each, True) for each in (part.pointer.chosen if part.pointer else ())],
    }


def _weighed(weighed: Weighed, chosen: bool) -> dict[str, Any]:
    evidence = weighed.evidence
    passage = evidence.hit.passage
    return {
        "document": passage.document,
        "headings": list(passage.headings),
        "start": passage.start,
        "end": passage.end,
        "chosen": chosen,
        "probability": round(weighed.probability, 4),
        "covered": [key.text for key in evidence.covered],
        "missing": [key.text for key in evidence.missing],
        "features": {name: round(value, 4) for name, value in evidence.features.items()},
    }
