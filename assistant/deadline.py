"""Deadlines: the dates in the documentation that have passed, or come soon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from assistant.dates import dates_in
from corpus.document import Document
from corpus.sentences import sentences

DAYS_AHEAD = 30

When = Literal["past", "soon"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A sentence, item, fact or row with a date: `quote` is `text[start:end]` of the document.

    `date` is the last one of a quote that is past, else the first one that comes soon.
    """

    date: date
    when: When
    programme: str
    document: str
    title: str
    headings: tuple[str, ...]
    quote: str
    start: int
    end: int


def deadlines(
    documents: Iterable[Document], today: date, days_ahead: int = DAYS_AHEAD
) -> tuple[Deadline, ...]:
    """What is past, or within `days_ahead` days of today, by programme and then by date.

    A quote is past when all its dates are, as in an answer; a period that has begun and not ended
    is neither, until its end is near.
    """
    found = (each for document in documents for each in _in_document(document, today, days_ahead))
    return tuple(sorted(found, key=lambda each: (each.programme, each.date, each.document)))


def _in_document(document: Document, today: date, days_ahead: int) -> Iterator[Deadline]:
    for section in document.sections:
        for block in section.blocks:
            run = document.text[block.start : block.end]
            # Only prose has several sentences; a fact or a row is read as a whole.
            spans = ((0, len(run)),) if block.kind in ("fact", "row") else sentences(run)
            for start, end in spans:
                if block.kind == "list" and run.startswith("- ", start):
                    start += 2
                quote = run[start:end]
                told = _told(dates_in(quote), today, days_ahead)
                if told is not None:
                    place = block.start + start, block.start + end
                    yield Deadline(
                        *told, document.programme, document.id, document.title,
                        section.headings, quote, *place,
                    )  # fmt: skip


def _told(dates: tuple[date, ...], today: date, days_ahead: int) -> tuple[date, When] | None:
    if not dates:
        return None
    if max(dates) < today:
        return max(dates), "past"
    near = [each for each in dates if today <= each <= today + timedelta(days=days_ahead)]
    return (min(near), "soon") if near else None
