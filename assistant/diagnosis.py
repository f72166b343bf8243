"""The diagnosis: what `assistant doctor` looks at, and what to do about each thing."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from assistant.database import DatabaseError, connect, schema
from assistant.deadline import DAYS_AHEAD, deadlines
from assistant.equipment import Supplies
from assistant.holdings import Holdings, read_holdings
from assistant.neighbour import who_answers
from assistant.office import Office
from assistant.settings import Settings, SettingsError, load_settings
from assistant.shelf import IngestionError
from assistant.sqlite import journal_of, planned_journal
from index.generation import current_name

State = Literal["ok", "warning", "error"]
_ROOM = 200 * 1024 * 1024  # bytes: some generations of a large index
_NAMED = 5  # unreadable documents, and dates, that are named
_QUOTED = 120  # characters of a sentence with a date


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is, and the remedy when it is not well."""

    subject: str
    state: State
    message: str
    remedy: str = ""


def diagnose(
    environ: Mapping[str, str] | None,
    supplies: Supplies | None = None,
    today: date | None = None,
) -> Iterator[Finding]:
    """Look at everything that an installation needs, one finding after another.

    `today` is the day that dates in the documents are compared with, by default the clock's.
    Changes nothing but what every start would. With unusable settings nothing else is looked at.
    """
    try:
        settings = load_settings(environ)
    except SettingsError as error:
        yield Finding("settings", "error", str(error), "Correct or remove this variable.")
        return
    yield Finding("settings", "ok", f"read; documents from {settings.corpus}")
    yield _data(settings)
    yield from _database(settings)
    office = Office(settings, supplies)
    yield _encoder(office)
    yield _policy(office)
    holdings = None
    try:
        holdings = read_holdings(settings)
    except (IngestionError, OSError) as error:
        yield Finding("documents", "error", str(error), "Restore the folder.")
    if holdings is not None:
        yield from _documents(holdings)
        yield from _dates(holdings, today or date.today())
    yield _index(office, holdings)
    yield _servers(office)
    yield _port(settings)
    yield _contact(settings)
    yield from _staff(settings)


def _data(settings: Settings) -> Finding:
    folder = settings.data
    present = next(path for path in (folder, *folder.parents) if path.exists())
    remedy = "Give this user the right to write there, or set ASSISTANT_DATA to another folder."
    try:
        if folder.is_dir():
            tempfile.TemporaryFile(dir=folder).close()
        elif not present.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, f"{present} is a file")
        elif not os.access(present, os.W_OK):
            raise PermissionError(errno.EACCES, f"{present} belongs to others")
        free = shutil.disk_usage(present).free
    except OSError as error:
        return Finding("data", "error", f"{folder} cannot be written: {error.strerror}", remedy)
    if free < _ROOM:
        said = f"{folder} has {free // 1024**2} MB left"
        return Finding("data", "warning", said, "Make room: a build writes a second index.")
    return Finding("data", "ok", f"{folder} is writable")


def _database(settings: Settings) -> Iterator[Finding]:
    path = _sqlite_file(settings)
    if path is not None and not path.exists():
        yield Finding("database", "ok", f"{path} will be made by `assistant serve`")
        yield _journal(None)
        return
    try:
        engine = connect(settings.database_url.get_secret_value())
        found, wanted = schema(engine)
    except DatabaseError as error:
        remedy = "Check ASSISTANT_DATABASE_URL, the server and the user's rights."
        yield Finding("database", "error", str(error), remedy)
        return
    if found == wanted:
        yield Finding("database", "ok", f"reachable, schema {wanted}")
    else:
        said = f"has the schema {found}, not {wanted}" if found else "has no schema yet"
        yield Finding("database", "warning", said, "`assistant serve` brings it up to date.")
    if path is not None:
        yield _journal(journal_of(engine))


def _journal(found: str | None) -> Finding:
    version, wanted = planned_journal()
    why = "" if wanted == "wal" else ", since this version has the WAL-reset bug"
    said = f"version {version}: {wanted.upper()} journal{why}"
    if found in (None, wanted):
        return Finding("sqlite", "ok", said)
    remedy = "Stop every process that has the file open, and start again."
    return Finding("sqlite", "warning", f"{said}; the file has {str(found).upper()}", remedy)


def _sqlite_file(settings: Settings) -> Path | None:
    address = settings.database_url.get_secret_value()
    if not address.startswith("sqlite"):
        return None
    return Path(address.partition("///")[2].partition("?")[0])


def _encoder(office: Office) -> Finding:
    if office.encoder is not None:
        said = f"{office.encoder.name} opens; {office.encoder.dimension} dimensions"
        return Finding("encoder", "ok", f"{said}, {office.encoder.fingerprint[:12]}")
    refuses = office.settings.without_encoder == "refuse"
    consequence = "nothing is answered" if refuses else "questions are answered by words alone"
    said, _, remedy = office.trouble.partition("; ")
    return Finding("encoder", "error" if refuses else "warning", f"{said}; {consequence}", remedy)


def _policy(office: Office) -> Finding:
    if office.policy.fitted:
        return Finding("policy", "ok", "fitted for this encoder")
    said = "none was fitted for this encoder: a conservative one is used, which refuses more"
    return Finding("policy", "warning", said, "Fit one: assistant evaluate FILE… --fit")


def _documents(holdings: Holdings) -> Iterator[Finding]:
    count = len(holdings.documents)
    if not count:
        remedy = "Set ASSISTANT_CORPUS to the folder of documents, or use assistant ingest."
        yield Finding("documents", "error", "there is no document to answer from", remedy)
    for each in holdings.unreadable[:_NAMED]:
        yield Finding("documents", "warning", f"{each.path}: {each.reason}", each.remedy)
    if (more := len(holdings.unreadable) - _NAMED) > 0:
        said = f"{more} more documents cannot be read"
        yield Finding("documents", "warning", said, "`assistant build` names them all.")
    if count and not holdings.unreadable:
        yield Finding("documents", "ok", f"{count} readable")


def _dates(holdings: Holdings, today: date) -> Iterator[Finding]:
    """Dates that have passed, and those that will have before anybody looks again."""
    found = deadlines(holdings.documents, today)
    remedy = "Put this year's date into the document, or take the sentence out."
    for when, told in (("past", "is past"), ("soon", f"passes within {DAYS_AHEAD} days")):
        those = [each for each in found if each.when == when]
        for each in those[:_NAMED]:
            quote = " ".join(each.quote.split())[:_QUOTED]
            said = f"{each.document}: {each.date.isoformat()} {told}: {quote}"
            state: State = "warning" if when == "past" else "ok"
            yield Finding("dates", state, said, remedy if when == "past" else "")
        if (more := len(those) - _NAMED) > 0:
            yield Finding("dates", state, f"{more} more dates: each {told}")


def _index(office: Office, holdings: Holdings | None) -> Finding:
    remedy = "Run `assistant build`."
    office.refresh()
    index = office.index
    if index is None:
        said = " ".join(office.problems()).partition("; ")[0]
        missing = office.encoder is not None and current_name(office.folder) is None
        return Finding("index", "warning" if missing else "error", said, remedy)
    if index.notes:
        return Finding("index", "error", index.notes[0], remedy)
    if holdings and dict(index.documents) != {each.id: each for each in holdings.documents}:
        return Finding("index", "warning", "the documents have changed since it was built", remedy)
    said = f"{index.name} is whole and current: {len(index.passages)} passages"
    return Finding("index", "ok", said)


def _servers(office: Office) -> Finding:
    if behind := office.servers_behind():
        said = f"{behind} running servers answer from an earlier index"
        return Finding("servers", "warning", said, "Start them again with these settings.")
    return Finding("servers", "ok", "none answers from an earlier index")


def _port(settings: Settings) -> Finding:
    place = f"port {settings.port} of {settings.host}"
    match who_answers(settings.host, settings.port):
        case "nobody":
            return Finding("port", "ok", f"{place} is free")
        case "assistant":
            return Finding("port", "ok", f"an assistant answers on {place}")
    return Finding("port", "warning", f"{place} is in use", "Set ASSISTANT_PORT to a free one.")


def _contact(settings: Settings) -> Finding:
    if settings.contact_email or settings.contact_url:
        return Finding("contact", "ok", settings.contact_email or str(settings.contact_url))
    said = "candidates are referred to nobody when the documentation is silent"
    remedy = "Set ASSISTANT_CONTACT_EMAIL or ASSISTANT_CONTACT_URL."
    return Finding("contact", "warning", said, remedy)


def _staff(settings: Settings) -> Iterator[Finding]:
    if settings.staff_header and not settings.proxies:
        said = f"{settings.staff_header} is believed from nobody: no proxy is declared"
        yield Finding("staff", "warning", said, "Set ASSISTANT_PROXIES to the sign-in proxy.")
