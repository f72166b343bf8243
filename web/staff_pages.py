"""Pages of staff: their templates, in the language they chose, with who they are."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette.types import Scope

from web.messages import Messages
from web.pages import Pages, day
from web.preference import language_of
from web.problem import ProblemBody
from web.staff_access import caller_of

_LANGUAGE = "staff_language"


class StaffPages:
    """Renders templates of `staff/`; each sees `m`, `asset`, `member` (None for strangers), `means`
    (how they signed in), `here` (the section that is open), `done` (what was just done, in words;
    empty when nothing was) and `elsewhere` (this page in the other language).
    """

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        pages.add_filter("moment", moment)

    def messages(self, request: Request) -> Messages:
        """The messages in the language that was chosen here last, else the browser's."""
        chosen = request.query_params.get("language")
        if language_of(chosen) is None:
            chosen = request.cookies.get(_LANGUAGE)
        return self._pages.messages(request, chosen if language_of(chosen) else None)

    def response(
        self,
        request: Request,
        template: str,
        /,
        status: int = 200,
        here: str = "",
        **context: Any,
    ) -> Response:
        """The page `staff/{template}`; `here` names its section in the navigation."""
        m = self.messages(request)
        caller = caller_of(request)
        done = f"staff.done.{request.query_params.get('done', '')}"
        given = {
            "member": caller.member,
            "means": caller.means,
            "here": here,
            "done": m(done) if done in m else "",
            "elsewhere": _elsewhere(request, m),
        }
        response = self._pages.response(request, f"staff/{template}", m, status, **given | context)
        if language_of(request.query_params.get("language")):
            response.set_cookie(
                _LANGUAGE, m.language, max_age=365 * 86400, path="/staff", httponly=True,
                samesite="lax", secure=request.url.scheme == "https",
            )  # fmt: skip
        response.headers["Cache-Control"] = "no-store"
        return response

    def problem(self, scope: Scope, body: ProblemBody, m: Messages) -> Response:
        """The page of a problem."""
        return self.response(Request(scope), "problem.html", status=body.status, problem=body)


def after(address: str, done: str = "", **query: str) -> Response:
    """What a form is answered with: go there, and say `staff.done.{done}`."""
    query |= {"done": done} if done else {}
    joint = "&" if "?" in address else "?"
    return RedirectResponse(address + (joint + urlencode(query) if query else ""), status_code=303)


def moment(when: datetime, m: Messages) -> str:
    """A moment as people write it, in the server's time zone: 24 November 2026, 09:30."""
    local = when.astimezone()
    return m("staff.moment", day=day(local.date().isoformat(), m), time=f"{local:%H:%M}")


def _elsewhere(request: Request, m: Messages) -> str:
    other = "en" if m.language == "fr" else "fr"
    if request.method != "GET":
        return f"/staff/?language={other}"
    left_out = ("language", "done")
    kept = [pair for pair in request.query_params.multi_items() if pair[0] not in left_out]
    return f"{request.url.path}?{urlencode([*kept, ('language', other)])}"
