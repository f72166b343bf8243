"""JSON routes: bodies are JSON in UTF-8, said so by their media type, and read strictly."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from email.message import Message
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic_core import from_json

from web.problem import Problem


class JsonRequest(Request):
    """A request whose JSON has no lone surrogates, no NaN and no bottomless nesting."""

    async def json(self) -> Any:
        """The body's value; raises ValueError, which becomes the problem `malformed`."""
        return from_json(await self.body(), allow_inf_nan=False)


class JsonRoute(APIRoute):
    """Refuses a body of another media type with 415 before it is read as JSON."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The route's handler behind the check."""
        handle = super().get_route_handler()
        takes_body = self.body_field is not None

        async def handler(request: Request) -> Response:
            if takes_body and not _is_json(request.headers.get("content-type", "")):
                headers = {"Accept-Post": "application/json"}
                raise Problem("media_type", headers=headers, expected="application/json")
            return await handle(JsonRequest(request.scope, request.receive))

        return handler


def _is_json(content_type: str) -> bool:
    message = Message()
    message["content-type"] = content_type
    kind = message.get_content_type()
    charset = str(message.get_param("charset", "utf-8")).lower().replace("-", "")
    return (
        (kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json")))
        and bool(content_type)
        and charset in ("utf8", "usascii")
    )
