"""Staff answers API: publish, edit, retract, roll back and preview answers of staff."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Body, Header, Query, Response

from assistant.answer_store import NoSuchAnswer, RevisionConflict
from assistant.draft import Draft, UnknownQuestions
from assistant.journal import JournalUnavailable
from assistant.member import Member
from assistant.publishing import HeldBack, Published, Publishing
from assistant.staff_answer import StaffAnswer, State, UnusableAnswer
from index.generation import IndexUnavailable
from web.answer_body import (
    AnswerBody,
    AnswersBody,
    DoneBody,
    HistoryBody,
    RollbackBody,
    ShownBody,
    done,
    revisions,
    shown,
)
from web.enquiry import not_ready
from web.interface import Clock, Office
from web.json_route import JsonRoute
from web.preview_body import PreviewBody, changes_of, previewed
from web.problem import Problem
from web.staff_access import Editor, Reader, check_covers

IfMatch = Annotated[str | None, Header(description='The revision that is changed, as `"3"`.')]
_RETRY_S = 5


def staff_answer_routes(publishing: Publishing, office: Office, clock: Clock) -> APIRouter:
    """The routes under `/api/v1/staff/answers`; editors change what concerns their programmes."""
    router = APIRouter(prefix="/api/v1/staff/answers", route_class=JsonRoute)
    store = publishing.store

    def draft_of(body: AnswerBody, member: Member) -> Draft:
        check_covers(member, body.programme)
        if body.programme is not None and body.programme not in office.desk.programmes:
            raise Problem("programme_unknown", programme=body.programme[:80])
        return body.draft_of()

    def saved(
        member: Member, body: AnswerBody, id: str | None = None, expected: int = 0
    ) -> Published | HeldBack:
        """Keep what was sent as a draft, or publish it; with an id, as that answer."""
        draft, by, now = draft_of(body, member), member.name, clock()
        if body.draft:
            return Published(publishing.keep(draft, by, now, id, expected))
        if id is None:
            return publishing.publish(draft, by, now, body.confirm)
        return publishing.edit(id, expected, draft, by, now, body.confirm)

    def mine(id: str, member: Member) -> StaffAnswer:
        answer = store.answer(id)
        check_covers(member, answer.content.programme)
        return answer

    @router.get("")
    def answers(
        member: Reader,
        state: Annotated[State | None, Query()] = None,
        programme: Annotated[str | None, Query()] = None,
    ) -> AnswersBody:
        """The answers, the latest first."""
        with told():
            found = store.answers((state,) if state else None)
        wanted = [a for a in reversed(found) if programme in (None, a.content.programme)]
        return AnswersBody(answers=[shown(each) for each in wanted])

    @router.get("/{id}")
    def answer(member: Reader, id: str, response: Response) -> ShownBody:
        """One answer; its revision is also the entity tag."""
        with told():
            found = store.answer(id)
        response.headers["ETag"] = _tag(found)
        return shown(found)

    @router.get("/{id}/history")
    def history(member: Reader, id: str) -> HistoryBody:
        """What an answer was, the latest revision first."""
        with told():
            return revisions(store.history(id))

    @router.post("/preview")
    def preview(
        member: Editor,
        body: Annotated[AnswerBody, Body()],
        id: Annotated[str | None, Query(description="The answer that would be edited.")] = None,
    ) -> PreviewBody:
        """What publishing would do; nothing is published."""
        with told():
            return previewed(publishing.preview(draft_of(body, member), clock(), id))

    @router.post("")
    def publish(
        member: Editor, body: Annotated[AnswerBody, Body()], response: Response
    ) -> DoneBody:
        """Publish an answer: it is given when this returns."""
        with told():
            return _told(saved(member, body), response)

    @router.put("/{id}")
    def edit(
        member: Editor,
        id: str,
        body: Annotated[AnswerBody, Body()],
        response: Response,
        if_match: IfMatch = None,
    ) -> DoneBody:
        """Change an answer, or publish a draft; what was published before stays in its history."""
        expected = _revision(if_match)
        with told():
            mine(id, member)
            return _told(saved(member, body, id, expected), response)

    @router.delete("/{id}")
    def retract(member: Editor, id: str, response: Response, if_match: IfMatch = None) -> DoneBody:
        """Take an answer back; its history stays."""
        expected = None if if_match is None else _revision(if_match)
        with told():
            mine(id, member)
            return _told(publishing.retract(id, expected, member.name, clock()), response)

    @router.post("/{id}/rollback")
    def rollback(
        member: Editor,
        id: str,
        body: Annotated[RollbackBody, Body()],
        response: Response,
        if_match: IfMatch = None,
    ) -> DoneBody:
        """Make an answer what it was at an earlier revision."""
        expected = _revision(if_match)
        with told():
            mine(id, member)
            earlier = next((e for e in store.history(id) if e.revision == body.revision), None)
            if earlier is not None:
                check_covers(member, earlier.content.programme)
            given = (member.name, clock(), body.confirm)
            made = publishing.roll_back(id, body.revision, expected, *given)
            return _told(made, response)

    return router


@contextmanager
def told() -> Iterator[None]:
    """What publishing raises, as problems."""
    try:
        yield
    except NoSuchAnswer:
        raise Problem("no_staff_answer") from None
    except RevisionConflict as error:
        raise Problem("answer_changed", revision=error.current) from None
    except UnknownQuestions as error:
        raise Problem("questions_unknown", ids=", ".join(error.ids)[:200]) from None
    except UnusableAnswer as error:
        key = _FIELDS[error.field]
        raise Problem(
            "invalid", fields=((f"#/{error.field}", key, {"most": error.most}),)
        ) from None
    except IndexUnavailable as error:
        raise not_ready((str(error),)) from None
    except JournalUnavailable:
        headers = {"Retry-After": str(_RETRY_S)}
        raise Problem("staff_out", headers=headers, seconds=_RETRY_S) from None


_FIELDS = {
    "question": "field.filled",
    "answer": "field.filled",
    "source_url": "field.address",
    "valid_until": "field.later",
}


def _told(made: Published | HeldBack, response: Response) -> DoneBody:
    if isinstance(made, HeldBack):
        raise Problem("answer_held", changes=changes_of(made.preview))
    response.headers["ETag"] = _tag(made.answer)
    return done(made)


def _tag(answer: StaffAnswer) -> str:
    return f'"{answer.revision}"'


def _revision(if_match: str | None) -> int:
    if if_match is None:
        raise Problem("if_match_needed")
    match = re.fullmatch(r'"?(\d{1,9})"?', if_match.strip())
    # Another tag than a revision is that of no revision.
    return int(match[1]) if match else -1
