"""Measurement: the command that asks every question of a file and tells how well it went."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant import console
from assistant.mistake import Mistake

if TYPE_CHECKING:
    from assistant.evaluation import Judged
    from assistant.office import Office
    from assistant.questionfile import Expected
    from assistant.settings import Settings


def evaluate(
    ctx: typer.Context,
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE...", help="Question files.")
    ] = None,
    corpus: Annotated[
        list[Path] | None,
        typer.Option(help="Documents to ask instead of the current ones; may be repeated."),
    ] = None,
    html: Annotated[Path | None, typer.Option(metavar="REPORT", help="Write a report.")] = None,
    fit: Annotated[bool, typer.Option("--fit", help="Fit the policy to these questions.")] = False,
    regressions: Annotated[
        bool,
        typer.Option("--regressions", help="Ask what staff's answers closed again, instead."),
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Show every failure.")] = False,
    as_json: console.Json = False,
) -> None:
    """Measure on question files."""
    from assistant.questionfile import read_questions

    if regressions:
        _ask_again(ctx, as_json)
        return
    if not files:
        raise Mistake("Name at least one question file, or give --regressions", code=2)
    questions = [question for file in files for question in read_questions(file)]
    settings = console.read_settings()
    with _opened(ctx, settings, corpus or []) as office:
        _check_programmes(questions, office)
        if fit:
            _fit(office, questions)
        judged = _judged(office, questions)
        figures = _figures(office, judged)
        if html:
            from assistant.report import report

            html.parent.mkdir(parents=True, exist_ok=True)
            names = [file.name for file in files]
            page = report(judged, figures, names, datetime.now().astimezone())
            html.write_text(page, encoding="utf-8")
    if as_json:
        console.print_json(
            figures | {"failures": [_failure(one) for one in judged if not one.right]}
        )
        return
    from rich.console import Console

    from assistant.scorecard import show_failures, show_scores

    screen = Console(highlight=False)
    show_scores(screen, figures)
    if verbose:
        show_failures(screen, judged)
    if html:
        console.complain(f"Report written to {html}")


def _ask_again(ctx: typer.Context, as_json: bool) -> None:
    """Ask every closed question again; exit code 1 when one does not get its answer."""
    from assistant.answer_store import AnswerStore
    from assistant.database import connect, migrate
    from assistant.journal import Journal
    from assistant.regression import regressions

    settings = console.read_settings()
    store = AnswerStore(connect(settings.database_url.get_secret_value()))
    migrate(store.engine)
    office = console.ready(console.open_office(ctx, settings, store))
    closed = store.closed()
    questions = Journal(store.engine).questions([question for question, _ in closed])
    failed = regressions(office.open_desk(), closed, questions, date.today())
    if as_json:
        failures = [each.described() for each in failed]
        console.print_json(
            {"index": office.desk.index, "closed": len(closed), "failures": failures}
        )
    else:
        typer.echo(f"Closed questions asked again: {len(closed)}; not answered: {len(failed)}.")
        for each in failed:
            console.complain(f"{each.question.id}: {each.question.question} (answer {each.answer})")
    if failed:
        raise typer.Exit(1)


@contextmanager
def _opened(ctx: typer.Context, settings: Settings, corpora: Sequence[Path]) -> Iterator[Office]:
    """An office over the current index, or over one of these documents that goes afterwards."""
    if not corpora:
        yield console.ready(console.open_office(ctx, settings))
        return
    from assistant.holdings import joined
    from assistant.office import Office
    from corpus.library import read_corpus

    holdings = joined([(path, read_corpus(path)) for path in corpora])
    for each in holdings.unreadable:
        console.complain(f"note: {each.path}: {each.reason} {each.remedy}")
    with tempfile.TemporaryDirectory(prefix="assistant-evaluate-") as folder:
        elsewhere = settings.model_copy(update={"data": Path(folder)})
        yield console.ready(Office(elsewhere, console.supplies_of(ctx), lambda: holdings))


def _check_programmes(questions: Sequence[Expected], office: Office) -> None:
    known = office.desk.programmes
    for question in questions:
        if question.programme is not None and question.programme not in known:
            raise Mistake(
                f"The question {question.id!r} is about the programme {question.programme!r}, "
                f"which is not indexed (there are: {', '.join(known)}): give its documents with "
                "--corpus"
            )


def _fit(office: Office, questions: Sequence[Expected]) -> None:
    """Fit the policy to these questions, decide by it, and store it with the package."""
    from assistant.aspect import load_aspects
    from assistant.fitted import store
    from assistant.fitting import (
        START,
        WRONG_BY_WORDS,
        aspect_vectors,
        by_words_alone,
        fit,
        samples,
    )
    from assistant.policy import CONSERVATIVE

    encoder = office.encoder
    if encoder is None:
        raise Mistake(f"A policy is fitted to an encoder: {office.trouble}")
    affinity = aspect_vectors(load_aspects(), encoder)
    office.adopt(START, affinity)
    found = samples(office.open_desk(), questions)
    policy, chances = fit(found, len(questions), encoder.fingerprint)
    affinity = affinity.with_chances(chances)
    blind = [by_words_alone(sample) for sample in found]
    words, _ = fit(blind, len(questions), CONSERVATIVE, allowed=WRONG_BY_WORDS)
    office.adopt(policy, affinity)
    for path in store((policy, words), affinity):
        console.complain(f"Written: {path}")


def _judged(office: Office, questions: Sequence[Expected]) -> tuple[Judged, ...]:
    from assistant.evaluation import judge_all
    from assistant.terminal import progress_bar

    desk = office.open_desk()
    with progress_bar() as tell:
        return judge_all(
            desk, questions, date.today(), lambda done, total: tell("ask", done, total)
        )


def _figures(office: Office, judged: Sequence[Judged]) -> dict[str, Any]:
    from assistant.evaluation import summary

    encoder = office.encoder.name if office.encoder else None
    return {"index": office.desk.index, "encoder": encoder, **summary(judged)}


def _failure(one: Judged) -> dict[str, Any]:
    from assistant.answer import text_of

    return {
        "id": one.expected.id,
        "question": one.expected.question,
        "programme": one.expected.programme,
        "kind": one.expected.kind,
        "status": one.status,
        "why": one.why,
        "wrong_answer": one.wrong_answer,
        "reply": text_of(one.outcome.reply.segments),
    }
