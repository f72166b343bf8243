"""Security: the headers of every response, and the end of every fault."""

from __future__ import annotations

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.problem import Problem, Problems

_log = structlog.get_logger("web")

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not no-referrer: with it browsers send `Origin: null`, which staff forms must refuse.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Other sites load the widget and its assets; COEP on their side asks us to say so.
_EMBEDDED = ("/widget.js", "/static/")


def _encoded(policy: str) -> tuple[tuple[bytes, bytes], ...]:
    every = {**HEADERS, "Cross-Origin-Resource-Policy": policy, "Cache-Control": "no-cache"}
    return tuple((name.lower().encode(), value.encode()) for name, value in every.items())


_HERE, _EVERYWHERE = _encoded("same-origin"), _encoded("cross-origin")


class SecurityHeaders:
    """Adds the headers that a response does not set itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on and complete its response."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        wanted = _EVERYWHERE if str(scope["path"]).startswith(_EMBEDDED) else _HERE

        async def completed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", ()))
                given = {bytes(name).lower() for name, _ in headers}
                missing = [pair for pair in wanted if pair[0] not in given]
                message = {**message, "headers": headers + missing}
            await send(message)

        await self.app(scope, receive, completed)


class Faults:
    """Ends an unexpected exception as a 500 problem, logged without the request's words."""

    def __init__(self, app: ASGIApp, problems: Problems) -> None:
        self.app = app
        self._problems = problems

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on; answer in its stead when it fails."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            _log.error("fault", method=scope["method"], **_trace(error))
            if not started:
                response = self._problems.response(scope, Problem("fault"))
                await response(scope, receive, send)


def _trace(error: Exception) -> dict[str, object]:
    # An exception's message may quote what was typed; its class and its places never do.
    places = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return {"error": type(error).__name__, "places": places[-8:]}
