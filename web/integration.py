"""Integration: how a site puts the widget on its pages, and asks from its own back end."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from web.enquiry import Enquiries
from web.pages import Pages
from web.widget import Widget

LANGUAGES_SHOWN = ("curl", "php", "javascript", "python")


def integration_routes(enquiries: Enquiries, pages: Pages, widget: Widget) -> APIRouter:
    """The page for a site's developers."""
    router = APIRouter()

    @router.get("/integrate")
    def integrate(request: Request, programme: str | None = None) -> Response:
        """Options to try, the snippet to copy, and what else the widget offers."""
        programmes = enquiries.desk.programmes
        return pages.response(
            request,
            "integrate.html",
            pages.messages(request),
            programmes=programmes,
            programme=programme if programme in programmes else next(iter(programmes), ""),
            server=str(request.base_url).rstrip("/"),
            pinned=widget.current,
            examples=LANGUAGES_SHOWN,
        )

    return router
