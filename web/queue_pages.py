"""The queue as a page: groups of questions that wait, and what is done with several at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from fastapi import APIRouter, Request, Response

from assistant.aspect import load_aspects
from assistant.case import Page
from assistant.case_filter import CaseFilter
from assistant.case_queue import BadCursor, CaseQueue
from assistant.case_store import State
from assistant.casework import Casework
from assistant.group_store import NoSuchGroup
from assistant.member import Member
from assistant.staff import Staff
from web.interface import Clock, Office
from web.messages import Messages
from web.problem import Problem
from web.queue_choice import (
    LANGUAGES,
    OPINIONS,
    REASONS,
    STATES,
    UNNAMED,
    choice_of,
    own_programmes,
)
from web.queue_view import group_view, programme_title
from web.staff_access import Editor, Reader, check_covers
from web.staff_form import Fields, Form
from web.staff_pages import StaffPages, after

PAGE = "/staff/"
GROUPS = 50
"""Groups on a page."""
_EACH = 8
"""The latest questions of a group, from which its reasons and languages are told: all of them
take three times as long at 50,000 questions."""
_PATIENCE_S = 1.0  # for the clerk to sort what came in since


def queue_routes(
    staff: Staff, office: Office, casework: Casework, pages: StaffPages, clock: Clock
) -> APIRouter:
    """The queue, and its ticked groups dismissed or put back."""
    router = APIRouter()
    aspects = load_aspects()

    def programmes(member: Member, m: Messages) -> list[tuple[str, str]]:
        titles = office.desk.programmes
        own = own_programmes(member)
        if own is not None:
            return [("", m("staff.queue.mine")), *_named(own, titles, m)]
        unnamed = (UNNAMED, m("staff.queue.unnamed"))
        return [("", m("staff.queue.everything")), *_named(titles, titles, m), unnamed]

    @router.get(PAGE)
    def queue_page(request: Request, member: Reader, after: str = "") -> Response:
        """Where staff arrive: what waits, what most ask first."""
        m = pages.messages(request)
        choice = choice_of(request.query_params)
        sorted_ = casework.clerk.catch_up(_PATIENCE_S)
        page = page_of(casework.queue, choice.wanted(member), after)
        titles = office.desk.programmes
        reasons = ("not_documented", "partial", *REASONS[1:])
        return pages.response(
            request, "queue.html", here="questions", choice=choice, states=STATES,
            counts=casework.queue.counts(choice.wanted(member).programmes),
            views=[group_view(group, titles, aspects, m) for group in page.groups],
            busy=not sorted_, may_write=member.may("editor"),
            programmes=programmes(member, m), reasons=dict.fromkeys(reasons),
            subjects=[(id, aspect.label[m.language]) for id, aspect in aspects.items()],
            languages=LANGUAGES, opinions=OPINIONS, people=writers(staff),
            older=choice.address(PAGE, after=page.next or "") if page.next else "",
            newer=choice.address() if after else "", cursor=after,
        )  # fmt: skip

    @router.post("/staff/questions/dismiss")
    def dismiss(member: Editor, fields: Form) -> Response:
        """Dismiss every question of the ticked groups as off topic."""
        ids = _questions(casework.queue, fields.all("group"), ("open", "apart"))
        _check(casework, member, ids)
        casework.groups.dismiss(ids, "off_topic", member.name, clock())
        back = _back(fields)
        return after(back, "dismissed" if ids else "nothing_ticked")

    @router.post("/staff/questions/reopen")
    def reopen(member: Editor, fields: Form) -> Response:
        """Put every question of the ticked groups back into the queue."""
        ids = _questions(casework.queue, fields.all("group"), ("apart", "dismissed"))
        _check(casework, member, ids)
        casework.groups.reopen(ids, member.name, clock())
        back = _back(fields)
        return after(back, "reopened" if ids else "nothing_ticked")

    return router


def page_of(queue: CaseQueue, wanted: CaseFilter, cursor: str, each: int = _EACH) -> Page:
    """A page of the queue; the first one where the cursor is none of ours."""
    try:
        return queue.page(wanted, cursor or None, GROUPS, each)
    except BadCursor:
        return queue.page(wanted, None, GROUPS, each)


def writers(staff: Staff) -> tuple[str, ...]:
    """Who may look after a group."""
    return tuple(
        account.name
        for account in staff.accounts.all()
        if account.disabled_at is None and account.member.may("editor")
    )


def _named(ids: Iterable[str], titles: Mapping[str, str], m: Messages) -> list[tuple[str, str]]:
    return [(id, programme_title(id, titles, m)) for id in ids]


def _questions(queue: CaseQueue, named: Iterable[str], states: Sequence[State]) -> list[str]:
    """The questions of groups, and single ones, that are in one of these states."""
    found: list[str] = []
    for id in named:
        groups = [group for state in states if (group := queue.group(id, state))]
        cases = [case for group in groups for case in group.cases]
        if not groups and (alone := queue.case(id)) and alone.state in states:
            cases = [alone]
        found.extend(case.id for case in cases)
    return list(dict.fromkeys(found))


def _check(casework: Casework, member: Member, ids: Sequence[str]) -> None:
    """Raise Problem unless they may change all of these questions."""
    try:
        concerned = casework.groups.programmes_of(questions_named=ids)
    except NoSuchGroup:
        raise Problem("no_question") from None
    for programme in concerned:
        check_covers(member, programme)


def _back(fields: Fields) -> str:
    """The queue's address that a form came from, never another page."""
    path, _, query = fields("back").partition("?")
    return f"{PAGE}?{query}" if path == PAGE and query.isprintable() and query else PAGE
