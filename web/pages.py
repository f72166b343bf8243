"""Pages: templates rendered in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates
from starlette.types import Scope

from assistant.settings import Settings
from web.assets import Assets
from web.messages import Catalogue, Language, Messages
from web.preference import language_of, preferred_language
from web.problem import ProblemBody


class Pages:
    """Renders templates; each sees `m` (the messages), `asset`, `at` (an address of ours in the
    reader's language), `elsewhere` (this page in the other language) and `privacy_url`.
    """

    def __init__(self, catalogue: Catalogue, assets: Assets, settings: Settings) -> None:
        environment = Environment(
            loader=PackageLoader("web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals["asset"] = assets
        environment.globals["privacy_url"] = settings.privacy_url
        environment.filters["day"] = day
        environment.filters["words"] = words
        self._templates = Jinja2Templates(env=environment)
        self._catalogue = catalogue

    def add_filter(self, name: str, filter: Callable[..., str]) -> None:
        """Let templates use one more filter."""
        self._templates.env.filters[name] = filter

    def messages(self, request: Request, chosen: str | None = None) -> Messages:
        """The messages in the language that a form or the address chose, else the browser."""
        language = language_of(chosen or request.query_params.get("language"))
        return self._catalogue[language or preferred_language(request.headers)]

    def response(
        self, request: Request, template: str, m: Messages, /, status: int = 200, **context: Any
    ) -> Response:
        """The page of the template."""
        preferred = preferred_language(request.headers)

        def at(address: str) -> str:
            return address if m.language == preferred else _with_language(address, m.language)

        response = self._templates.TemplateResponse(
            request,
            template,
            {"m": m, "at": at, "preferred": preferred, "elsewhere": _elsewhere(request, m)}
            | context,
            status_code=status,
        )
        response.headers["Content-Language"] = m.language
        response.headers.add_vary_header("Accept-Language")
        if request.method == "POST":
            response.headers["Cache-Control"] = "no-store"
        return response

    def problem(self, scope: Scope, body: ProblemBody, m: Messages) -> Response:
        """The page of a problem."""
        request = Request(scope)
        m = self.messages(request)
        return self.response(request, "problem.html", m, status=body.status, problem=body)


def day(iso: str, m: Messages) -> str:
    """A date as people write it: 1er septembre 2026, 1 September 2026."""
    try:
        when = date.fromisoformat(iso)
    except ValueError:
        return iso
    month = m("page.months").split()[when.month - 1]
    first = "er" if when.day == 1 and m.language == "fr" else ""
    return f"{when.day}{first} {month} {when.year}"


def words(text: str) -> list[tuple[str, list[str]]]:
    """Text as paragraphs (`p`) and lists (`ul`) to show: canonical text marks items with `- `."""
    groups: list[tuple[str, list[str]]] = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        kind, shown = ("ul", line[2:]) if line.startswith("- ") else ("p", line)
        if kind == "ul" and groups and groups[-1][0] == "ul":
            groups[-1][1].append(shown)
        else:
            groups.append((kind, [shown]))
    return groups


def _with_language(address: str, language: Language) -> str:
    if not address.startswith("/"):
        return address
    path, sign, fragment = address.partition("#")
    joint = "&" if "?" in path else "?"
    return f"{path}{joint}language={language}{sign}{fragment}"


def _elsewhere(request: Request, m: Messages) -> str:
    other = "en" if m.language == "fr" else "fr"
    if request.method == "POST":
        return f"/?language={other}"
    kept = [(key, value) for key, value in request.query_params.multi_items() if key != "language"]
    return f"{request.url.path}?{urlencode([*kept, ('language', other)])}"
