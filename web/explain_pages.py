"""Explain: a question asked as a candidate would, with why the reply is what it is."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from assistant.exchange import Asked
from web.dashboard_pages import titles_for
from web.explain_view import explain_view
from web.interface import Clock, Office
from web.staff_access import Reader
from web.staff_form import Form
from web.staff_pages import StaffPages
from web.validation import QUESTION_LENGTH, clean

_PAGE = "/staff/explain"


def explain_routes(office: Office, pages: StaffPages, clock: Clock) -> APIRouter:
    """The form and its explanation; nothing that is asked here is recorded."""
    router = APIRouter()

    def page(request: Request, member: Reader, question: str, programme: str) -> Response:
        m = pages.messages(request)
        desk = office.desk
        closed = bool(desk.problems())
        titles = titles_for(member, office)
        chosen = programme if programme in titles else ""
        errors = {}
        if len(question) > QUESTION_LENGTH:
            errors["question"] = m("staff.explain.long", most=QUESTION_LENGTH)
        view = None
        if question and not errors and not closed:
            outcome = desk.ask(Asked(question, chosen or None), clock().date())
            view = explain_view(outcome, desk.documents, m.language)
        return pages.response(
            request, "explain.html", 422 if errors else 200, here="questions", view=view,
            question=question, chosen=chosen, errors=errors, closed=closed, titles=titles,
            programmes=[(id, title.partition(" : ")[0]) for id, title in titles.items()],
        )  # fmt: skip

    @router.get(_PAGE)
    def explain(
        request: Request, member: Reader, question: str = "", programme: str = ""
    ) -> Response:
        """The form; a link from a group brings the question along."""
        return page(request, member, clean(question).strip(), programme)

    @router.post(_PAGE)
    def explained(request: Request, member: Reader, fields: Form) -> Response:
        """What is typed travels in the body, not in an address."""
        return page(request, member, fields("question"), fields("programme"))

    return router
