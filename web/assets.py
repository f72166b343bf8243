"""Assets: our style sheets and scripts, under addresses that change with their content."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from fastapi import APIRouter, Response

from web.problem import Problem

_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
_FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Assets:
    """The packaged files of `web/static`; `assets("page.css")` is an address.

    One digest for all of them, so that a script can import its neighbour by a relative address.
    """

    files: Mapping[str, bytes]
    digest: str

    def __call__(self, name: str) -> str:
        """The address of the file, to be cached for ever; KeyError when there is none."""
        if name not in self.files:
            raise KeyError(name)
        return f"/static/{self.digest}/{name}"


def read_assets() -> Assets:
    """Read the packaged files."""
    folder = (files("web") / "static").iterdir()
    found = {file.name: file.read_bytes() for file in folder if _suffix(file.name) in _TYPES}
    digest = hashlib.sha256()
    for name, content in sorted(found.items()):
        digest.update(f"{name} {len(content)}\n".encode() + content)
    return Assets(found, digest.hexdigest()[:16])


def asset_routes(assets: Assets) -> APIRouter:
    """The route that serves them."""
    router = APIRouter()

    # A page of a newer replica may ask an older one: the name decides, the digest only caches.
    @router.get("/static/{digest}/{name}")
    def asset(digest: str, name: str) -> Response:
        """A file, cached for ever when the digest is its own."""
        found = assets.files.get(name)
        if found is None:
            raise Problem("no_page")
        caching = _FOREVER if digest == assets.digest else "no-cache"
        return Response(found, headers={"Cache-Control": caching}, media_type=_TYPES[_suffix(name)])

    return router


def _suffix(name: str) -> str:
    return name.rpartition(".")[2]
