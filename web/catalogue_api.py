"""Catalogue API: what can be asked about: programmes, their documents, questions to start from."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from corpus.document import Document
from web.enquiry import Enquiries, check_programme
from web.problem import Problem
from web.question_api import responses
from web.validation import LanguageTag


class ProgrammeBody(BaseModel):
    """A programme."""

    id: str
    title: str
    documents: int = Field(description="How many documents are its own.")


class ProgrammesBody(BaseModel):
    """The programmes that are indexed."""

    programmes: list[ProgrammeBody]


class DocumentBody(BaseModel):
    """A document."""

    id: str
    programme: str = Field(description="`*` concerns every programme.")
    title: str
    url: str | None = Field(description="The source page.")
    language: str
    updated: str | None
    sha256: str = Field(description="Of the canonical text in UTF-8.")


class DocumentsBody(BaseModel):
    """The documents that are indexed."""

    documents: list[DocumentBody]


class TextBody(DocumentBody):
    """A document with its text."""

    text: str = Field(description="The canonical text; offsets count its code points.")


class SuggestionsBody(BaseModel):
    """Questions to start from."""

    suggestions: list[str]


Programme = Annotated[str | None, Query(description="Its id; absent: all.")]
LanguageQuery = Annotated[LanguageTag, Query(description="fr or en.")]


def catalogue_routes(enquiries: Enquiries) -> APIRouter:
    """The routes that only read."""
    router = APIRouter(tags=["catalogue"])

    @router.get(
        "/programmes", response_description="The programmes.", summary="List the programmes"
    )
    def programmes() -> ProgrammesBody:
        """Every programme that has documents."""
        desk = enquiries.desk
        own = [document.programme for document in desk.documents.values()]
        return ProgrammesBody(
            programmes=[
                ProgrammeBody(id=id, title=title, documents=own.count(id))
                for id, title in desk.programmes.items()
            ]
        )

    @router.get(
        "/documents",
        response_description="The documents.",
        responses=responses(422),
        summary="List the documents",
    )
    def documents(programme: Programme = None) -> DocumentsBody:
        """The documents of one programme, with those that concern every programme, or all."""
        desk = enquiries.desk
        check_programme(programme, desk)
        return DocumentsBody(
            documents=[
                DocumentBody(**_described(document))
                for document in desk.documents.values()
                if programme is None or document.programme in (programme, "*")
            ]
        )

    @router.get(
        "/documents/{id:path}",
        response_description="The document.",
        responses=responses(404),
        summary="Read a document",
    )
    def document(id: str) -> TextBody:
        """A document with the text that offsets point into; ids may contain `/`."""
        found = enquiries.desk.document(id)
        if found is None:
            raise Problem("no_document", document=id[:200])
        return TextBody(**_described(found), text=found.text)

    @router.get(
        "/suggestions",
        response_description="The questions.",
        responses=responses(422),
        summary="Suggest questions",
    )
    def suggestions(programme: Programme = None, language: LanguageQuery = None) -> SuggestionsBody:
        """Questions to start from, every one of which is answered."""
        desk = enquiries.desk
        check_programme(programme, desk)
        return SuggestionsBody(suggestions=list(desk.suggestions(programme, language or "fr")))

    return router


def _described(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "programme": document.programme,
        "title": document.title,
        "url": document.url,
        "language": document.language,
        "updated": document.updated,
        "sha256": document.sha256,
    }
