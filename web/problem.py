"""Problems: what went wrong and what to do about it, as RFC 9457 describes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import quote

from pydantic import BaseModel, Field
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Scope

from web.messages import Catalogue, Messages
from web.preference import preferred_language, wants_page

Name = Literal[
    "question_empty", "question_long", "programme_unknown", "history_long", "malformed", "invalid",
    "no_page", "no_document", "no_answer", "method", "body_large", "media_type", "too_many",
    "key_unknown", "fault", "busy", "not_ready", "journal_out", "other",
    # Of staff
    "sign_in_needed", "signed_out", "token_unknown", "no_account", "needs_reader", "needs_editor",
    "needs_administrator", "needs_programme", "cross_site", "insecure", "no_member", "staff_out",
    "no_group", "no_question", "unlike_groups",
    "no_staff_answer", "answer_held", "answer_changed", "if_match_needed", "questions_unknown",
]  # fmt: skip

STATUSES: Mapping[Name, int] = {
    "key_unknown": 401,
    "question_empty": 422,
    "question_long": 422,
    "programme_unknown": 422,
    "history_long": 422,
    "malformed": 422,
    "invalid": 422,
    "no_page": 404,
    "no_document": 404,
    "no_answer": 404,
    "method": 405,
    "body_large": 413,
    "media_type": 415,
    "too_many": 429,
    "fault": 500,
    "busy": 503,
    "not_ready": 503,
    "journal_out": 503,
    "other": 400,
    "sign_in_needed": 401,
    "signed_out": 401,
    "token_unknown": 401,
    "no_account": 403,
    "needs_reader": 403,
    "needs_editor": 403,
    "needs_administrator": 403,
    "needs_programme": 403,
    "cross_site": 403,
    "insecure": 403,
    "no_member": 404,
    "staff_out": 503,
    "no_group": 404,
    "no_question": 404,
    "unlike_groups": 409,
    "no_staff_answer": 404,
    "answer_held": 409,
    "answer_changed": 412,
    "if_match_needed": 428,
    "questions_unknown": 422,
}

MEDIA_TYPE = "application/problem+json"
_DOCS = "/api/v1/docs"


class FieldError(BaseModel):
    """One field that has to be corrected."""

    pointer: str = Field(description="JSON pointer of the field, or the parameter's name.")
    detail: str = Field(description="What to give instead.")


class ProblemBody(BaseModel):
    """An error, by RFC 9457; the words follow `Accept-Language` (French or English)."""

    type: str = Field(description="Address of the problem's description.")
    title: str
    status: int
    detail: str = Field(description="What happened and what to do.")
    instance: str = Field(description="The path that was asked.")
    errors: list[FieldError] | None = Field(None, description="The fields to correct (422).")
    reasons: list[str] | None = Field(None, description="Why the service is not ready (503).")
    changes: list[dict[str, Any]] | None = Field(
        None, description="What publishing would change or contradict (409)."
    )


class Problem(Exception):  # noqa: N818 - RFC 9457's word
    """An outcome other than success: `name` chooses the sentences, `values` fill them in."""

    def __init__(
        self,
        name: Name,
        *,
        headers: Mapping[str, str] | None = None,
        fields: tuple[tuple[str, str, Mapping[str, object]], ...] = (),
        reasons: tuple[str, ...] = (),
        changes: Sequence[dict[str, Any]] = (),
        status: int | None = None,
        **values: object,
    ) -> None:
        """`fields` holds a pointer, a key of the messages and the values that fill it in."""
        super().__init__(name)
        self.name = name
        self.status = status or STATUSES[name]
        self.headers = dict(headers or {})
        self.fields = fields
        self.reasons = reasons
        self.changes = changes
        self.values = values

    @classmethod
    def of(cls, error: HTTPException, method: str) -> Problem:
        """The problem that an exception of the framework stands for."""
        headers = error.headers or {}
        match error.status_code:
            case 404:
                return cls("no_page")
            case 405:
                # HEAD is answered wherever GET is.
                allowed = headers.get("Allow", "GET").replace("GET", "GET, HEAD")
                headers = {**headers, "Allow": allowed}
                return cls("method", headers=headers, method=method[:20], allowed=allowed)
            case 400:
                return cls("malformed")
        return cls("other", headers=headers, status=error.status_code)

    def body(self, messages: Messages, path: str) -> ProblemBody:
        """The problem in words."""
        errors = [
            FieldError(pointer=pointer, detail=messages(key, **values))
            for pointer, key, values in self.fields
        ]
        named = " ; ".join(f"{error.pointer} : {error.detail}" for error in errors)
        return ProblemBody(
            type=f"{_DOCS}#problem-{self.name.replace('_', '-')}",
            title=messages(f"problem.{self.name}.title"),
            status=self.status,
            detail=messages(f"problem.{self.name}.detail", errors=named, **self.values),
            instance=quote(path, errors="replace"),
            errors=errors or None,
            reasons=list(self.reasons) or None,
            changes=list(self.changes) or None,
        )


Page = Callable[[Scope, ProblemBody, Messages], Response]


@dataclass(frozen=True, slots=True)
class Problems:
    """Answers with a problem: JSON for programs, a page for people who read one."""

    catalogue: Catalogue
    page: Page

    def response(self, scope: Scope, problem: Problem) -> Response:
        """The response to a request that met the problem."""
        messages = self.catalogue[preferred_language(Headers(scope=scope))]
        body = problem.body(messages, scope["path"])
        if wants_page(scope):
            response = self.page(scope, body, messages)
        else:
            content: dict[str, Any] = body.model_dump(exclude_none=True)
            encoded = json.dumps(content, ensure_ascii=False).encode("utf-8", errors="replace")
            response = Response(encoded, problem.status, media_type=MEDIA_TYPE)
        response.headers.update(problem.headers)
        response.headers["Content-Language"] = messages.language
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.add_vary_header("Accept-Language")
        return response
