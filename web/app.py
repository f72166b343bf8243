"""The application: routes, the layers around them, and what ends in a problem."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from assistant.casework import Casework
from assistant.password import PasswordsBusy
from assistant.publishing import Publishing
from assistant.settings import Settings
from assistant.staff import Staff
from assistant.store import StaffUnavailable
from web.assets import asset_routes, read_assets
from web.body_limit import BodyLimit
from web.catalogue_api import catalogue_routes
from web.client import ClientAddress
from web.cors import Cors
from web.enquiry import Enquiries
from web.head import Head
from web.health import health_routes
from web.integration import integration_routes
from web.interface import Clock, Journal, Keys, Office
from web.messages import Messages, read_catalogue
from web.overload import Overload
from web.page_routes import page_routes
from web.pages import Pages
from web.problem import Problem, ProblemBody, Problems
from web.question_api import question_routes
from web.rate_limit import RateLimit
from web.reference import reference_routes
from web.security import Faults, SecurityHeaders
from web.staff import staff_routes
from web.staff_access import Access, is_staff, staff_out
from web.staff_answers_api import staff_answer_routes
from web.staff_gate import StaffGate
from web.staff_pages import StaffPages
from web.staff_questions_api import staff_question_routes
from web.validation import problem_of
from web.welcome_api import welcome_routes
from web.widget import read_widget, widget_routes

_DESCRIPTION = (
    "Answers candidates' questions about a university programme by quoting its documentation: "
    "every quote is exactly `text[start:end]` of its document. Nothing is generated."
)


def local_time() -> datetime:
    """Now, in the server's time zone: candidates' days begin at its midnight."""
    return datetime.now(UTC).astimezone()


def create_app(
    office: Office,
    journal: Journal,
    settings: Settings,
    clock: Clock = local_time,
    keys: Keys | None = None,
    staff: Staff | None = None,
    publishing: Publishing | None = None,
    casework: Casework | None = None,
) -> FastAPI:
    """The service over an office and a journal; without `staff` nobody can sign in.

    Without `publishing` nothing is published, without `casework` nothing waits for staff.

    Nothing is read before this, nothing kept after.
    """
    catalogue = read_catalogue()
    assets = read_assets()
    widget = read_widget(assets)
    pages = Pages(catalogue, assets, settings)
    staff_pages = StaffPages(pages)

    def problem_page(scope: Scope, body: ProblemBody, m: Messages) -> Response:
        shown = staff_pages if staff and is_staff(scope["path"]) else pages
        return shown.problem(scope, body, m)

    problems = Problems(catalogue, page=problem_page)
    enquiries = Enquiries(office, journal, settings, catalogue, clock)
    app = FastAPI(
        title="Programme assistant",
        version="1.0",
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
    )
    api = APIRouter(prefix="/api/v1")
    api.include_router(question_routes(enquiries))
    api.include_router(catalogue_routes(enquiries))
    api.include_router(welcome_routes(enquiries))
    app.include_router(api)
    for routes in (
        reference_routes(app, office, pages),
        health_routes(office),
        asset_routes(assets),
        widget_routes(widget),
        page_routes(enquiries, pages),
        integration_routes(enquiries, pages, widget),
    ):
        app.include_router(routes, include_in_schema=False)
    if staff:
        routes = staff_routes(staff, office, staff_pages, clock, settings, publishing, casework)
        app.include_router(routes, include_in_schema=False)
        if publishing:
            answers = staff_answer_routes(publishing, office, clock)
            app.include_router(answers, include_in_schema=False)
        if casework:
            waiting = staff_question_routes(casework, office, clock)
            app.include_router(waiting, include_in_schema=False)
        # Inside all the layers that `_wrap` adds: who asks is known by their address, too.
        access = Access(staff, settings.staff_header, clock)
        app.add_middleware(StaffGate, problems=problems, access=access)
    _handle_exceptions(app, problems)
    _wrap(app, problems, settings, keys)
    return app


def _wrap(app: FastAPI, problems: Problems, settings: Settings, keys: Keys | None) -> None:
    # The last one added is the outermost.
    app.add_middleware(Head)
    app.add_middleware(
        RateLimit,
        problems=problems,
        per_minute=settings.questions_per_minute,
        key_per_minute=settings.key_questions_per_minute,
        keys=keys,
        proxied=bool(settings.proxies),
    )
    app.add_middleware(Overload, problems=problems)
    app.add_middleware(BodyLimit, problems=problems)
    app.add_middleware(Cors, origins=settings.origins)
    app.add_middleware(ClientAddress, proxies=settings.proxies)
    app.add_middleware(Faults, problems=problems)
    app.add_middleware(SecurityHeaders)


def _handle_exceptions(app: FastAPI, problems: Problems) -> None:
    @app.exception_handler(Problem)
    async def problem(request: Request, error: Problem) -> Response:
        return problems.response(request.scope, error)

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        return problems.response(request.scope, Problem.of(error, request.method))

    @app.exception_handler(StaffUnavailable)
    async def out(request: Request, error: StaffUnavailable) -> Response:
        return problems.response(request.scope, staff_out())

    @app.exception_handler(PasswordsBusy)
    async def busy(request: Request, error: PasswordsBusy) -> Response:
        problem = Problem("busy", headers={"Retry-After": "2"}, seconds=2)
        return problems.response(request.scope, problem)

    @app.exception_handler(RequestValidationError)
    async def validation(request: Request, error: RequestValidationError) -> Response:
        return problems.response(request.scope, problem_of(error))
