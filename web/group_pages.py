"""A group of questions as a page: how it was asked, what was found, and what is made of it."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from assistant.case_filter import CaseFilter
from assistant.casework import Casework
from assistant.group_store import NoSuchGroup, UnlikeGroups
from assistant.member import Member
from assistant.staff import Staff
from web.finding import nearest
from web.group_view import Dossier, account_of, dossier_of
from web.interface import Clock, Office
from web.problem import Problem
from web.queue_choice import QueueChoice, choice_of, own_programmes
from web.queue_pages import page_of, writers
from web.queue_view import programme_title
from web.staff_access import Editor, Reader, check_covers
from web.staff_form import Form
from web.staff_pages import StaffPages, after

ONE = "/staff/questions"
_NOTE = 2000
"""Characters of a note."""
_MERGED = 100
"""Groups offered to be merged with."""


def group_routes(
    staff: Staff, office: Office, casework: Casework, pages: StaffPages, clock: Clock
) -> APIRouter:
    """One group, and what changes it."""
    router = APIRouter(prefix=ONE)
    queue, groups = casework.queue, casework.groups

    def found(id: str, member: Member) -> Dossier:
        dossier, own = dossier_of(queue, id), own_programmes(member)
        if dossier is None or (own is not None and dossier.group.programme not in own):
            raise Problem("no_group")
        return dossier

    def changing(id: str, member: Member) -> Dossier:
        dossier = found(id, member)
        check_covers(member, dossier.group.programme)
        return dossier

    def beside(id: str, choice: QueueChoice, member: Member, cursor: str) -> tuple[str, str]:
        """The addresses of the groups before and behind it in the queue it was opened from."""
        page = page_of(queue, choice.wanted(member), cursor, each=1)
        ids = [group.id for group in page.groups]
        if id not in ids:
            return "", f"{ONE}/{ids[0]}" if ids else ""
        place = ids.index(id)
        near = (ids[place - 1] if place else "", *ids[place + 1 : place + 2], "")
        first, second = (
            choice.address(f"{ONE}/{each}", after=cursor) if each else "" for each in near[:2]
        )
        return first, second

    @router.get("/{group}")
    def group_page(
        request: Request, member: Reader, group: str, after: str = "", other: str = ""
    ) -> Response:
        """The group; `other` are words of another one that is looked for."""
        dossier = found(group, member)
        one = dossier.group
        m = pages.messages(request)
        desk = office.desk
        choice = choice_of(request.query_params)
        before, behind = beside(group, choice, member, after)
        alike = CaseFilter(programmes=(one.programme,), search=other.strip()[:200])
        others = queue.page(alike, None, _MERGED, 1).groups if dossier.grouped else ()
        return pages.response(
            request, "group.html", here="questions", dossier=dossier, group=one,
            programme=programme_title(one.programme, desk.programmes, m),
            account=account_of(dossier, desk, clock().date(), m.language),
            findings=nearest(desk, one.representative, one.programme),
            may_write=member.covers(one.programme), people=writers(staff), other=other,
            others=[(each.id, each.representative, each.size) for each in others
                    if each.id != group],
            back=choice.address("/staff/", after=after), before=before, behind=behind,
            kept=[(name, value) for name, value in request.query_params.multi_items()
                  if name not in ("other", "done", "language")],
        )  # fmt: skip

    @router.post("/{group}/split")
    def split(member: Editor, group: str, fields: Form) -> Response:
        """Put the ticked questions into a group of their own."""
        changing(group, member)
        ticked = fields.all("question")
        if not ticked:
            return after(f"{ONE}/{group}", "nothing_ticked")
        try:
            made = groups.split(group, ticked, member.name, clock())
        except NoSuchGroup:
            raise Problem("no_question") from None
        return after(f"{ONE}/{made}", "group_split")

    @router.post("/{group}/dismiss")
    def dismiss(member: Editor, group: str, fields: Form) -> Response:
        """Dismiss the ticked questions, or with `all` every one that waits."""
        dossier = changing(group, member)
        waiting = [*dossier.cases.get("open", ()), *dossier.cases.get("apart", ())]
        ticked = fields.all("question")
        ids = [case.id for case in waiting if fields("all") or case.id in ticked]
        groups.dismiss(ids, "off_topic", member.name, clock())
        # What is left of it is looked at again; where nothing is, the queue goes on.
        left = len(ids) < len(dossier.cases.get("open", ()))
        return after(f"{ONE}/{group}" if left else "/staff/", _done("dismissed", ids))

    @router.post("/{group}/reopen")
    def reopen(member: Editor, group: str) -> Response:
        """Put what was dismissed or put apart back into the queue."""
        dossier = changing(group, member)
        ids = [case.id for state in ("apart", "dismissed") for case in dossier.cases.get(state, ())]
        groups.reopen(ids, member.name, clock())
        casework.clerk.catch_up()
        return after(f"{ONE}/{group}" if dossier.grouped else "/staff/", "reopened")

    @router.post("/{group}/follow")
    def follow(member: Editor, group: str, fields: Form) -> Response:
        """Say who looks after it, and keep a note."""
        one = changing(group, member).group
        assignee, text = fields("assignee") or None, fields("note")[:_NOTE] or None
        if assignee is not None and assignee not in (*writers(staff), one.assignee):
            raise Problem("no_member")
        try:
            if assignee != one.assignee:
                groups.assign(group, assignee, member.name, clock())
            if text != (one.note or None):
                groups.write_note(group, text, member.name, clock())
        except NoSuchGroup:
            raise Problem("no_group") from None
        return after(f"{ONE}/{group}", "group_kept")

    @router.post("/{group}/merge")
    def merge(member: Editor, group: str, fields: Form) -> Response:
        """Make one group of this one and another."""
        changing(group, member)
        if not fields("with"):
            return after(f"{ONE}/{group}", "nothing_ticked")
        changing(fields("with"), member)
        try:
            kept = groups.merge([group, fields("with")], member.name, clock())
        except NoSuchGroup:
            raise Problem("no_group") from None
        except UnlikeGroups:
            raise Problem("unlike_groups") from None
        return after(f"{ONE}/{kept}", "group_merged")

    return router


def _done(name: str, ids: list[str]) -> str:
    return name if ids else "nothing_ticked"
