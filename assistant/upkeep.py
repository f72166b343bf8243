"""Upkeep: the commands that keep documents, index and installation in order."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from assistant import console
from assistant.mistake import Mistake

if TYPE_CHECKING:
    from assistant.intake import Run
    from assistant.office import Built, Office
    from index.build import Progress

_COLOURS = {"ok": "green", "warning": "yellow", "error": "red"}


def ingest(
    ctx: typer.Context,
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH_OR_URL]...",
            help="Files, folders as roots, addresses of pages or sitemaps, a sources.toml; without"
            " any, the sources.toml in ASSISTANT_DATA.",
        ),
    ] = None,
    programme: console.ProgrammeId = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on: files as they change, sites by their schedule.")
    ] = False,
    every: Annotated[
        float | None,
        typer.Option(metavar="HOURS", min=0.001, help="Go on: everything again after these hours."),
    ] = None,
    as_json: console.Json = False,
) -> None:
    """Add or refresh documents.

    Then the index is updated; running servers answer from it when the command ends.
    """
    from assistant.intake import Intake, given
    from assistant.terminal import progress_bar

    settings = console.read_settings()
    if programme is not None and not programme.strip():
        raise Mistake("--programme is empty: give the programme's id", code=2)
    wanted = given([console.argument(source) for source in sources or ()], settings)
    if not wanted.names:
        own = settings.data / "sources.toml"
        raise Mistake(f"Nothing is given to ingest, and there is no {own}", code=2)
    named = programme and console.argument(programme)
    offices: list[Office] = []

    def build(progress: Progress) -> tuple[Office, Built]:
        if not offices:
            offices.append(console.open_office(ctx, settings))
        return offices[0], console.build_index(offices[0], progress)

    if watch or every is not None:
        from assistant.watch import Watch

        def tell(run: Run) -> None:
            _tell(run, as_json=as_json, shortly=True)

        watcher = Watch(
            wanted, tell, console.complain, every, follow=watch, allowed=settings.private_sources
        )
        console.complain(f"Watching {', '.join(wanted.names)} (Ctrl-C stops)")
        with progress_bar(quiet=True) as silent:
            watcher.run(Intake(settings, partial(build, silent), named, pause=watcher.pause))
        return
    with progress_bar() as progress:
        run = Intake(settings, partial(build, progress), named, progress).run(wanted)
    _tell(run, as_json=as_json, shortly=False)
    console.fail_over(run.ingested.refused)


def _tell(run: Run, *, as_json: bool, shortly: bool) -> None:
    """Tell what a run came to; shortly where another follows, and then only what happened."""
    from assistant.ingestion_report import as_json as stated
    from assistant.ingestion_report import in_words

    if shortly and not run.report.eventful and run.built is None:
        return
    for note in run.ingested.notes:
        console.complain(f"note: {note}")
    ingested = run.ingested
    if as_json:
        index = console.described(run.built) if run.built else console.found(run.index)
        told = {"kept": ingested.kept, "refused": console.named(ingested.refused), **index}
        console.print_json({**told, "report": stated(run.report)}, line=shortly)
    elif run.index:
        moment = f"{run.report.started} " if shortly else ""
        state = console.told_of(run.built) if run.built else console.told_found(run.index)
        typer.echo(f"{moment}{in_words(run.report)} {state}".rstrip())
    if shortly:
        for each in ingested.refused:
            console.complain(f"{each.path}: {each.reason} {each.remedy}")


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
