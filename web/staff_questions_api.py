"""Staff questions API: read the queue, and sort what waits in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from assistant.answer import Reason
from assistant.case import Case, Group
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
from web.staff_access import Editor, Reader, check_covers

_MOST = 500
_FORM = ConfigDict(strict=True, extra="forbid")

Id = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Ids = Annotated[list[Id], Field(min_length=1, max_length=20_000)]


class QuestionBody(BaseModel):
    """A question of the queue; personal data in it is masked."""

    id: str
    question: str
    asked_at: datetime
    status: str
    reason: str | None
    programme: str | None
    language: str
    history: list[str]
    state: State
    helpful: bool | None
    answer_id: str | None


class GroupBody(BaseModel):
    """Questions of one meaning."""

    id: str
    size: int
    representative: str
    questions: list[QuestionBody]
    programme: str | None
    aspect: str | None
    asked_at: datetime
    assignee: str | None
    note: str | None


class QueueBody(BaseModel):
    """Groups in order, and what to give as `next` for those behind them."""

    groups: list[GroupBody]
    next: str | None


class FoundBody(BaseModel):
    """What was shown for a question when it was asked, as the journal keeps it."""

    id: str
    answer: dict[str, Any]


class DetailBody(GroupBody):
    """A group with what was shown, and why its representative is not answered now."""

    found: list[FoundBody]
    why: list[str]


class DismissBody(BaseModel):
    """Why a question needs no answer."""

    model_config = _FORM

    as_: Literal["off_topic", "no_answer_needed"] = Field("off_topic", alias="as")


class ManyBody(BaseModel):
    """Several questions, or whole groups of them."""

    model_config = _FORM

    question_ids: Annotated[list[Id], Field(max_length=20_000)] = Field(default_factory=list)
    groups: Annotated[list[Id], Field(max_length=20_000)] = Field(default_factory=list)
    as_: Literal["off_topic", "no_answer_needed"] = Field("off_topic", alias="as")


class MergeBody(BaseModel):
    """Groups that ask the same; the first of them stays."""

    model_config = _FORM

    groups: Annotated[list[Id], Field(min_length=2, max_length=1000)]


class SplitBody(BaseModel):
    """Questions that ask something else than the rest of their group."""

    model_config = _FORM

    group: Id
    question_ids: Ids


class GroupChangeBody(BaseModel):
    """What is given is changed; null takes it away."""

    model_config = _FORM

    assignee: Annotated[str, StringConstraints(max_length=80)] | None = None
    note: Annotated[str, StringConstraints(max_length=4000)] | None = None


class MovedBody(BaseModel):
    """The questions whose state was changed."""

    questions: list[str]


class MadeBody(BaseModel):
    """The group that was made."""

    group: str


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
        return QueueBody(groups=[_group(each) for each in page.groups], next=page.next)

    @router.get("/groups/{id}")
    def one_group(
        member: Reader, id: str, language: Annotated[Literal["fr", "en"], Query()] = "fr"
    ) -> DetailBody:
        """A group with every question, what was shown for each, and why it is not answered."""
        group = found(member, id)
        shown = [FoundBody(id=case.id, answer=dict(case.answer)) for case in group.cases]
        told_why = why(office.desk, group, clock().date(), language)
        return DetailBody(**_group(group).model_dump(), found=shown, why=list(told_why))

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
        return _group(found(member, id))

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


def _group(group: Group) -> GroupBody:
    return GroupBody(
        id=group.id,
        size=group.size,
        representative=group.representative,
        questions=[_question(case) for case in group.cases],
        programme=group.programme,
        aspect=group.aspect,
        asked_at=group.asked_at,
        assignee=group.assignee,
        note=group.note,
    )


def _question(case: Case) -> QuestionBody:
    return QuestionBody(
        id=case.id,
        question=case.question,
        asked_at=case.asked_at,
        status=case.status,
        reason=case.reason,
        programme=case.programme,
        language=case.language,
        history=list(case.history),
        state=case.state,
        helpful=case.helpful,
        answer_id=case.answer_id,
    )
