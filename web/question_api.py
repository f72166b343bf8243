"""Question API: `/ask`, `/search` and `/feedback`."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from assistant.exchange import Asked
from assistant.journal import JournalUnavailable
from assistant.link import passage_url
from web.enquiry import Enquiries, check_programme
from web.json_route import JsonRoute
from web.problem import MEDIA_TYPE, Problem
from web.reply import ReplyBody
from web.validation import Comment, History, HitCount, LanguageTag, QuestionText, clean

_RETRY_S = 5  # seconds after which a journal that was out may be back
_FORM = ConfigDict(strict=True)


class AskBody(BaseModel):
    """A question, and what it is about."""

    model_config = _FORM

    question: QuestionText
    programme: str | None = Field(None, description="Null: any, or the one that was named.")
    language: LanguageTag = None
    history: History = Field(default_factory=list)


class SearchBody(BaseModel):
    """A question to search passages with."""

    model_config = _FORM

    question: QuestionText
    programme: str | None = Field(None, description="Null: any.")
    k: HitCount = 10


class HitBody(BaseModel):
    """A passage that was found."""

    rank: int
    document: str
    programme: str
    title: str
    headings: list[str]
    text: str
    start: int
    end: int
    url: str


class HitsBody(BaseModel):
    """Passages, best first."""

    hits: list[HitBody]


class FeedbackBody(BaseModel):
    """What a candidate thought of an answer."""

    model_config = _FORM

    id: Annotated[str, StringConstraints(min_length=1, max_length=100)] = Field(
        description="The answer's."
    )
    helpful: bool
    comment: Comment = None


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that a route documents."""
    schema = {"$ref": "#/components/schemas/ProblemBody"}
    return {
        status: {
            "description": _DESCRIPTIONS[status],
            "content": {MEDIA_TYPE: {"schema": schema}},
        }
        for status in statuses
    }


_DESCRIPTIONS = {
    401: "The key is not known.",
    404: "There is no such thing.",
    413: "The body is too large.",
    415: "The body is not declared as JSON.",
    422: "The request has to be corrected.",
    429: "Too many questions: wait for `Retry-After` seconds.",
    503: "Not just now: wait for `Retry-After` seconds.",
}
_POSTED = (401, 413, 415, 422, 429, 503)


def question_routes(enquiries: Enquiries) -> APIRouter:
    """The routes that take a question or an opinion about its answer."""
    router = APIRouter(route_class=JsonRoute, tags=["questions"])

    @router.post(
        "/ask",
        response_model=ReplyBody,
        response_description="The reply.",
        responses=responses(*_POSTED),
        summary="Ask a question",
    )
    def ask(body: Annotated[AskBody, Body()]) -> Response:
        """Answer from the documentation, word for word, or say that it does not say."""
        asked = Asked(body.question, body.programme, body.language, tuple(body.history))
        # Written here, in the thread that answered: the framework would check it once more.
        reply = enquiries.answer(asked, "api").model_dump_json()
        return Response(reply, headers={"Cache-Control": "no-store"}, media_type="application/json")

    @router.post(
        "/search",
        response_description="The hits.",
        responses=responses(*_POSTED),
        summary="Search passages",
    )
    def search(body: Annotated[SearchBody, Body()], response: Response) -> HitsBody:
        """The passages nearest to a question, best first, without deciding on an answer."""
        response.headers["Cache-Control"] = "no-store"
        desk = enquiries.desk
        check_programme(body.programme, desk)
        documents = desk.documents
        hits = []
        for hit in desk.search(body.question, body.programme, body.k):
            passage = hit.passage
            document = documents[passage.document]
            hits.append(
                HitBody(
                    rank=hit.rank,
                    document=document.id,
                    programme=passage.programme,
                    title=document.title,
                    headings=list(passage.headings),
                    text=passage.text,
                    start=passage.start,
                    end=passage.end,
                    url=passage_url(document, passage.start, passage.end),
                )
            )
        return HitsBody(hits=hits)

    @router.post(
        "/feedback",
        status_code=204,
        response_description="Kept.",
        responses=responses(404, *_POSTED),
        summary="Say whether an answer helped",
    )
    def feedback(body: Annotated[FeedbackBody, Body()]) -> None:
        """Keep the opinion, in place of an earlier one on the same answer."""
        try:
            kept = enquiries.journal.feedback(
                clean(body.id), body.helpful, body.comment, enquiries.clock()
            )
        except JournalUnavailable:
            headers = {"Retry-After": str(_RETRY_S)}
            raise Problem("journal_out", headers=headers, seconds=_RETRY_S) from None
        if not kept:
            raise Problem("no_answer")

    return router
