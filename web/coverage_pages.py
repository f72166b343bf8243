"""Coverage: which aspects each programme's documentation covers, as a page and as a file."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from assistant.member import Member
from assistant.period import Period
from assistant.spreadsheet import MARK, csv_lines
from assistant.staff import Staff
from web.coverage_view import COLUMNS, SHOWN, CoverageView, coverage_cells, coverage_view, narrowed
from web.dashboard_pages import titles_for
from web.interface import Clock, Office
from web.staff_access import Reader
from web.staff_pages import StaffPages

_PAGE = "/staff/coverage"
_DAYS = 90
"""Days whose questions are counted."""
_COLUMNS = 5
"""Programmes that stand side by side; of more, one is chosen."""


def coverage_routes(staff: Staff, office: Office, pages: StaffPages, clock: Clock) -> APIRouter:
    """The table of aspects, for all programmes or one."""
    router = APIRouter()

    def chosen_titles(member: Member, programme: str) -> dict[str, str]:
        titles = titles_for(member, office)
        return {programme: titles[programme]} if programme in titles else titles

    def view(titles: dict[str, str], language: str) -> CoverageView:
        desk = office.desk
        last = clock().astimezone().date()
        silences = staff.statistics.silences(Period.until(last, _DAYS, tuple(titles)))
        return coverage_view(desk.survey, titles, silences, language)

    @router.get(_PAGE)
    def coverage(
        request: Request, member: Reader, programme: str = "", shown: str = "all"
    ) -> Response:
        """The page; what is not known yet is said to be so, and nothing is asked for it."""
        m = pages.messages(request)
        every = titles_for(member, office)
        titles = chosen_titles(member, programme) if not office.desk.problems() else {}
        found = view(titles, m.language) if titles else CoverageView((), (), ())
        shown = shown if shown in SHOWN else "all"
        rows = narrowed(found.rows, shown) if len(titles) <= _COLUMNS else ()
        return pages.response(
            request, "coverage.html", here="documents", view=found, rows=rows, shown=shown,
            titles={id: title.partition(" : ")[0] for id, title in titles.items()}, days=_DAYS,
            programmes=[(id, title.partition(" : ")[0]) for id, title in every.items()],
            chosen=programme if programme in every else "",
            kinds=[(each, m(f"staff.coverage.{each}")) for each in SHOWN],
            file=f"{_PAGE}.csv" + (f"?{urlencode({'programme': programme})}" if programme else ""),
        )  # fmt: skip

    @router.get(f"{_PAGE}.csv")
    def coverage_file(request: Request, member: Reader, programme: str = "") -> Response:
        """The same as a file for spreadsheets."""
        m = pages.messages(request)
        titles = chosen_titles(member, programme) if not office.desk.problems() else {}
        found = view(titles, m.language) if titles else CoverageView((), (), ())
        text = MARK + "".join(csv_lines(COLUMNS, coverage_cells(found, titles)))
        name = {"Content-Disposition": 'attachment; filename="coverage.csv"'}
        return Response(text, media_type="text/csv; charset=utf-8", headers=name)

    return router
