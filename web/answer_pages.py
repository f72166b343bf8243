"""Answers of staff as pages: their list, and the form that one is written in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from assistant.answer_store import AnswerStore, NoSuchAnswer
from assistant.casework import Casework
from assistant.member import Member
from assistant.staff_answer import StaffAnswer
from corpus.library import EVERY_PROGRAMME
from index.words import fold
from web.answer_form import AnswerForm, written
from web.answer_view import answer_row, audience, matching, validity, wanted_of
from web.finding import nearest
from web.interface import Clock, Office
from web.messages import Messages
from web.problem import Problem
from web.queue_view import programme_title, reason_of
from web.staff_access import Editor, Reader
from web.staff_pages import StaffPages

LIST = "/staff/answers"
NEW = f"{LIST}/new"
_ROWS = 50


@dataclass(frozen=True, slots=True)
class Workplace:
    """What the pages of answers are made over."""

    office: Office
    casework: Casework
    store: AnswerStore
    pages: StaffPages
    clock: Clock

    def answer(self, id: str) -> StaffAnswer:
        """The answer of that id; raises Problem."""
        try:
            return self.store.answer(id)
        except NoSuchAnswer:
            raise Problem("no_staff_answer") from None

    def programmes(
        self, member: Member, m: Messages, kept: str | None = None
    ) -> list[tuple[str, str]]:
        """Those that they may answer for, with one that an answer has although it is gone."""
        every = [(EVERY_PROGRAMME, m("staff.queue.everything"))] if member.covers(None) else []
        titles = self.office.desk.programmes
        ids = [*titles, *([kept] if kept and kept not in titles else [])]
        return [*every, *((id, programme_title(id, titles, m)) for id in ids if member.covers(id))]

    def form_page(
        self,
        request: Request,
        member: Member,
        form: AnswerForm,
        answer: StaffAnswer | None = None,
        errors: Mapping[str, str] | None = None,
        *,
        status: int = 200,
        told: str = "",
        conflict: StaffAnswer | None = None,
    ) -> Response:
        """The form, with what stands beside it; `conflict` is what somebody else saved."""
        m = self.pages.messages(request)
        desk, queue = self.office.desk, self.casework.queue
        group = queue.group(form.group) if form.group else None
        settled = queue.cases_of(self.store.closed_by(answer.id)) if answer else ()
        history = self.store.history(answer.id) if answer else ()
        return self.pages.response(
            request, "answer.html", 422 if errors and status == 200 else status, here="answers",
            form=form, answer=answer, errors=errors or {}, told=told, conflict=conflict,
            conflict_by=self.store.history(conflict.id)[-1].account if conflict else "",
            may_write=member.may("editor") if answer is None
            else member.covers(answer.content.programme),
            programmes=self.programmes(member, m, form.about),
            wanted=wanted_of(group, answer, settled),
            findings=nearest(desk, form.question, form.about),
            revisions=tuple(reversed(history)), settled=settled,
            still_open=[(case, reason_of(case)) for case in (group.cases if group else ())]
            if answer and answer.state == "published" else [],
            audience=audience(form.about, desk.programmes, m),
            validity=validity(answer.content, m) if answer else "",
        )  # fmt: skip


def answer_routes(work: Workplace) -> APIRouter:
    """The list, and the form of a new answer and of an old one."""
    router = APIRouter()

    @router.get(LIST)
    def list_page(
        request: Request,
        member: Reader,
        state: str = "",
        programme: str = "",
        search: str = "",
        page: int = 1,
    ) -> Response:
        """Every answer, the last changed first."""
        m = work.pages.messages(request)
        titles = work.office.desk.programmes
        chosen = {"state": state, "programme": programme, "search": search.strip()}
        found = matching(work.store.answers(), **chosen)
        page = min(max(page, 1), max(1, -(-len(found) // _ROWS)))
        first = (page - 1) * _ROWS
        today = work.clock().date()

        def address(number: int) -> str:
            kept = {name: value for name, value in chosen.items() if value}
            return f"{LIST}?{urlencode({**kept, 'page': number})}"

        return work.pages.response(
            request, "answers.html", here="answers", state=state, programme=programme,
            search=chosen["search"],
            rows=[answer_row(each, titles, today, m) for each in found[first : first + _ROWS]],
            programmes=[("", m("staff.queue.all")), (EVERY_PROGRAMME, m("staff.queue.everything")),
                        *((id, programme_title(id, titles, m)) for id in titles)],
            may_write=member.may("editor"),
            older=address(page + 1) if len(found) > first + _ROWS else "",
            newer=address(page - 1) if page > 1 else "",
        )  # fmt: skip

    @router.get(NEW)
    def new_page(request: Request, member: Editor, group: str = "") -> Response:
        """The form of a new answer, about a group of questions or about nothing yet."""
        found = work.casework.queue.group(group) if group else None
        if group and found is None:
            raise Problem("no_group")
        m = work.pages.messages(request)
        choices = [id for id, _ in work.programmes(member, m)]
        if found is None:
            own = choices[0] if choices else EVERY_PROGRAMME
            return work.form_page(request, member, AnswerForm(programme=own))
        about = found.programme or EVERY_PROGRAMME
        # The words that become its heading are its own: they ask just this.
        heading = fold(found.representative).strip()
        ticked = tuple(c.id for c in found.cases if fold(c.question).strip() == heading)
        form = AnswerForm(found.representative, programme=about, ticked=ticked, group=group)
        return work.form_page(request, member, form)

    @router.get(LIST + "/{id}")
    def answer_page(request: Request, member: Reader, id: str, group: str = "") -> Response:
        """An answer: to change for those who may, to read for the others."""
        answer = work.answer(id)
        if not group and answer.state != "published":
            group = _group_of(work, answer)
        return work.form_page(request, member, written(answer, group), answer)

    return router


def _group_of(work: Workplace, answer: StaffAnswer) -> str:
    """The group that a draft was begun for: the one of its wordings, while they wait."""
    for wording in answer.content.wordings:
        if wording.question_id and (group := work.casework.queue.group_of(wording.question_id)):
            return group
    return ""
