"""The widget: one script for any site, at an address that moves and at one that never does."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from starlette.datastructures import Headers

from web.assets import Assets
from web.problem import Problem

MOVING = "/widget.js"
_MOVING_CACHE = "public, max-age=300, stale-while-revalidate=3600"
_FOREVER = "public, max-age=31536000, immutable"
_TYPE = "text/javascript; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Script:
    """A version of the script; `integrity` is what `<script integrity>` takes."""

    content: bytes
    packed: bytes
    version: str
    integrity: str

    @classmethod
    def of(cls, content: bytes) -> Script:
        """The version that a content is."""
        digest = hashlib.sha384(content).digest()
        packed = gzip.compress(content, 9, mtime=0)
        integrity = f"sha384-{base64.b64encode(digest).decode()}"
        return cls(content, packed, digest.hex()[:16], integrity)

    @property
    def address(self) -> str:
        """Where exactly this version stays."""
        return f"/widget.{self.version}.js"


@dataclass(frozen=True, slots=True)
class Widget:
    """The script of today, and every version that is still served.

    Pages that pinned a version keep it: `static/widget.VERSION.js` holds a released one.
    """

    current: Script
    versions: Mapping[str, Script]


def read_widget(assets: Assets) -> Widget:
    """The widget as it is packaged."""
    current = Script.of(assets.files["widget.js"])
    released = (
        Script.of(content) for name, content in assets.files.items() if name.startswith("widget.")
    )
    return Widget(current, {script.version: script for script in released})


def widget_routes(widget: Widget) -> APIRouter:
    """The routes that serve it to any site."""
    router = APIRouter()

    @router.get(MOVING)
    def moving(request: Request) -> Response:
        """The script of today, kept for a few minutes."""
        return _response(widget.current, _MOVING_CACHE, request.headers)

    @router.get("/widget.{version}.js")
    def pinned(version: str, request: Request) -> Response:
        """One version, kept for ever."""
        script = widget.versions.get(version)
        if script is None:
            raise Problem("no_page")
        return _response(script, _FOREVER, request.headers)

    return router


def _response(script: Script, caching: str, asked: Headers) -> Response:
    packed = _takes_gzip(asked)
    tag = f'"{script.version}{"-gzip" if packed else ""}"'
    headers = {
        "Cache-Control": caching,
        "ETag": tag,
        "Vary": "Accept-Encoding",
        # A page that checks `integrity` asks with CORS; the script is the same for everybody.
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    if script.version in asked.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if packed:
        headers["Content-Encoding"] = "gzip"
    return Response(script.packed if packed else script.content, headers=headers, media_type=_TYPE)


def _takes_gzip(headers: Headers) -> bool:
    for part in headers.get("accept-encoding", "").split(","):
        name, _, weight = part.replace(" ", "").lower().partition(";q=")
        if name == "gzip":
            return weight.rstrip("0.") != "" or not weight
    return False
