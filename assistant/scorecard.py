"""The scorecard: an evaluation's figures as tables in the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.answer import text_of
from assistant.evaluation import Judged
from assistant.terminal import legible

_GROUPS = {
    "by_kind": "kind",
    "by_language": "language",
    "by_register": "register",
    "by_programme": "programme",
}


def show_scores(console: Console, figures: Mapping[str, Any]) -> None:
    """Print the figures of `assistant.evaluation.summary`."""
    accuracy, wrong = figures["accuracy"], figures["wrong_answers"]
    console.print(
        Text.assemble(
            f"{figures['questions']} questions, ",
            (f"{accuracy['right']} right ({accuracy['share']:.1%})", "bold"),
        )
    )
    console.print(
        Text(
            f"{wrong['count']} given as answered and wrong ({wrong['share']:.1%}; "
            f"at most {wrong['upper_bound_95']:.1%} with 95 % confidence)",
            "red" if wrong["count"] else "green",
        )
    )
    groups = {name: figures[key] for key, name in _GROUPS.items()}
    if figures["follow_ups"]["total"]:
        groups["follow-ups"] = {"all": figures["follow_ups"]}
    console.print(_accuracies(groups))
    if retrieval := figures["retrieval"]:
        told = "  ".join(f"{name} {value:.3f}" for name, value in retrieval.items())
        console.print(Text(f"retrieval    {told}"))
    if bins := figures["calibration"]:
        console.print(_calibration(bins))
    latency = figures["latency_ms"]
    console.print(Text(f"latency      p50 {latency['p50']:.1f} ms  p95 {latency['p95']:.1f} ms"))


def _accuracies(groups: Mapping[str, Mapping[str, Mapping[str, float]]]) -> Table:
    table = Table("", "", "right", "of", "share", "", box=None, header_style="dim")
    for column in (2, 3, 4):
        table.columns[column].justify = "right"
    for group, scores in groups.items():
        for number, (name, score) in enumerate(scores.items()):
            table.add_row(
                Text(group if number == 0 else "", "bold"),
                legible(name),
                str(score["right"]),
                str(score["total"]),
                f"{score['share']:.1%}",
                Text("█" * round(20 * score["share"]), "green"),
            )
    return table


def _calibration(bins: Sequence[Mapping[str, float]]) -> Table:
    table = Table("confidence", "right", "questions", box=None, header_style="dim")
    for each in bins:
        table.add_row(f"{each['confidence']:.2f}", f"{each['right']:.2f}", str(each["total"]))
    return table


def show_failures(console: Console, judged: Sequence[Judged]) -> None:
    """Print every question that was not answered right, the wrong answers first."""
    failures = sorted(
        (one for one in judged if not one.right), key=lambda one: not one.wrong_answer
    )
    for one in failures:
        expected = one.expected
        style = "bold red" if one.wrong_answer else "bold"
        console.print(Text(f"{legible(expected.id)}  {legible(expected.question)}", style))
        for said in expected.history:
            console.print(Text(f"  after    {legible(said)}", "dim"))
        console.print(Text(f"  because  {legible(one.why)}"))
        said = " ".join(text_of(one.outcome.reply.segments).split())
        console.print(Text(f"  reply    {one.status}: {legible(said[:300])}", "dim"))
