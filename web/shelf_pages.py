"""The shelf: every document, what could not be read, and what in the documents wants a look."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from fastapi import APIRouter, Request, Response

from assistant.deadline import DAYS_AHEAD, deadlines
from assistant.ingestion_report import read_reports
from assistant.settings import Settings
from assistant.staff import Staff
from assistant.unread import built_at, read_unread
from web.dashboard_pages import seen_programmes, titles_for
from web.interface import Clock, Desk, Office
from web.shelf_view import Dated, dated, gone, opposed, shelf_rows
from web.staff_access import Reader
from web.staff_pages import StaffPages

_PAGE = "/staff/documents"
_RUNS = 10
"""Ingestions that are told of."""
_ANSWERS = 500
"""Recorded answers whose quotes are looked for."""
_LISTED = 50
"""Of each kind that wants a look."""


def shelf_routes(
    staff: Staff, office: Office, pages: StaffPages, clock: Clock, settings: Settings
) -> APIRouter:
    """The documents, and one page of what is wrong with them."""
    router = APIRouter()
    remembered: dict[tuple[str, date], tuple[Dated, ...]] = {}

    def dates(desk: Desk, today: date) -> tuple[Dated, ...]:
        """Looked for once a day in each index."""
        key = (desk.index, today)
        if key not in remembered:
            found = dated(deadlines(desk.documents.values(), today), desk.documents)
            remembered.clear()
            remembered[key] = found
            return found
        return remembered[key]

    @router.get(_PAGE)
    def documents(request: Request, member: Reader, programme: str = "") -> Response:
        """The page; who is limited to some programmes sees theirs, and what concerns all."""
        m = pages.messages(request)
        desk = office.desk
        every = titles_for(member, office)
        chosen = programme if programme in every else ""
        titles = {chosen: every[chosen]} if chosen else every
        seen = {*titles, "*"}
        reports, index = read_reports(settings), settings.data / "index"
        shown = [each for each in desk.documents.values() if each.programme in seen]
        found = [each for each in dates(desk, clock().date()) if each.deadline.programme in seen]
        lost = gone(
            staff.statistics.snapshots(_ANSWERS, seen_programmes(member, chosen)), desk.documents
        )
        names: dict[str, Any] = {id: title.partition(" : ")[0] for id, title in titles.items()}
        return pages.response(
            request, "documents.html", here="documents", chosen=chosen, names=names,
            programmes=[(id, title.partition(" : ")[0]) for id, title in every.items()],
            rows=shelf_rows(shown, desk.passages, reports, titles, m),
            unread=read_unread(index), built=built_at(index),
            reports=[(datetime.fromisoformat(run.started), run) for run in reports[:_RUNS]],
            past=[each for each in found if each.deadline.when == "past"][:_LISTED],
            soon=[each for each in found if each.deadline.when == "soon"][:_LISTED],
            opposed=opposed(desk.survey, names, desk.documents),
            gone=lost[:_LISTED], closed=bool(desk.problems()), days_ahead=DAYS_AHEAD,
        )  # fmt: skip

    return router
