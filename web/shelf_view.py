"""Shelf views: the documents as staff look after them, and what in them wants a look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from assistant.deadline import Deadline
from assistant.ingestion_report import IngestionReport
from assistant.link import view_url
from assistant.rot import Rotten, rotten
from assistant.survey import Survey
from corpus.document import Document
from corpus.passage import Passage
from web.messages import Messages


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """A document with its size; `read_at` is when an ingestion last brought another state of it."""

    document: Document
    programme: str
    words: int
    passages: int
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Dated:
    """A sentence with a date that is past or comes soon."""

    deadline: Deadline
    address: str


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and where it stands."""

    text: str
    title: str
    address: str
    language: str


@dataclass(frozen=True, slots=True)
class Opposed:
    """Two sentences that disagree; `answer` is the id of staff's answer that says the first."""

    programme: str
    one: Said
    other: Said
    answer: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A quote that no longer stands in its document, and how many recorded answers gave it.

    `question` is the latest that it answered; `address` is the document's, empty when it has left.
    """

    rotten: Rotten
    question: str
    count: int
    address: str


def shelf_rows(
    documents: Iterable[Document],
    passages: Iterable[Passage],
    reports: Iterable[IngestionReport],
    titles: Mapping[str, str],
    m: Messages,
) -> tuple[ShelfRow, ...]:
    """Every document, in order of programme and title."""
    counts = Counter(passage.document for passage in passages)
    read = _read_at(reports)
    rows = [
        ShelfRow(
            document,
            _programme(document.programme, titles, m),
            len(document.text.split()),
            counts[document.id],
            read.get(document.id),
        )
        for document in documents
    ]
    return tuple(sorted(rows, key=lambda row: (row.programme, row.document.title)))


def dated(found: Iterable[Deadline], documents: Mapping[str, Document]) -> tuple[Dated, ...]:
    """Deadlines with links to where they stand."""
    return tuple(
        Dated(each, view_url(documents[each.document], each.start, each.end)) for each in found
    )


def opposed(
    survey: Survey, titles: Mapping[str, str], documents: Mapping[str, Document]
) -> tuple[Opposed, ...] | None:
    """What pages and staff state otherwise than each other; None while some is not known."""
    found: list[Opposed] = []
    for programme, title in titles.items():
        known = survey.disagreements(programme)
        if known is None:
            return None
        for each in known:
            told = each.contradiction
            page, other = documents.get(each.document), documents.get(told.document)
            if other is None or (page is None and not each.answer):
                continue
            one = Said(told.said, "", f"/staff/answers/{each.answer}", "fr")
            if page is not None:
                one = _said(told.said, page, each.start, each.end)
            found.append(
                Opposed(title, one, _said(told.quote, other, told.start, told.end), each.answer)
            )
    return tuple(found)


def gone(
    snapshots: Iterable[tuple[str, str, Mapping[str, Any]]], documents: Mapping[str, Document]
) -> tuple[Gone, ...]:
    """Quotes that have gone, the one most often given first; staff's own are left out."""
    snapshots = tuple(snapshots)
    asked = {id: question for id, question, _ in snapshots}
    shown = ((id, _documented(answer)) for id, _, answer in snapshots)
    first: dict[tuple[str, str], Rotten] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for each in rotten(shown, documents):
        first.setdefault((each.document, each.quote), each)
        counts[each.document, each.quote] += 1
    return tuple(
        Gone(
            first[key],
            asked[first[key].answer],
            count,
            f"/documents/{key[0]}" if key[0] in documents else "",
        )
        for key, count in counts.most_common()
    )


def _documented(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """What was shown, without what staff said: they change that themselves."""
    cited = [each for each in answer.get("citations", ()) if each.get("kind") != "staff"]
    return {"citations": cited}


def _said(text: str, document: Document, start: int, end: int) -> Said:
    return Said(text, document.title, view_url(document, start, end), document.language)


def _read_at(reports: Iterable[IngestionReport]) -> dict[str, datetime]:
    """When each document was last added or changed, by id; reports come the newest first."""
    found: dict[str, datetime] = {}
    for report in reports:
        for path in (*report.added, *report.changed):
            id = str(PurePosixPath(path).with_suffix(""))
            for each in (id, path):
                found.setdefault(each, datetime.fromisoformat(report.started))
    return found


def _programme(programme: str, titles: Mapping[str, str], m: Messages) -> str:
    if programme == "*":
        return m("staff.members.all")
    return titles.get(programme, programme).partition(" : ")[0]
