"""Publishing as pages: saving, checking, publishing, retracting and rolling back an answer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from fastapi import APIRouter, Request, Response

from assistant.answer_store import NoSuchAnswer, RevisionConflict
from assistant.draft import UnknownQuestions
from assistant.journal import JournalUnavailable
from assistant.member import Member
from assistant.preview import Preview
from assistant.publishing import HeldBack, Published, Publishing
from assistant.staff_answer import StaffAnswer, UnusableAnswer
from index.generation import IndexUnavailable
from web.answer_form import AnswerForm, WrongDate, typed, written
from web.answer_pages import LIST, NEW, Workplace
from web.answer_view import audience, validity
from web.finding import text_at
from web.messages import Messages
from web.preview_view import preview_view
from web.problem import Problem
from web.staff_access import Editor, check_covers
from web.staff_form import Fields, Form
from web.staff_pages import after


class _Refused(Exception):  # noqa: N818 - what was typed
    """A form that cannot be taken: messages by field."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__()
        self.errors = errors


def publish_routes(work: Workplace, publishing: Publishing) -> APIRouter:
    """What the buttons of an answer's form and of its check do."""
    router = APIRouter()
    pages = work.pages

    def act(request: Request, member: Member, fields: Fields, id: str | None) -> Response:
        """Do what the button that was pressed says; without a name it is the check."""
        form, m = typed(fields), pages.messages(request)
        answer = work.answer(id) if id else None
        if answer:
            check_covers(member, answer.content.programme)
        action, _, place = fields("action").partition(" ")
        match action:
            case "quote":
                quoted = text_at(place, work.office.desk.documents)
                told = m("staff.answer.quoted") if quoted else ""
                form = form.quoting(quoted)
                return work.form_page(request, member, form, answer, told=told)
            case "find" | "edit":
                return work.form_page(request, member, form, answer)
            case "tick":
                return work.form_page(request, member, form.ticking(fields.all("known")), answer)
        if action == "check" and place == "all":
            form = form.ticking((*form.ticked, *fields.all("known")))
        try:
            with _refusing(m):
                check_covers_choice(member, form, m)
                if action == "save":
                    return save(member, form, answer)
                if action == "publish":
                    return publish(request, member, form, answer, fields)
                return check(request, form, answer)
        except _Refused as refused:
            return work.form_page(request, member, form, answer, refused.errors)
        except RevisionConflict:
            return conflict(request, member, form, id)

    def conflict(request: Request, member: Member, form: AnswerForm, id: str | None) -> Response:
        if id is None:
            raise Problem("busy", seconds=2)  # others publish all the time
        current = work.answer(id)
        form = replace(form, revision=current.revision)
        return work.form_page(request, member, form, current, status=409, conflict=current)

    def save(member: Member, form: AnswerForm, answer: StaffAnswer | None) -> Response:
        id = answer.id if answer else None
        kept = publishing.keep(form.draft(), member.name, work.clock(), id, form.revision)
        return after(f"{LIST}/{kept.id}", "draft_saved", **_group(form))

    def check(
        request: Request,
        form: AnswerForm,
        answer: StaffAnswer | None,
        held: Preview | None = None,
        *,
        status: int = 200,
        stale: str = "",
        restored: int | None = None,
    ) -> Response:
        """The page before publishing, from a preview that was made or a new one."""
        m = pages.messages(request)
        if answer and held is None and answer.revision != form.revision:
            raise RevisionConflict(answer.id, form.revision, answer.revision)
        draft = form.draft()
        id = answer.id if answer else None
        preview = held or publishing.preview(draft, work.clock(), id)
        return pages.response(
            request, "preview.html", status, here="answers", form=form, answer=answer,
            shown=preview_view(preview, work.casework.queue, work.office.desk),
            seen=_digest(preview), stale=stale, restored=restored,
            audience=audience(form.about, work.office.desk.programmes, m),
            validity=validity(draft.content, m), target=f"{LIST}/{id}" if id else NEW,
        )  # fmt: skip

    def publish(
        request: Request,
        member: Member,
        form: AnswerForm,
        answer: StaffAnswer | None,
        fields: Fields,
    ) -> Response:
        def go(confirmed: bool) -> Published | HeldBack:
            told = (form.draft(), member.name, work.clock(), confirmed)
            if answer is None:
                return publishing.publish(*told)
            return publishing.edit(answer.id, form.revision, *told)

        done = _confirmed(go, fields)
        if isinstance(done, HeldBack):
            m = pages.messages(request)
            said = (
                m("staff.preview.stale") if fields("confirm") else m("staff.answer_error.confirm")
            )
            return check(request, form, answer, done.preview, status=409, stale=said)
        return after(f"{LIST}/{done.answer.id}", "answer_published", **_group(form))

    @router.post(NEW)
    def new(request: Request, member: Editor, fields: Form) -> Response:
        """A new answer: save it, check it, publish it, or go on writing."""
        return act(request, member, fields, None)

    @router.post(LIST + "/{id}")
    def change(request: Request, member: Editor, id: str, fields: Form) -> Response:
        """The same for an answer that is kept."""
        return act(request, member, fields, id)

    @router.post(LIST + "/{id}/retract")
    def retract(request: Request, member: Editor, id: str, fields: Form) -> Response:
        """Take it back."""
        answer = work.answer(id)
        check_covers(member, answer.content.programme)
        form = replace(typed(fields), ticked=written(answer).ticked)
        if not fields("sure"):
            return after(f"{LIST}/{id}", "nothing_ticked")
        try:
            with _refusing(pages.messages(request)):
                publishing.retract(id, form.revision, member.name, work.clock())
        except RevisionConflict:
            return conflict(request, member, written(work.answer(id)), id)
        return after(f"{LIST}/{id}", "answer_retracted")

    @router.post(LIST + "/{id}/restore")
    def restore(request: Request, member: Editor, id: str, fields: Form) -> Response:
        """Make it what it was at an earlier revision."""
        answer, m = work.answer(id), pages.messages(request)
        wanted = fields("earlier")
        earlier = next((e for e in work.store.history(id) if str(e.revision) == wanted), None)
        if earlier is None:
            raise Problem("no_staff_answer")
        for programme in (answer.content.programme, earlier.content.programme):
            check_covers(member, programme)
        expected = typed(fields).revision

        def go(confirmed: bool) -> Published | HeldBack:
            told = (member.name, work.clock(), confirmed)
            return publishing.roll_back(id, earlier.revision, expected, *told)

        old = replace(answer, content=earlier.content)
        form = replace(written(old), revision=expected)
        try:
            with _refusing(m):
                done = _confirmed(go, fields)
        except RevisionConflict:
            return conflict(request, member, written(work.answer(id)), id)
        if isinstance(done, HeldBack):
            number = earlier.revision
            return check(request, form, answer, done.preview, status=409, restored=number)
        return after(f"{LIST}/{id}", "answer_restored")

    return router


def check_covers_choice(member: Member, form: AnswerForm, m: Messages) -> None:
    """Refuse a programme that is not theirs to answer for."""
    if not form.programme or not member.covers(form.about):
        raise _Refused({"programme": m("staff.answer_error.programme")})


@contextmanager
def _refusing(m: Messages) -> Iterator[None]:
    """Say what cannot be taken in the words of the form, and outages as problems."""
    try:
        yield
    except UnusableAnswer as error:
        text = m(f"staff.answer_error.{error.field}", most=error.most)
        raise _Refused({error.field: text}) from None
    except WrongDate as error:
        raise _Refused({error.field: m("staff.answer_error.date")}) from None
    except UnknownQuestions:
        raise _Refused({"wording": m("staff.answer_error.wordings")}) from None
    except NoSuchAnswer:
        raise Problem("no_staff_answer") from None
    except IndexUnavailable as error:
        raise Problem("not_ready", headers={"Retry-After": "5"}, reasons=(str(error),)) from None
    except JournalUnavailable:
        raise Problem("journal_out", headers={"Retry-After": "5"}) from None


def _confirmed(go: Callable[[bool], Published | HeldBack], fields: Fields) -> Published | HeldBack:
    """Publish; in spite of changes only where these very ones were read and confirmed."""
    done = go(False)
    if isinstance(done, HeldBack) and fields("confirm") and fields("seen") == _digest(done.preview):
        return go(True)
    return done


def _digest(preview: Preview) -> str:
    """What names the changes that somebody read."""
    return _named(f"{c.kind} {c.question} {c.before} {c.after}" for c in preview.changes)


def _named(lines: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(sorted(lines)).encode()).hexdigest()[:16]


def _group(form: AnswerForm) -> dict[str, str]:
    return {"group": form.group} if form.group else {}
