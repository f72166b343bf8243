"""Access of staff: who is behind a request, and the rule of each of their routes.

Every route under `/staff` and `/api/v1/staff` declares its rule by one of these parameters:

    member: Reader | Editor | Administrator    (aliases of Annotated[Member, Depends(require(…))])
    visitor: Visitor                           (whoever comes; only for the addresses in OPEN)

The gate (`web/staff_gate.py`) comes first, and turns away whoever shows nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from typing import Annotated, Literal
from urllib.parse import urlsplit

from fastapi import Depends, Request
from fastapi.routing import RouteContext
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import Scope

from assistant.member import Member, Role
from assistant.staff import Staff
from web.client import PROXIED
from web.interface import Clock
from web.problem import Problem

SIGN_IN = "/staff/sign-in"
FIRST_RUN = "/staff/first-run"
SIGN_OUT = "/staff/sign-out"
OPEN = frozenset({SIGN_IN, FIRST_RUN})
"""Where strangers may go."""
_PREFIXES = ("/staff", "/api/v1/staff")
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="assistant staff"'}
_RETRY_S = 5

Means = Literal["session", "token", "header"]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and what they showed; `secret` is that of their session."""

    member: Member | None = None
    means: Means | None = None
    secret: str = ""


class Access:
    """Knows members of staff by a bearer token, the header of a declared proxy, or a cookie."""

    def __init__(self, staff: Staff, header: str | None, clock: Clock) -> None:
        self._staff = staff
        self._header = header
        self._clock = clock

    def caller(self, scope: Scope) -> Caller:
        """Who asks; nobody where nothing is shown. Raises Problem and StaffUnavailable.

        What is shown and opens nothing is told at once, but for a cookie: it may have run out.
        """
        request = HTTPConnection(scope)
        scheme, _, token = request.headers.get("authorization", "").strip().partition(" ")
        if scheme.lower() == "bearer":
            member = self._staff.tokens.member(token.strip())
            if member is None:
                raise Problem("token_unknown", headers=CHALLENGE)
            return Caller(member, "token")
        if self._header and scope.get(PROXIED) and (named := self._named(request)):
            account = self._staff.accounts.named(named)
            if account is None or account.disabled_at is not None:
                raise Problem("no_account")
            return Caller(account.member, "header")
        secret = request.cookies.get(cookie_name(scope), "")
        if secret and (member := self._staff.sessions.member(secret, self._clock())):
            return Caller(member, "session", secret)
        return Caller()

    def _named(self, request: HTTPConnection) -> str:
        values = request.headers.getlist(self._header or "")
        if len(values) > 1:  # the proxy has let through what somebody sent
            raise Problem("no_account")
        # Headers come as Latin-1; names are sent in UTF-8.
        return values[0].encode("latin-1").decode("utf-8", "replace").strip() if values else ""


def is_staff(path: str) -> bool:
    """Whether an address is one of staff."""
    return any(path == prefix or path.startswith(prefix + "/") for prefix in _PREFIXES)


def staff_out() -> Problem:
    """The problem of a database that is out."""
    return Problem("staff_out", headers={"Retry-After": str(_RETRY_S)}, seconds=_RETRY_S)


def caller_of(request: Request) -> Caller:
    """Who asks."""
    caller: Caller = request.scope.get("caller") or Caller()
    return caller


Rule = Role | Literal["anybody"]
_RULES: dict[Callable[..., object], Rule] = {}


@cache
def require(role: Role) -> Callable[[Request], Member]:
    """The dependency that lets members of this role or a higher one in; yields the member."""

    def rule(request: Request) -> Member:
        member = caller_of(request).member
        if member is None:
            raise Problem("sign_in_needed", headers=CHALLENGE)
        if not member.may(role):
            raise Problem(f"needs_{role}")  # type: ignore[arg-type]
        return member

    _RULES[rule] = role
    return rule


def anybody(request: Request) -> Caller:
    """The dependency of an open address; yields whoever comes."""
    return caller_of(request)


_RULES[anybody] = "anybody"

Reader = Annotated[Member, Depends(require("reader"))]
Editor = Annotated[Member, Depends(require("editor"))]
Administrator = Annotated[Member, Depends(require("administrator"))]
Visitor = Annotated[Caller, Depends(anybody)]


def rule_of(route: RouteContext) -> Rule | None:
    """The rule that a route declares, or its router for it; None for a route without one."""
    dependant = getattr(route, "dependant", None)
    calls = (each.call for each in dependant.dependencies) if dependant else ()
    return next((_RULES[call] for call in calls if call in _RULES), None)


def check_covers(member: Member, programme: str | None) -> None:
    """Raise Problem when they may not change what concerns the programme (None: every one)."""
    if not member.covers(programme):
        raise Problem("needs_programme", programme=programme or "*")


def cookie_name(scope: Scope) -> str:
    """The session's cookie: bound to this host and to https, save where a developer works."""
    return "__Host-staff" if scope["scheme"] == "https" else "staff"


def may_sign_in(scope: Scope) -> bool:
    """Whether a password may be sent here: over https, or to this very machine."""
    if scope["scheme"] == "https":
        return True
    try:
        host = urlsplit(f"//{Headers(scope=scope).get('host', '')}").hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def own_path(address: str) -> str:
    """The address when it is a path of our staff pages, else their first page."""
    path = address.partition("#")[0].partition("?")[0]
    # Browsers read a backslash as a slash, and drop what is not printable.
    ours = is_staff(path) and path not in OPEN and address.isprintable() and "\\" not in address
    return address if ours else "/staff/"
