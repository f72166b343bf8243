"""Health: whether the process lives, and whether it can answer."""

from __future__ import annotations

from fastapi import APIRouter

from web.enquiry import not_ready
from web.interface import Office


def health_routes(office: Office) -> APIRouter:
    """`/livez` and `/readyz`."""
    router = APIRouter()

    # On the event loop, so that it answers while every thread has a question.
    @router.get("/livez")
    async def livez() -> dict[str, str]:
        """Alive."""
        return {"status": "alive"}

    @router.get("/readyz")
    def readyz() -> dict[str, str | list[str]]:
        """Ready, with notes for whoever keeps it, or 503 with the reasons."""
        desk = office.desk
        if reasons := desk.problems():
            raise not_ready(reasons)
        notes = office.notes()
        ready: dict[str, str | list[str]] = {"status": "ready", "index": desk.index}
        return ready | ({"notes": list(notes)} if notes else {})

    return router
