"""The command line: what each command composes, and nothing before it is needed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from assistant import access, console, custody, measurement, membership, upkeep
from assistant.mistake import Mistake, told

if TYPE_CHECKING:
    from assistant.answer_store import AnswerStore
    from assistant.exchange import Asked
    from assistant.journal import Journal
    from assistant.office import Office
    from assistant.settings import Settings
    from web.enquiry import Enquiries


class Commands(TyperGroup):
    """The commands; a mistake ends each of them with one line on standard error."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            mistake = told(error)
            if mistake is None:
                raise
            console.complain(f"assistant: {mistake}")
            raise typer.Exit(mistake.code) from None


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Answers candidates' questions by quoting the programme's documentation. "
    "Settings are ASSISTANT_* environment variables, listed in the README.",
)


def _tell_version(wanted: bool) -> None:
    if wanted:
        from assistant import __version__

        typer.echo(f"assistant {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_tell_version, is_eager=True, help="Tell the version."),
    ] = False,
) -> None:
    pass


@app.command()
def serve(
    ctx: typer.Context,
    host: Annotated[str | None, typer.Option(help="Address; else ASSISTANT_HOST.")] = None,
    port: Annotated[
        int | None, typer.Option(help="Port; else ASSISTANT_PORT.", min=0, max=65535)
    ] = None,
    workers: Annotated[int, typer.Option(help="Processes that answer.", min=1, max=64)] = 1,
) -> None:
    """Serve the API, the pages and the widget.

    Builds the index first where it is missing or stale.
    """
    from assistant.garbage import put_off

    settings = console.read_settings()
    with put_off():
        from assistant.answer_store import AnswerStore
        from assistant.database import connect, migrate

        answers = AnswerStore(connect(settings.database_url.get_secret_value()))
        # Its encoder is opened meanwhile.
        office = console.open_office(ctx, settings, answers)
        from web.server import serve as listen

    migrate(answers.engine)
    try:
        built = console.build_index(office)
        for each in built.holdings.unreadable:
            console.complain(f"note: {each.path}: {each.reason} {each.remedy}")
    except Exception as error:
        # What can be answered without is answered; /readyz tells what cannot.
        if (mistake := told(error)) is None:
            raise
        console.complain(f"assistant: {mistake}")
    served = "assistant.cli:application"
    with put_off():
        made = _application(settings, office, answers) if workers == 1 else None
    code = listen(
        made or served,
        host=host or settings.host,
        port=settings.port if port is None else port,
        log_level=settings.log_level,
        workers=workers,
        listening=partial(_tell_address, settings),
    )
    office.close()
    raise typer.Exit(code)


def _tell_address(settings: Settings, url: str) -> None:
    """Where it serves, and while nobody has an account the code that makes the first one."""
    console.complain(f"Serving on {url} (Ctrl-C stops)")
    if code := membership.invite(settings):
        console.complain(f"No staff account yet: open {url}/staff/first-run with the code {code}")


def application() -> Any:
    """The service in one of several worker processes, over the index that is there."""
    from assistant.garbage import put_off

    settings = console.read_settings()
    with put_off():
        from assistant.answer_store import AnswerStore
        from assistant.database import connect
        from assistant.office import Office
        from web.log import configure_logging

        configure_logging(settings.log_level)
        answers = AnswerStore(connect(settings.database_url.get_secret_value()))
        return _application(settings, Office(settings, staff=answers), answers)


def _application(settings: Settings, office: Office, answers: AnswerStore) -> Any:
    from assistant.casework import casework_of
    from assistant.journal import Journal
    from assistant.keyring import KeyRing
    from assistant.publishing import Publishing
    from assistant.staff import staff_of
    from web.app import create_app

    office.refresh()
    office.follow_staff()
    office.watch()
    engine = answers.engine
    journal = Journal(engine)
    casework = casework_of(engine, office)
    casework.clerk.start()
    return create_app(
        office,
        journal,
        settings,
        keys=KeyRing(engine),
        staff=staff_of(engine),
        publishing=Publishing(office, answers, journal),
        casework=casework,
    )


@app.command()
def ask(
    ctx: typer.Context,
    question: Annotated[str, typer.Argument(help="In your own words.")],
    programme: console.ProgrammeId = None,
    language: Annotated[str | None, typer.Option(help="Of the reply's own words: fr, en.")] = None,
    history: Annotated[
        list[str] | None, typer.Option(metavar="QUESTION", help="Asked before; may be repeated.")
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show how it was decided.")] = False,
    as_json: console.Json = False,
) -> None:
    """Answer one question with its sources."""
    from assistant.answer_store import AnswerStore
    from assistant.journal import Journal

    asked = _asked(question, programme, language, history or [])
    settings = console.read_settings()
    engine, out = _database(settings)
    office = console.open_office(ctx, settings, None if out else AnswerStore(engine))
    console.ready(office)
    if programme is not None and programme not in office.desk.programmes:
        known = ", ".join(office.desk.programmes)
        raise Mistake(f"The programme {programme!r} is not indexed; there are: {known}")
    enquiries = _enquiries(office, settings, Journal(engine))
    body = enquiries.answer(asked, "terminal")
    outcome = office.desk.ask(asked, enquiries.clock().date())
    if as_json:
        from assistant.reasoning import reasons

        told_why = {"explanation": reasons(outcome)} if explain else {}
        console.print_json(body.model_dump(mode="json") | told_why)
        return
    from rich.console import Console

    from assistant.reasoning import show_reasons
    from assistant.terminal import show_reply

    contact = (body.contact.label, body.contact.email, body.contact.url) if body.contact else ()
    base = f"http://{settings.host}:{settings.port}"
    screen = Console(highlight=False)
    show_reply(screen, outcome, tuple(part for part in contact if part), base)
    if explain:
        show_reasons(screen, outcome)


def _asked(question: str, programme: str | None, language: str | None, history: list[str]) -> Asked:
    from assistant.exchange import Asked
    from web.preference import language_of
    from web.validation import HISTORY_LENGTH, QUESTION_LENGTH, clean

    text = clean(console.argument(question)).strip()
    if not text:
        raise Mistake("The question is empty: write it in quotes behind `ask`", code=2)
    if len(text) > QUESTION_LENGTH:
        said = f"The question has {len(text)} characters: {QUESTION_LENGTH} are read at most"
        raise Mistake(said, code=2)
    if len(history) > HISTORY_LENGTH:
        raise Mistake(f"{len(history)} earlier questions: give {HISTORY_LENGTH} at most", code=2)
    earlier = (clean(console.argument(said)).strip()[:QUESTION_LENGTH] for said in history)
    return Asked(text, programme, language_of(language), tuple(said for said in earlier if said))


def _enquiries(office: Office, settings: Settings, journal: Journal) -> Enquiries:
    import structlog

    from web.app import local_time
    from web.enquiry import Enquiries
    from web.messages import read_catalogue

    # A terminal shows the answer itself; a question that is not recorded is told below.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    return Enquiries(office, journal, settings, read_catalogue(), local_time)


def _database(settings: Settings) -> tuple[Any, bool]:
    """The database, made ready, and whether it is out: that stops no answer of documents."""
    from assistant.database import DatabaseError, connect, migrate, schema

    engine = connect(settings.database_url.get_secret_value())
    try:
        found, wanted = schema(engine)
        if found != wanted:
            migrate(engine)
    except DatabaseError as error:
        console.complain(f"note: no answers of staff, and the question is not recorded: {error}")
        return engine, True
    return engine, False


for command in (upkeep.ingest, upkeep.build, measurement.evaluate, upkeep.doctor):
    app.command()(command)
for kept in (custody.export, custody.purge, custody.forget):
    app.command()(kept)
app.add_typer(access.keys, name="keys")
app.add_typer(membership.staff, name="staff")
