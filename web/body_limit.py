"""Body limit: a request's body is whole and small before anything looks at it."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.problem import Problem, Problems

KIB = 1024
LIMIT = 64 * KIB
STAFF_LIMIT = 1024 * KIB
_STAFF_PREFIXES = ("/api/v1/staff", "/staff")


class BodyLimit:
    """Refuses a body over the limit: unread when its length is declared, else while it comes in."""

    def __init__(self, app: ASGIApp, problems: Problems) -> None:
        self.app = app
        self._problems = problems

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on with its whole body, or answer 413."""
        if scope["type"] != "http" or not _has_body(headers := Headers(scope=scope)):
            return await self.app(scope, receive, send)
        limit = _limit(scope["path"])
        declared = headers.get("content-length", "0")
        if not declared.isdecimal() or len(declared) > 18 or int(declared) > limit:
            return await self._refuse(limit, scope, receive, send)
        parts: list[bytes] = []
        size = 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            if size > limit:
                return await self._refuse(limit, scope, receive, send)
            if not message.get("more_body", False):
                break
        await self.app(scope, _replay(b"".join(parts), receive), send)

    async def _refuse(self, limit: int, scope: Scope, receive: Receive, send: Send) -> None:
        # What was not read cannot be told from a next request: the connection ends here.
        problem = Problem("body_large", headers={"Connection": "close"}, most=limit // KIB)
        await self._problems.response(scope, problem)(scope, receive, send)


def _limit(path: str) -> int:
    staff = any(path == prefix or path.startswith(prefix + "/") for prefix in _STAFF_PREFIXES)
    return STAFF_LIMIT if staff else LIMIT


def _has_body(headers: Headers) -> bool:
    return "transfer-encoding" in headers or headers.get("content-length", "0") != "0"


def _replay(body: bytes, receive: Receive) -> Receive:
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
