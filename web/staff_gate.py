"""The gate of staff's addresses: strangers are shown the way in, and what another site could have
sent in somebody's name is refused.
"""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.store import StaffUnavailable
from web.problem import Problem, Problems
from web.staff_access import CHALLENGE, OPEN, SIGN_IN, SIGN_OUT, Access, Caller, is_staff, staff_out

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_BODIES = ("application/x-www-form-urlencoded", "application/json")


class StaffGate:
    """Hands on what may come in: nothing of staff is kept by a browser, and no other site can
    send a form in their name.
    """

    def __init__(self, app: ASGIApp, problems: Problems, access: Access) -> None:
        self.app = app
        self._problems = problems
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on with its caller, or answer in its stead."""
        if scope["type"] != "http" or not is_staff(scope["path"]):
            return await self.app(scope, receive, send)

        async def unkept(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Cache-Control"] = "no-store"
            await send(message)

        try:
            caller = await run_in_threadpool(self._access.caller, scope)
            refuse_stranger(scope, caller)
            refuse_forgery(scope, caller)
        except StaffUnavailable:
            response = self._problems.response(scope, staff_out())
        except Problem as problem:
            response = self._problems.response(scope, problem)
        except _Stranger:
            response = _to_sign_in(scope)
        else:
            scope = {**scope, "caller": caller}
            return await self.app(scope, receive, unkept)
        await response(scope, receive, unkept)


class _Stranger(Exception):  # noqa: N818
    """Somebody who has to sign in first, at a page."""


def refuse_stranger(scope: Scope, caller: Caller) -> None:
    """Raise for whoever is not signed in, unless the address is open to everybody."""
    if caller.member is not None or scope["path"] in OPEN:
        return
    if scope["path"].startswith("/api/"):
        raise Problem("sign_in_needed", headers=CHALLENGE)
    if scope["method"] in _SAFE or scope["path"] == SIGN_OUT:
        raise _Stranger
    # A form is not sent elsewhere: what was typed is still in the page before.
    raise Problem("signed_out", headers=CHALLENGE)


def refuse_forgery(scope: Scope, caller: Caller) -> None:
    """Raise Problem for a change that another site may have sent with a browser's own means.

    By `Sec-Fetch-Site`, which every browser of today sends where it matters; else by `Origin`.
    Nobody's browser sends a bearer token by itself.
    """
    if scope["method"] in _SAFE or caller.means == "token":
        return
    headers = Headers(scope=scope)
    origins = headers.getlist("origin")
    site = headers.get("sec-fetch-site")
    own = f"{scope['scheme']}://{headers.get('host', '')}".lower()
    same = site == "same-origin" if site is not None else origins == [own]
    if not same or "null" in origins:
        raise Problem("cross_site")
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    has_body = "transfer-encoding" in headers or headers.get("content-length", "0") != "0"
    if (kind or has_body) and kind not in _BODIES:
        raise Problem("media_type", expected=_BODIES[scope["path"].startswith("/api/")])


def _to_sign_in(scope: Scope) -> Response:
    if scope["method"] not in _SAFE:
        return RedirectResponse(SIGN_IN, status_code=303)
    query = scope["query_string"].decode("latin-1")
    target = scope["path"] + (f"?{query}" if query else "")
    return RedirectResponse(f"{SIGN_IN}?{urlencode({'next': target})}", status_code=303)
