"""Preview views: what publishing would do, with the questions in words and links to documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.case_queue import CaseQueue
from assistant.link import passage_url
from assistant.preview import Change, Preview
from web.answer_view import Wanted, wanted
from web.document_view import find_passage
from web.interface import Desk

_GRAVEST = ("contradiction", "broken", "changed", "taken")


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change; `address` is where the documentation says what it says, empty for elsewhere."""

    change: Change
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class PreviewView:
    """A preview to read."""

    closed: tuple[Wanted, ...]
    still_open: tuple[Wanted, ...]
    reopened: tuple[Wanted, ...]
    changes: tuple[ChangeView, ...]
    unchanged: int


def preview_view(preview: Preview, queue: CaseQueue, desk: Desk) -> PreviewView:
    """The preview with what its ids stand for."""
    return PreviewView(
        _questions(preview.closed, queue),
        tuple(
            Wanted(each.question_id, each.question, "", each.reason or "other")
            for each in preview.still_open
        ),
        _questions(preview.reopened, queue),
        tuple(_change(change, desk) for change in sorted(preview.changes, key=_rank)),
        preview.unchanged,
    )


def _questions(ids: Sequence[str], queue: CaseQueue) -> tuple[Wanted, ...]:
    return tuple(wanted(case) for case in queue.cases_of(ids))


def _rank(change: Change) -> int:
    return _GRAVEST.index(change.kind)


def _change(change: Change, desk: Desk) -> ChangeView:
    document = desk.document(change.document) if change.document else None
    if document is None:
        return ChangeView(change, "", "")
    start, end = find_passage(document.text, change.before) or (0, 0)
    return ChangeView(change, document.title, passage_url(document, start, end))
