"""Signing in and out, and the first run, which makes the first administrator."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from assistant.account import AccountError, tidy
from assistant.password import LEAST, MOST
from assistant.staff import Staff
from web.client import origin_of
from web.interface import Clock
from web.problem import Problem
from web.staff_access import (
    CHALLENGE,
    FIRST_RUN,
    SIGN_IN,
    SIGN_OUT,
    Reader,
    Visitor,
    cookie_name,
    may_sign_in,
    own_path,
)
from web.staff_form import Fields, Form
from web.staff_pages import StaffPages, after


def sign_in_routes(staff: Staff, pages: StaffPages, clock: Clock) -> APIRouter:
    """The pages that strangers may see, and the way out."""
    router = APIRouter()

    def begin(request: Request, name: str, target: str, done: str = "") -> Response:
        """A new session in this browser; the one it had ends."""
        if old := request.cookies.get(cookie_name(request.scope)):
            staff.sessions.end(old)
        response = after(target, done)
        secret = staff.sessions.begin(name, clock())
        secure = request.url.scheme == "https"
        response.set_cookie(
            cookie_name(request.scope), secret,
            path="/", secure=secure, httponly=True, samesite="lax",
        )  # fmt: skip
        return response

    def waiting(request: Request, *keys: str) -> int:
        return staff.attempts.begin((*keys, f"address {origin_of(request.scope)}"), clock())

    def form(
        request: Request, fields: Fields, refusal: str = "", status: int = 200, wait: int = 0
    ) -> Response:
        m = pages.messages(request)
        if wait:
            refusal, status = m("staff.sign_in.wait", minutes=-(-wait // 60)), 429
        response = pages.response(
            request, "sign_in.html", status, refusal=refusal, name=fields("name"),
            target=own_path(fields("next")), secure=may_sign_in(request.scope),
        )  # fmt: skip
        if wait:
            response.headers["Retry-After"] = str(wait)
        if status == 401:
            response.headers.update(CHALLENGE)
        return response

    @router.get(SIGN_IN)
    def sign_in_page(request: Request, visitor: Visitor, next: str = "") -> Response:
        """The form; whoever is signed in goes on, and without any account the first run comes."""
        if visitor.member is not None:
            return RedirectResponse(own_path(next), status_code=303)
        if not staff.accounts.any():
            return RedirectResponse(FIRST_RUN, status_code=303)
        return form(request, Fields({"next": [next]}))

    @router.post(SIGN_IN)
    def sign_in(request: Request, visitor: Visitor, fields: Form) -> Response:
        """Sign in; who may not is told the same words, whatever the reason."""
        if not may_sign_in(request.scope):
            raise Problem("insecure")
        name = fields("name")
        by_name = f"name {tidy(name[:400]).casefold()}"
        now = clock()
        address = f"address {origin_of(request.scope)}"
        if wait := staff.attempts.begin((by_name, address), now):
            return form(request, fields, wait=wait)
        member = staff.accounts.verified(name, fields.raw("password"))
        if member is None:
            m = pages.messages(request)
            return form(request, fields, m("staff.sign_in.refused"), 401)
        staff.attempts.succeeded(by_name, (address,), now)
        return begin(request, member.name, own_path(fields("next")))

    @router.post(SIGN_OUT)
    def sign_out(request: Request, member: Reader) -> Response:
        """End this browser's session."""
        staff.sessions.end(request.cookies.get(cookie_name(request.scope), ""))
        response = after(SIGN_IN, "signed_out")
        secure = request.url.scheme == "https"
        response.delete_cookie(
            cookie_name(request.scope), secure=secure, httponly=True, samesite="lax"
        )
        return response

    def first_form(
        request: Request,
        fields: Fields,
        errors: dict[str, str] | None = None,
        status: int = 200,
        wait: int = 0,
    ) -> Response:
        m = pages.messages(request)
        if wait:
            status, errors = 429, {"code": m("staff.sign_in.wait", minutes=-(-wait // 60))}
        response = pages.response(
            request, "first_run.html", status, errors=errors or {}, name=fields("name"),
            code=fields("code"), least=LEAST, secure=may_sign_in(request.scope),
        )  # fmt: skip
        if wait:
            response.headers["Retry-After"] = str(wait)
        return response

    @router.get(FIRST_RUN)
    def first_run_page(request: Request, visitor: Visitor) -> Response:
        """The form for the first administrator; closed once there is an account."""
        if staff.accounts.any():
            return RedirectResponse(SIGN_IN, status_code=303)
        return first_form(request, Fields())

    @router.post(FIRST_RUN)
    def first_run(request: Request, visitor: Visitor, fields: Form) -> Response:
        """Make the first administrator by the code that the server told, and sign them in."""
        if not may_sign_in(request.scope):
            raise Problem("insecure")
        if staff.accounts.any():
            return RedirectResponse(SIGN_IN, status_code=303)
        m = pages.messages(request)
        if wait := waiting(request):
            return first_form(request, fields, wait=wait)
        errors = {}
        if not staff.invitations.open(fields("code")):
            errors["code"] = m("staff.first_run.code_refused")
        if not fields("name"):
            errors["name"] = m("staff.error.name")
        if not LEAST <= len(fields.raw("password")) <= MOST:
            errors["password"] = m("staff.error.password", least=LEAST)
        if fields.raw("password") != fields.raw("again"):
            errors["again"] = m("staff.error.again")
        if errors:
            return first_form(request, fields, errors, 422)
        try:
            made = staff.invitations.accept(
                fields("code"), fields("name"), fields.raw("password"), clock()
            )
        except AccountError:
            return first_form(request, fields, {"name": m("staff.error.name")}, 422)
        if made is None:  # somebody was quicker
            return RedirectResponse(SIGN_IN, status_code=303)
        return begin(request, made.name, "/staff/account", "first_run")

    return router
