"""Upkeep: the commands that keep documents, index and installation in order."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant import console
from assistant.mistake import Mistake

if TYPE_CHECKING:
    from corpus.library import Unreadable

_COLOURS = {"ok": "green", "warning": "yellow", "error": "red"}


def ingest(
    ctx: typer.Context,
    sources: Annotated[
        list[str], typer.Argument(metavar="PATH_OR_URL...", help="Files, or folders as roots.")
    ],
    programme: console.ProgrammeId = None,
    as_json: console.Json = False,
) -> None:
    """Add or refresh documents.

    Then the index is updated; running servers answer from it when the command ends.
    """
    from assistant.holdings import documents_folder
    from assistant.ingestion import IngestionError
    from assistant.ingestion import ingest as take_in
    from corpus.library import Unreadable

    settings = console.read_settings()
    if programme is not None and not programme.strip():
        raise Mistake("--programme is empty: give the programme's id", code=2)
    kept: list[str] = []
    refused: list[Unreadable] = []
    for source in sources:
        if "://" in source:
            remedy = "Save the page as a file and ingest that."
            refused.append(Unreadable(source, "Addresses are not read.", remedy))
            continue
        try:
            folder = documents_folder(settings)
            ingested = take_in(Path(source), folder, programme and console.argument(programme))
        except IngestionError as error:
            refused.append(Unreadable(source, f"{error}.", ""))
            continue
        kept.extend(ingested.kept)
        refused.extend(ingested.refused)
        for note in ingested.notes:
            console.complain(f"note: {note}")
    built = console.build_index(console.open_office(ctx, settings)) if kept else None
    if as_json:
        console.print_json(
            {"kept": kept, "refused": console.named(refused), **console.described(built)}
        )
    elif built:
        typer.echo(f"Documents kept: {len(kept)}. {console.told_of(built)}")
    console.fail_over(refused)


def build(ctx: typer.Context, as_json: console.Json = False) -> None:
    """Bring the index up to date.

    Does nothing when no document changed.
    """
    built = console.build_index(console.open_office(ctx, console.read_settings()))
    unreadable = built.holdings.unreadable
    for note in built.holdings.notes:
        console.complain(f"note: {note}")
    if as_json:
        console.print_json(console.described(built) | {"unreadable": console.named(unreadable)})
    else:
        typer.echo(console.told_of(built))
    console.fail_over(unreadable)


def doctor(ctx: typer.Context, as_json: console.Json = False) -> None:
    """Check the installation and say what to do."""
    from rich.console import Console
    from rich.text import Text

    from assistant.diagnosis import diagnose
    from assistant.terminal import legible

    screen = Console(highlight=False)
    findings = []
    for finding in diagnose(None, console.supplies_of(ctx)):
        findings.append(finding)
        if not as_json:
            line = Text.assemble(
                (f"{finding.state:8}", _COLOURS[finding.state]),
                (f"{finding.subject:10}", "bold"),
                legible(finding.message),
            )
            screen.print(line, soft_wrap=True)
            if finding.remedy:
                screen.print(Text(f"{'':18}→ {legible(finding.remedy)}"), soft_wrap=True)
    failed = any(finding.state == "error" for finding in findings)
    if as_json:
        listed = [asdict(finding) for finding in findings]
        console.print_json({"healthy": not failed, "findings": listed})
    if failed:
        raise typer.Exit(1)
