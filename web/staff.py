"""The pages of staff and their API, put together; each route declares its rule."""

from __future__ import annotations

from fastapi import APIRouter, Response

from assistant.casework import Casework
from assistant.publishing import Publishing
from assistant.settings import Settings
from assistant.staff import Staff
from web.account_pages import account_routes
from web.answer_pages import Workplace, answer_routes
from web.audit_pages import audit_routes
from web.coverage_pages import coverage_routes
from web.dashboard_pages import dashboard_routes
from web.explain_pages import explain_routes
from web.group_pages import group_routes
from web.interface import Clock, Office
from web.member_pages import member_routes
from web.publish_pages import publish_routes
from web.queue_pages import queue_routes
from web.shelf_pages import shelf_routes
from web.sign_in import sign_in_routes
from web.staff_access import Reader
from web.staff_pages import StaffPages, after


def staff_routes(
    staff: Staff,
    office: Office,
    pages: StaffPages,
    clock: Clock,
    settings: Settings,
    publishing: Publishing | None = None,
    casework: Casework | None = None,
) -> APIRouter:
    """Every page under `/staff`; those of questions and answers where there is what they need."""
    router = APIRouter()

    @router.get("/staff")
    def door(member: Reader) -> Response:
        """The address as people type it."""
        return after("/staff/")

    if casework and publishing:
        work = Workplace(office, casework, publishing.store, pages, clock)
        router.include_router(queue_routes(staff, office, casework, pages, clock))
        router.include_router(group_routes(staff, office, casework, pages, clock))
        router.include_router(answer_routes(work))
        router.include_router(publish_routes(work, publishing))
    else:

        @router.get("/staff/")
        def questions(member: Reader) -> Response:
            """Where staff arrive."""
            return after("/staff/account")

    router.include_router(sign_in_routes(staff, pages, clock))
    router.include_router(account_routes(staff, pages, clock))
    router.include_router(member_routes(staff, office, pages, clock))
    router.include_router(audit_routes(staff, pages))
    router.include_router(dashboard_routes(staff, office, pages, clock))
    router.include_router(coverage_routes(staff, office, pages, clock))
    router.include_router(explain_routes(office, pages, clock))
    router.include_router(shelf_routes(staff, office, pages, clock, settings))
    return router
