"""CORS: which other sites' scripts may read the public API."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_PREFIX = "/api/v1/"
_STAFF = "/api/v1/staff"
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Content-Type",
    "Access-Control-Max-Age": "600",
}


class Cors:
    """Lets the scripts of exactly the `origins` read the API, without credentials.

    Another origin gets the same response without the permission; browsers do the rest.
    """

    def __init__(self, app: ASGIApp, origins: tuple[str, ...]) -> None:
        self.app = app
        self._origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on and sign its response, or answer a preflight."""
        if scope["type"] != "http" or not _is_public_api(scope["path"]):
            return await self.app(scope, receive, send)
        headers = Headers(scope=scope)
        origin = headers.get("origin", "")
        allowed = origin in self._origins

        async def signed(message: Message) -> None:
            if message["type"] == "http.response.start":
                reply = MutableHeaders(scope=message)
                reply.add_vary_header("Origin")
                if allowed:
                    reply["Access-Control-Allow-Origin"] = origin
                    reply["Access-Control-Expose-Headers"] = (
                        "Retry-After, RateLimit, RateLimit-Policy"
                    )
            await send(message)

        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers and origin:
            preflight = Response(status_code=204, headers=_PREFLIGHT if allowed else None)
            return await preflight(scope, receive, signed)
        await self.app(scope, receive, signed)


def _is_public_api(path: str) -> bool:
    return path.startswith(_PREFIX) and path != _STAFF and not path.startswith(_STAFF + "/")
