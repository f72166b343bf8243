"""The audit: the latest changes, for administrators."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from assistant.audit import TERMINAL
from assistant.staff import Staff
from web.staff_access import Administrator
from web.staff_pages import StaffPages

_PAGE = "/staff/audit"
_ROWS = 50


def audit_routes(staff: Staff, pages: StaffPages) -> APIRouter:
    """Who changed what, and when."""
    router = APIRouter()

    @router.get(_PAGE)
    def audit_page(
        request: Request,
        member: Administrator,
        account: str = "",
        subject: str = "",
        before: str = "",
    ) -> Response:
        """A page of changes, newest first."""
        account, subject = account.strip(), subject.strip()
        found = staff.audit.latest(_ROWS + 1, account, subject, before or None)
        changes = found[:_ROWS]
        chosen = {"account": account, "subject": subject}
        kept = {name: value for name, value in chosen.items() if value}
        m = pages.messages(request)
        shown = {TERMINAL: m("staff.audit.terminal")}
        people = [(name, shown.get(name, name)) for name in staff.audit.actors()]
        first = f"{_PAGE}?{urlencode(kept)}" if kept else _PAGE
        further = f"{_PAGE}?{urlencode({**kept, 'before': changes[-1].id})}" if changes else ""
        return pages.response(
            request, "audit.html", here="audit", changes=changes, account=account,
            subject=subject, people=people, names=dict(people),
            older=further if len(found) > _ROWS else "", newer=first if before else "",
        )  # fmt: skip

    return router
