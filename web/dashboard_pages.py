"""The dashboard: what was asked lately, what came of it, and where staff are wanted."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from assistant.aspect import load_aspects
from assistant.member import Member
from assistant.period import Period
from assistant.staff import Staff
from web.dashboard_view import KINDS, change, dashboard_view, lasting, percent
from web.interface import Clock, Office
from web.queue_choice import own_programmes
from web.staff_access import Reader
from web.staff_pages import StaffPages

_PAGE = "/staff/dashboard"
PERIODS = (7, 30, 90)
"""Days that can be looked at."""


def dashboard_routes(staff: Staff, office: Office, pages: StaffPages, clock: Clock) -> APIRouter:
    """The dashboard of a period, for all programmes or one."""
    router = APIRouter()

    @router.get(_PAGE)
    def dashboard(
        request: Request, member: Reader, days: str = "", programme: str = ""
    ) -> Response:
        """The figures, drawn and in tables."""
        m = pages.messages(request)
        titles = titles_for(member, office)
        length = int(days) if days in map(str, PERIODS) else 30
        chosen = programme if programme in titles else ""
        last = clock().astimezone().date()
        period = Period.until(last, length, seen_programmes(member, chosen))
        figures = staff.statistics.figures(period)
        before = staff.statistics.share(period.before) if figures.asked else (0, None)
        return pages.response(
            request, "dashboard.html", here="dashboard", period=period,
            kinds=[(kind, m(f"staff.status.{kind}")) for kind in KINDS],
            percent=partial(percent, m=m),
            view=dashboard_view(figures, titles, load_aspects(), m),
            periods=[(each, _address(each, chosen), each == length) for each in PERIODS],
            programmes=[(id, title.partition(" : ")[0]) for id, title in titles.items()],
            chosen=chosen, length=length, asked_before=before[0],
            share=percent(figures.answered_share, m), helpful=percent(figures.helpful_share, m),
            share_change=change(figures.answered_share, before[1], m),
            to_close=lasting(figures.to_close, m) if figures.to_close is not None else "–",
        )  # fmt: skip

    return router


def titles_for(member: Member, office: Office) -> dict[str, str]:
    """The programmes that a member may see, with their titles."""
    own = own_programmes(member)
    return {id: title for id, title in office.desk.programmes.items() if own is None or id in own}


def seen_programmes(member: Member, chosen: str) -> tuple[str, ...] | None:
    """The programmes whose figures a member sees, given what they chose; None: everything."""
    return (chosen,) if chosen else own_programmes(member)


def _address(days: int, programme: str) -> str:
    chosen = {"days": str(days)} | ({"programme": programme} if programme else {})
    return f"{_PAGE}?{urlencode(chosen)}"
