"""One's own account: password, sessions, tokens."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from assistant.member import Member
from assistant.password import LEAST, MOST
from assistant.secret import digest
from assistant.staff import Staff
from web.interface import Clock
from web.problem import Problem
from web.staff_access import Reader, caller_of
from web.staff_form import Form
from web.staff_pages import StaffPages, after

_PAGE = "/staff/account"


def account_routes(staff: Staff, pages: StaffPages, clock: Clock) -> APIRouter:
    """What everybody may do with their own account."""
    router = APIRouter(prefix=_PAGE)

    def shown(
        request: Request,
        member: Member,
        errors: dict[str, str] | None = None,
        secret: str = "",
        status: int = 200,
    ) -> Response:
        account = staff.accounts.named(member.name)
        if account is None:
            raise Problem("no_member")
        own = caller_of(request).secret
        return pages.response(
            request, "account.html", status, here="account", account=account, errors=errors or {},
            secret=secret, least=LEAST, this=digest(own) if own else "",
            sessions=staff.sessions.of(account.name, clock()),
            tokens=staff.tokens.of(account.name),
        )  # fmt: skip

    @router.get("")
    def account_page(request: Request, member: Reader) -> Response:
        """The account."""
        return shown(request, member)

    @router.post("/password")
    def change_password(request: Request, member: Reader, fields: Form) -> Response:
        """Another password; other sessions end."""
        m = pages.messages(request)
        key = f"name {member.name.casefold()}"
        if wait := staff.attempts.begin((key,), clock()):
            errors = {"current": m("staff.sign_in.wait", minutes=-(-wait // 60))}
            response = shown(request, member, errors, status=429)
            response.headers["Retry-After"] = str(wait)
            return response
        new = fields.raw("password")
        errors = {}
        if staff.accounts.verified(member.name, fields.raw("current")) is None:
            errors["current"] = m("staff.error.current")
        else:
            staff.attempts.succeeded(key, (), clock())
        if not LEAST <= len(new) <= MOST:
            errors["password"] = m("staff.error.password", least=LEAST)
        if new != fields.raw("again"):
            errors["again"] = m("staff.error.again")
        if errors:
            return shown(request, member, errors, status=422)
        own = caller_of(request).secret
        keep = digest(own) if own else None
        staff.accounts.set_password(member.name, new, clock(), member.name, keep)
        return after(_PAGE, "password")

    @router.post("/session/end")
    def end_session(member: Reader, fields: Form) -> Response:
        """End one of one's sessions."""
        staff.sessions.end_named(member.name, fields("session"))
        return after(_PAGE, "session_ended")

    @router.post("/session/end-others")
    def end_others(request: Request, member: Reader) -> Response:
        """End every session but this one."""
        staff.sessions.end_others(member.name, caller_of(request).secret)
        return after(_PAGE, "sessions_ended")

    @router.post("/token")
    def add_token(request: Request, member: Reader) -> Response:
        """A token, shown on the page that answers: nowhere else is it ever seen again."""
        secret = staff.tokens.add(member.name, clock(), member.name)
        return shown(request, member, secret=secret)

    @router.post("/token/revoke")
    def revoke_token(member: Reader, fields: Form) -> Response:
        """Close one of one's tokens."""
        staff.tokens.revoke(member.name, fields("token"), clock(), member.name)
        return after(_PAGE, "token_revoked")

    return router
