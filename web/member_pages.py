"""Members: the accounts of everybody, for administrators."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from fastapi import APIRouter, Request, Response

from assistant.account import Account, AccountError
from assistant.member import ROLES
from assistant.password import LEAST, MOST, PasswordError
from assistant.staff import Staff
from web.interface import Clock, Office
from web.problem import Problem
from web.staff_access import Administrator
from web.staff_form import Fields, Form
from web.staff_pages import StaffPages, after

_PAGE = "/staff/members"
_ONE = "/staff/member"


def member_routes(staff: Staff, office: Office, pages: StaffPages, clock: Clock) -> APIRouter:
    """The list, an account to change, and what changes it."""
    router = APIRouter()

    def programmes_beside(account: Account | None) -> list[tuple[str, str]]:
        """Those to choose from; an account may keep one that is not indexed just now."""
        known = dict(office.desk.programmes)
        kept = (account.programmes if account else None) or ()
        return [*known.items(), *((each, each) for each in kept if each not in known)]

    def list_page(request: Request, member: Administrator) -> Response:
        accounts = staff.accounts.all()
        titles = office.desk.programmes
        return pages.response(
            request, "members.html", here="members", accounts=accounts, titles=titles
        )

    router.get(_PAGE)(list_page)

    def add_form(
        request: Request, fields: Fields, errors: dict[str, str] | None = None
    ) -> Response:
        return pages.response(
            request, "member_add.html", 422 if errors else 200, here="members",
            errors=errors or {}, name=fields("name"), role=fields("role") or "editor",
            chosen=fields.all("programme"), programmes=programmes_beside(None), roles=ROLES,
            least=LEAST,
        )  # fmt: skip

    @router.get(f"{_PAGE}/add")
    def add_page(request: Request, member: Administrator) -> Response:
        """The form for another account."""
        return add_form(request, Fields())

    @router.post(f"{_PAGE}/add")
    def add(request: Request, member: Administrator, fields: Form) -> Response:
        """Make an account."""
        m = pages.messages(request)
        password = fields.raw("password") or None
        if password is not None and not LEAST <= len(password) <= MOST:
            return add_form(request, fields, {"password": m("staff.error.password", least=LEAST)})
        try:
            staff.accounts.add(
                fields("name"), fields("role"), password, clock(), member.name,
                fields.all("programme") or None,
            )  # fmt: skip
        except AccountError as error:
            place = "role" if error.reason == "role" else "name"
            return add_form(request, fields, {place: m(f"staff.error.{error.reason}")})
        return after(_PAGE, "member_added")

    def one(
        request: Request, name: str, errors: dict[str, str] | None = None, refusal: str = ""
    ) -> Response:
        account = staff.accounts.named(name)
        if account is None:
            raise Problem("no_member")
        return pages.response(
            request, "member.html", 422 if errors or refusal else 200, here="members",
            account=account, errors=errors or {}, refusal=refusal, roles=ROLES, least=LEAST,
            programmes=programmes_beside(account),
        )  # fmt: skip

    @router.get(_ONE)
    def member_page(request: Request, member: Administrator, name: str = "") -> Response:
        """One account."""
        return one(request, name)

    def changed(request: Request, name: str, done: str, change: Callable[[], None]) -> Response:
        """Change the account, then back to it, saying what was done or why not."""
        try:
            change()
        except AccountError as error:
            if error.reason == "unknown":
                raise Problem("no_member") from None
            refusal = pages.messages(request)(f"staff.error.{error.reason}")
            return one(request, name, refusal=refusal)
        return after(_ONE, done, name=name)

    @router.post(f"{_ONE}/role")
    def set_role(request: Request, member: Administrator, fields: Form) -> Response:
        """Another role, and the programmes of an editor."""
        name = fields("name")

        def change() -> None:
            staff.accounts.set_role(name, fields("role"), clock(), member.name)
            chosen = fields.all("programme") or None
            staff.accounts.set_programmes(name, chosen, clock(), member.name)

        return changed(request, name, "member_changed", change)

    @router.post(f"{_ONE}/disable")
    def disable(request: Request, member: Administrator, fields: Form) -> Response:
        """Close the account."""
        name = fields("name")
        change = partial(staff.accounts.disable, name, clock(), member.name)
        return changed(request, name, "member_disabled", change)

    @router.post(f"{_ONE}/enable")
    def enable(request: Request, member: Administrator, fields: Form) -> Response:
        """Open it again."""
        name = fields("name")
        change = partial(staff.accounts.enable, name, clock(), member.name)
        return changed(request, name, "member_enabled", change)

    @router.post(f"{_ONE}/password")
    def reset(request: Request, member: Administrator, fields: Form) -> Response:
        """Another password, to be told to its owner; their sessions and tokens end."""
        name, m = fields("name"), pages.messages(request)
        password = fields.raw("password")
        change = partial(staff.accounts.set_password, name, password, clock(), member.name)
        try:
            return changed(request, name, "member_password", change)
        except PasswordError:
            return one(request, name, {"password": m("staff.error.password", least=LEAST)})

    return router
