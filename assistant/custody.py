"""Custody: the commands that hand out, erase and forget what candidates asked."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from assistant import console
from assistant.mistake import Mistake

if TYPE_CHECKING:
    from assistant.erasure import Erased, Erasure
    from assistant.extract import Extracts

Format = Literal["csv", "json"]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DAY")]


def export(
    output: Annotated[
        Path | None, typer.Option("--output", help="File to write; else standard output.")
    ] = None,
    kind: Annotated[Format, typer.Option("--format", help="csv or json.")] = "csv",
    since: Day = None,
    until: Day = None,
    programme: console.ProgrammeId = None,
    containing: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="Only questions that hold this, such as a name."),
    ] = None,
) -> None:
    """Write the kept questions with what was shown for them, the opinions and their state.

    With --containing it is what is known of a person who asks for it.
    """
    from assistant.extract import COLUMNS
    from assistant.spreadsheet import MARK, csv_lines

    text = None if containing is None else console.argument(containing)
    if text is not None and not text.strip():
        raise Mistake("--containing is empty: give the text to look for", code=2)
    last = until + timedelta(days=1) if until else None
    rows = _extracts().rows(_local(since), _local(last), programme, text)
    if kind == "json":
        lines = _json_lines(rows)
    else:
        lines = chain([MARK] if output else [], csv_lines(COLUMNS, rows))
    if output is None:
        for line in lines:
            sys.stdout.write(line)
        return
    with output.open("w", encoding="utf-8", newline="") as file:
        file.writelines(lines)
    console.complain(f"Written: {output}. It holds what candidates asked: delete it after use.")


def purge(
    days: Annotated[
        int | None,
        typer.Option(help="Erase what is older; else ASSISTANT_RETENTION_DAYS.", min=1, max=3650),
    ] = None,
    as_json: console.Json = False,
) -> None:
    """Erase questions past the retention age, with their feedback and their place in the queue.

    Answers that staff published stay.
    """
    from assistant.audit import TERMINAL

    age = days or console.read_settings().retention_days
    now = datetime.now(UTC)
    _tell(_erasure().purge(now - timedelta(days=age), TERMINAL, now), as_json)


def forget(
    text_or_id: Annotated[
        str, typer.Argument(metavar="TEXT_OR_ID", help="A question's id, or words that it holds.")
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell how many questions it would erase.")
    ] = False,
    as_json: console.Json = False,
) -> None:
    """Erase the questions that hold a text, or the one of an id, everywhere.

    In the journal, the queue, the notes on groups, the wordings of staff's answers and what these
    said before; an answer that says it now is named.
    """
    from assistant.audit import TERMINAL

    wanted = console.argument(text_or_id)
    erasure = _erasure()
    try:
        if dry_run:
            found = erasure.found(wanted)
            if as_json:
                console.print_json({"questions": list(found)})
            else:
                typer.echo(f"{len(found)} questions would be erased.")
            return
        erased = erasure.forget(wanted, TERMINAL, datetime.now(UTC))
    except ValueError as error:
        raise Mistake(str(error), code=2) from None
    _tell(erased, as_json)


def _tell(erased: Erased, as_json: bool) -> None:
    if as_json:
        console.print_json(asdict(erased))
    else:
        more = {
            "groups": erased.groups, "notes": erased.notes, "wordings": erased.wordings,
            "earlier revisions of answers": erased.revisions,
        }  # fmt: skip
        counts = "".join(f", {count} {name}" for name, count in more.items() if count)
        typer.echo(f"Erased: {erased.questions} questions{counts}.")
    for id in erased.answers:
        said = f"note: the answer {id} says it itself: change it on the staff pages, then run"
        console.complain(f"{said} this again, for its history")
    if not erased.packed:
        raise Mistake(
            "the database is busy: what was erased may still lie in freed space; run this again"
        )


def _json_lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield "["
    for number, row in enumerate(rows):
        yield ("," if number else "") + "\n" + json.dumps(row, ensure_ascii=False)
    yield "\n]\n"


def _local(day: datetime | None) -> datetime | None:
    """The first moment of a day, in this machine's time zone."""
    return day.astimezone() if day else None


def _extracts() -> Extracts:
    from assistant.database import connect, migrate
    from assistant.extract import Extracts

    engine = connect(console.read_settings().database_url.get_secret_value())
    migrate(engine)
    return Extracts(engine)


def _erasure() -> Erasure:
    from assistant.aspect import load_aspects
    from assistant.erasure import Erasure
    from assistant.group_store import GroupStore

    engine = _extracts().engine
    return Erasure(engine, GroupStore(engine, tuple(load_aspects())))
