"""Staff questions API: read the queue, and sort what waits in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Body, Query

from assistant.answer import Reason
from assistant.case import Group
from assistant.case_filter import CaseFilter
from assistant.case_queue import PAGE, BadCursor
from assistant.case_store import State
from assistant.casework import Casework
from assistant.group_store import NoSuchGroup, UnlikeGroups
from assistant.member import Member
from assistant.refusal import why
from web.interface import Clock, Office
from web.json_route import JsonRoute
from web.problem import Problem
from web.question_body import (
    DetailBody,
    DismissBody,
    FoundBody,
    GroupBody,
    GroupChangeBody,
    MadeBody,
    ManyBody,
    MergeBody,
    MovedBody,
    QueueBody,
    SplitBody,
    group_body,
)
from web.staff_access import Editor, Reader, check_covers

_MOST = 500


def staff_question_routes(casework: Casework, office: Office, clock: Clock) -> APIRouter:
    """The routes under `/api/v1/staff`; editors change what concerns their programmes."""
    router = APIRouter(prefix="/api/v1/staff", route_class=JsonRoute)
    queue, groups = casework.queue, casework.groups

    def check(member: Member, of_groups: list[str], of_questions: list[str]) -> None:
        with told():
            concerned = groups.programmes_of(of_groups, of_questions)
        for programme in concerned:
            check_covers(member, programme)

    def found(member: Member, id: str) -> Group:
        group = queue.group(id)
        if group is None or not _sees(member, group.programme):
            raise Problem("no_group")
        return group

    @router.get("/questions")
    def questions(
        member: Reader,
        state: Annotated[State, Query()] = "open",
        group: Annotated[bool, Query()] = True,
        programme: Annotated[list[str] | None, Query()] = None,
        reason: Annotated[Reason | None, Query()] = None,
        status: Annotated[Literal["answered", "partial", "unanswered"] | None, Query()] = None,
        aspect: Annotated[str | None, Query()] = None,
        language: Annotated[str | None, Query()] = None,
        feedback: Annotated[Literal["helpful", "unhelpful", "none"] | None, Query()] = None,
        since: Annotated[date | None, Query(description="First day.")] = None,
        until: Annotated[date | None, Query(description="Last day.")] = None,
        search: Annotated[str, Query(max_length=500)] = "",
        assignee: Annotated[str | None, Query()] = None,
        limit: Annotated[int, Query(ge=1, le=_MOST)] = PAGE,
        next: Annotated[str | None, Query(max_length=500)] = None,
    ) -> QueueBody:
        """What waits, in groups of one meaning; with `group=false` question by question."""
        wanted = CaseFilter(
            state,
            _programmes(member, programme),
            reason,
            status,
            aspect,
            language,
            feedback,
            _morning(since, clock()),
            _morning(until + timedelta(days=1) if until else None, clock()),
            search,
            assignee,
        )
        casework.clerk.catch_up()
        with told():
            page = queue.page(wanted, next, limit) if group else queue.flat(wanted, next, limit)
        return QueueBody(groups=[group_body(each) for each in page.groups], next=page.next)

    @router.get("/groups/{id}")
    def one_group(
        member: Reader, id: str, language: Annotated[Literal["fr", "en"], Query()] = "fr"
    ) -> DetailBody:
        """A group with every question, what was shown for each, and why it is not answered."""
        group = found(member, id)
        shown = [FoundBody(id=case.id, answer=dict(case.answer)) for case in group.cases]
        told_why = why(office.desk, group, clock().date(), language)
        return DetailBody(**group_body(group).model_dump(), found=shown, why=list(told_why))

    @router.patch("/groups/{id}")
    def change_group(
        member: Editor, id: str, body: Annotated[GroupChangeBody, Body()]
    ) -> GroupBody:
        """Say who takes care of a group, or put a note on it."""
        check(member, [id], [])
        with told():
            if "assignee" in body.model_fields_set:
                groups.assign(id, body.assignee or None, member.name, clock())
            if "note" in body.model_fields_set:
                groups.write_note(id, body.note or None, member.name, clock())
        return group_body(found(member, id))

    @router.post("/groups/merge")
    def merge(member: Editor, body: Annotated[MergeBody, Body()]) -> MadeBody:
        """Make one group of several."""
        check(member, body.groups, [])
        with told():
            return MadeBody(group=groups.merge(body.groups, member.name, clock()))

    @router.post("/groups/split")
    def split(member: Editor, body: Annotated[SplitBody, Body()]) -> MadeBody:
        """Put some questions into a group of their own."""
        check(member, [body.group], [])
        with told():
            made = groups.split(body.group, body.question_ids, member.name, clock())
        return MadeBody(group=made)

    @router.post("/questions/dismiss")
    def dismiss_many(member: Editor, body: Annotated[ManyBody, Body()]) -> MovedBody:
        """Close many questions without answering."""
        check(member, body.groups, body.question_ids)
        ids = [*body.question_ids, *(id for each in body.groups for id in queue.questions_of(each))]
        with told():
            moved = groups.dismiss(ids, body.as_, member.name, clock())
        return MovedBody(questions=list(moved))

    @router.post("/questions/{id}/dismiss")
    def dismiss(member: Editor, id: str, body: Annotated[DismissBody, Body()]) -> MovedBody:
        """Close a question without answering."""
        check(member, [], [id])
        with told():
            moved = groups.dismiss([id], body.as_, member.name, clock())
        return MovedBody(questions=list(moved))

    @router.post("/questions/{id}/reopen")
    def reopen(member: Editor, id: str) -> MovedBody:
        """Put a question that was dismissed or stood apart into the queue."""
        check(member, [], [id])
        with told():
            moved = groups.reopen([id], member.name, clock())
        return MovedBody(questions=list(moved))

    return router


@contextmanager
def told() -> Iterator[None]:
    """What the queue and its groups raise, as problems."""
    try:
        yield
    except NoSuchGroup:
        raise Problem("no_group") from None
    except UnlikeGroups:
        raise Problem("unlike_groups") from None
    except BadCursor:
        raise Problem("invalid", fields=(("next", "field.other", {}),)) from None


def _sees(member: Member, programme: str | None) -> bool:
    own = _own(member)
    return own is None or programme in own


def _own(member: Member) -> tuple[str, ...] | None:
    """The programmes that a member is limited to; None: none."""
    return None if member.role == "administrator" else member.programmes


def _programmes(member: Member, chosen: list[str] | None) -> tuple[str | None, ...] | None:
    own = _own(member)
    if not chosen:
        return own
    return tuple(each for each in chosen if own is None or each in own)


def _morning(day: date | None, now: datetime) -> datetime | None:
    return datetime(day.year, day.month, day.day, tzinfo=now.tzinfo) if day else None
