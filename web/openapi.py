"""OpenAPI: the description of the API, with the programmes that are indexed just now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

from fastapi import FastAPI
from pydantic.json_schema import models_json_schema

from web.problem import ProblemBody
from web.staff_access import is_staff

_REFERENCE = "#/components/schemas/{model}"


def openapi_of(app: FastAPI, programmes: Iterable[str]) -> dict[str, Any]:
    """The OpenAPI 3.1 description of the app's documented routes."""
    described = deepcopy(app.openapi())
    _, problem = models_json_schema([(ProblemBody, "serialization")], ref_template=_REFERENCE)
    schemas = described.setdefault("components", {}).setdefault("schemas", {})
    schemas.update(problem["$defs"])
    _drop_defaults(described)
    _offer_keys(described)
    known = [*programmes]
    for place in _programme_places(described):
        # An unknown programme is refused: the description says which are known.
        place.setdefault("enum", [*known, None] if _may_be_null(place) else known)
    return described


def _offer_keys(described: dict[str, Any]) -> None:
    """Staff show a token; where questions are limited, a back end may show its key."""
    described["components"]["securitySchemes"] = {
        "key": {
            "type": "http",
            "scheme": "bearer",
            "description": "The key of a site's back end, which has a limit of its own.",
        },
        "staff": {
            "type": "http",
            "scheme": "bearer",
            "description": "A token of a staff account, with its rights.",
        },
    }
    for address, path in described["paths"].items():
        for operation in path.values():
            if is_staff(address):
                operation["security"] = [{"staff": []}]
            elif "429" in operation["responses"]:
                operation["security"] = [{}, {"key": []}]


def _drop_defaults(described: dict[str, Any]) -> None:
    """Without the framework's own 422, which no route of ours answers."""
    for name in ("HTTPValidationError", "ValidationError"):
        described["components"]["schemas"].pop(name, None)
    for path in described["paths"].values():
        for operation in path.values():
            content = operation["responses"].get("422", {}).get("content", {})
            if "application/json" in content:
                del operation["responses"]["422"]


def _programme_places(described: dict[str, Any]) -> Iterator[dict[str, Any]]:
    schemas = described["components"]["schemas"]
    for name in ("AskBody", "SearchBody"):
        yield schemas[name]["properties"]["programme"]
    for path in described["paths"].values():
        for operation in path.values():
            for parameter in operation.get("parameters", ()):
                if parameter["name"] == "programme":
                    yield parameter["schema"]


def _may_be_null(schema: dict[str, Any]) -> bool:
    return any(each.get("type") == "null" for each in schema.get("anyOf", ()))
