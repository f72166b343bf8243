"""Page routes: a programme's page, the question form without scripts, a document."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from assistant.exchange import Asked
from web.document_view import view_of
from web.enquiry import Enquiries
from web.form import QuestionForm, question_form
from web.messages import Messages
from web.pages import Pages
from web.problem import Problem
from web.programme_view import programme_view
from web.reply import ReplyBody
from web.validation import HISTORY_LENGTH, QUESTION_LENGTH

_QUOTE = 3000  # characters of a passage that are looked for


def page_routes(enquiries: Enquiries, pages: Pages) -> APIRouter:
    """The pages that candidates see."""
    router = APIRouter()

    def ask_page(
        request: Request,
        m: Messages,
        form: QuestionForm,
        reply: ReplyBody | None = None,
        refusal: str | None = None,
        status: int = 200,
    ) -> Response:
        desk = enquiries.desk
        programmes = desk.programmes
        shown = form.programme if form.programme in programmes else next(iter(programmes), None)
        asked = (form.question.strip(),) if reply else ()
        # Several programmes: the page's own is meant until another one is chosen.
        chosen = form.programme if request.method == "POST" else shown
        return pages.response(
            request,
            "ask.html",
            m,
            status=status,
            programmes=programmes,
            chosen=chosen,
            programme=programme_view(shown, programmes[shown], desk.documents) if shown else None,
            starters=desk.suggestions(shown, m.language) if shown else (),
            question="" if reply else form.question,
            asked=asked[0] if asked else "",
            history=(*form.history, *asked)[-HISTORY_LENGTH:],
            reply=reply,
            refusal=refusal,
            most=QUESTION_LENGTH,
        )

    @router.get("/")
    def home(request: Request, programme: str | None = None) -> Response:
        """A programme's page as a site would have it, with the widget."""
        desk = enquiries.desk
        programmes = desk.programmes
        shown = programme if programme in programmes else next(iter(programmes), None)
        return pages.response(
            request,
            "home.html",
            pages.messages(request),
            programmes=programmes,
            programme=programme_view(shown, programmes[shown], desk.documents) if shown else None,
        )

    @router.api_route("/ask", methods=["GET", "POST"])
    def ask(request: Request, form: Annotated[QuestionForm, Depends(question_form)]) -> Response:
        """The question form as a page of its own; it needs no script."""
        m = pages.messages(request, form.language)
        if request.method == "GET" and "question" in request.query_params:
            # Questions travel in bodies, never in addresses.
            return RedirectResponse("/ask", status_code=303)
        if request.method == "GET":
            return ask_page(request, m, form)
        try:
            if refused := _refusal(form.question):
                raise refused
            asked = Asked(form.question.strip(), form.programme, m.language, form.history)
            reply = enquiries.answer(asked, "page")
        except Problem as problem:
            detail = problem.body(m, request.url.path).detail
            return ask_page(request, m, form, refusal=detail, status=problem.status)
        return ask_page(request, m, form, reply)

    @router.get("/documents/{id:path}")
    def document(request: Request, id: str, q: str = "", at: int = 0) -> Response:
        """A document to read, the words of `q` highlighted where they stand nearest to `at`."""
        desk = enquiries.desk
        found = desk.document(id)
        if found is None:
            raise Problem("no_document", document=id[:200])
        return pages.response(
            request,
            "document.html",
            pages.messages(request),
            document=found,
            view=view_of(found, q[:_QUOTE], at),
            programme_title=desk.programmes.get(found.programme),
        )

    return router


def _refusal(question: str) -> Problem | None:
    length = len(question.strip())
    if not length:
        return Problem("question_empty", most=QUESTION_LENGTH)
    if length > QUESTION_LENGTH:
        return Problem("question_long", most=QUESTION_LENGTH, length=length)
    return None
