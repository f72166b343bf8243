"""Overload: past what the desk can take at once, callers are told to come back."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from web.problem import Problem, Problems
from web.rate_limit import LIMITED

AT_ONCE = 128  # questions under way; some 3 s of work for one process
_SECONDS = 2


class Overload:
    """Answers 503 to a question that would have to wait behind `at_once` others."""

    def __init__(self, app: ASGIApp, problems: Problems, at_once: int = AT_ONCE) -> None:
        self.app = app
        self._problems = problems
        self._at_once = at_once
        self._under_way = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on, or answer 503."""
        if scope["type"] != "http" or scope["path"] not in LIMITED:
            return await self.app(scope, receive, send)
        if self._under_way >= self._at_once:
            headers = {"Retry-After": str(_SECONDS)}
            problem = Problem("busy", headers=headers, seconds=_SECONDS)
            return await self._problems.response(scope, problem)(scope, receive, send)
        self._under_way += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._under_way -= 1
