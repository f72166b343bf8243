"""Welcome API: what the widget shows when it is opened."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, Field

from web.catalogue_api import LanguageQuery, Programme
from web.enquiry import Enquiries, check_programme
from web.question_api import responses
from web.reply import ContactBody


class WelcomeBody(BaseModel):
    """What a conversation begins with."""

    notice: str = Field(description="Says that a machine answers; show it before the first input.")
    privacy_url: str | None = Field(description="Page with the privacy notice.")
    contact: ContactBody = Field(description="Whom to ask when the assistant cannot be reached.")
    suggestions: list[str] = Field(description="Questions to start from, each one answered.")


def welcome_routes(enquiries: Enquiries) -> APIRouter:
    """The route that the widget asks once."""
    router = APIRouter(tags=["catalogue"])

    @router.get(
        "/widget",
        response_description="The beginning.",
        responses=responses(422),
        summary="Begin a conversation",
    )
    def widget(programme: Programme = None, language: LanguageQuery = None) -> WelcomeBody:
        """The notice, whom to contact, and questions to start from."""
        desk = enquiries.desk
        check_programme(programme, desk)
        m = enquiries.catalogue["en" if language == "en" else "fr"]
        return WelcomeBody(
            notice=m("assistant.notice"),
            privacy_url=enquiries.settings.privacy_url,
            contact=enquiries.contact(m),
            suggestions=list(desk.suggestions(programme, m.language)),
        )

    return router
