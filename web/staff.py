"""The pages of staff and their API, put together; each route declares its rule."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from assistant.staff import Staff
from web.account_pages import account_routes
from web.audit_pages import audit_routes
from web.interface import Clock, Office
from web.member_pages import member_routes
from web.sign_in import sign_in_routes
from web.staff_access import Reader
from web.staff_pages import StaffPages, after


def staff_routes(staff: Staff, office: Office, pages: StaffPages, clock: Clock) -> APIRouter:
    """Every page under `/staff`."""
    router = APIRouter()

    @router.get("/staff")
    def door(member: Reader) -> Response:
        """The address as people type it."""
        return after("/staff/")

    @router.get("/staff/")
    def questions(request: Request, member: Reader) -> Response:
        """Where staff arrive."""
        return after("/staff/account")

    router.include_router(sign_in_routes(staff, pages, clock))
    router.include_router(account_routes(staff, pages, clock))
    router.include_router(member_routes(staff, office, pages, clock))
    router.include_router(audit_routes(staff, pages))
    return router
