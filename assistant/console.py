"""The console: what every command opens, and how it says what came of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.mistake import Mistake, one_line

if TYPE_CHECKING:
    from assistant.answer_store import AnswerStore
    from assistant.builder import Built
    from assistant.equipment import Supplies
    from assistant.freshness import Fresh
    from assistant.office import Office
    from assistant.settings import Settings
    from corpus.library import Unreadable
    from index.build import Progress

_BUILD_WAIT = 120.0  # seconds for another process's build
_SERVER_WAIT = 10.0  # seconds for running servers to answer from a new index

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
ProgrammeId = Annotated[
    str | None, typer.Option("--programme", metavar="ID", help="The programme's id.")
]


def read_settings() -> Settings:
    """The settings of the environment; raises `SettingsError`."""
    from assistant.settings import load_settings

    return load_settings()


def supplies_of(ctx: typer.Context) -> Supplies | None:
    """What a test brings along; None for what an office takes by itself."""
    from assistant.equipment import Supplies

    return ctx.obj if isinstance(ctx.obj, Supplies) else None


def open_office(
    ctx: typer.Context, settings: Settings, answers: AnswerStore | None = None
) -> Office:
    """An office that has its encoder, and no desk yet; with `answers` it gives those of staff."""
    from assistant.office import Office

    return Office(settings, supplies_of(ctx), staff=answers)


def build_index(office: Office, tell: Progress | None = None) -> Built:
    """Bring the index up to date, showing progress, and wait until running servers follow.

    `tell` hears of the progress instead of a bar of its own.
    """
    from assistant.terminal import progress_bar

    with nullcontext(tell) if tell else progress_bar() as heard:
        built = office.build(heard, wait=_BUILD_WAIT)
    if not built.report.unchanged and (late := office.wait_for_servers(_SERVER_WAIT)):
        complain(f"note: {late} running servers still answer from an earlier index")
    return built


def ready(office: Office) -> Office:
    """The office with its desk open, the index built where that was needed.

    Raises `Mistake` when nothing can be answered.
    """
    try:
        build_index(office)
    except OSError as error:  # a full disk: what is there still answers
        complain(f"note: the index is not brought up to date: {error.strerror or error}")
    office.refresh()
    office.follow_staff()
    if reasons := office.problems():
        raise Mistake(" ".join(reasons))
    for note in office.notes():
        complain(f"note: {note}")
    return office


def described(built: Built | None) -> dict[str, Any]:
    """A build as JSON."""
    if built is None:
        return {}
    report = built.report
    return {
        "index": report.generation,
        "unchanged": report.unchanged,
        "documents": report.documents,
        "passages": report.passages,
        "encoded": report.encoded,
        "added": report.added,
        "changed": report.changed,
        "removed": report.removed,
    }


def found(index: Fresh | None) -> dict[str, Any]:
    """An index that nothing had to be done about, as JSON."""
    if index is None:
        return {}
    counts = {"documents": index.documents, "passages": index.passages, "encoded": 0}
    return {
        "index": index.generation,
        "unchanged": True,
        **counts,
        "added": [],
        "changed": [],
        "removed": [],
    }


def told_found(index: Fresh | None) -> str:
    """The same in a sentence."""
    if index is None:
        return ""
    size = f"{index.documents} documents, {index.passages} passages"
    return f"The index {index.generation} is up to date: {size}."


def told_of(built: Built) -> str:
    """A build in a sentence."""
    report = built.report
    size = f"{report.documents} documents, {report.passages} passages"
    if report.unchanged:
        return f"The index {report.generation} is up to date: {size}."
    counts = (len(report.added), len(report.changed), len(report.removed))
    added, changed, removed = counts
    return (
        f"The index is now {report.generation}: {size}; documents added {added}, "
        f"changed {changed}, removed {removed}; passages encoded {report.encoded}."
    )


def named(refused: Iterable[Unreadable]) -> list[dict[str, str]]:
    """Files that cannot be read, as JSON."""
    return [{"path": each.path, "reason": each.reason, "remedy": each.remedy} for each in refused]


def fail_over(refused: Iterable[Unreadable]) -> None:
    """Name each file that cannot be read with the remedy, and end with exit code 1; if any."""
    refused = tuple(refused)
    for each in refused:
        complain(f"{each.path}: {each.reason} {each.remedy}")
    if refused:
        raise typer.Exit(1)


def complain(text: str) -> None:
    """One line on standard error."""
    typer.echo(one_line(text), err=True)


def print_json(value: object, *, line: bool = False) -> None:
    """A value as JSON on standard output, on one line where others follow."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=None if line else 1))


def argument(text: str) -> str:
    """What was typed, as valid text: a terminal in another encoding sends stray bytes."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
