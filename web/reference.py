"""The API's reference: its OpenAPI description, and the same as a page to read and try."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import JSONResponse

from web.interface import Office
from web.openapi import openapi_of
from web.pages import Pages
from web.problem import STATUSES


@dataclass(frozen=True, slots=True)
class Field:
    """A field or parameter: its path in the JSON, type, description, whether it is required."""

    name: str
    kind: str
    meaning: str
    required: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """A route as the page shows it; `example` is a body to try, as JSON text."""

    name: str
    method: str
    path: str
    summary: str
    meaning: str
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    example: str
    reply: tuple[Field, ...]
    statuses: tuple[tuple[str, str], ...]


def reference_routes(app: FastAPI, office: Office, pages: Pages) -> APIRouter:
    """`/api/v1/openapi.json` and `/api/v1/docs`."""
    router = APIRouter(prefix="/api/v1")

    @router.get("/openapi.json")
    def openapi() -> Response:
        """The description for programs."""
        return JSONResponse(openapi_of(app, office.desk.programmes))

    @router.get("/docs")
    def docs(request: Request) -> Response:
        """The description for people."""
        described = openapi_of(app, office.desk.programmes)
        m = pages.messages(request)
        return pages.response(
            request,
            "docs.html",
            m,
            operations=tuple(operations_of(described)),
            problems=tuple(STATUSES.items()),
        )

    return router


def operations_of(described: Mapping[str, Any]) -> Iterator[Operation]:
    """The operations of an OpenAPI description, in its order."""
    schemas = described["components"]["schemas"]
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            body = _schema_of(operation.get("requestBody", {}), schemas)
            success = next(iter(operation["responses"].values()))
            yield Operation(
                name=operation["operationId"],
                method=method.upper(),
                path=path,
                summary=operation["summary"],
                meaning=operation.get("description", ""),
                parameters=tuple(
                    Field(
                        each["name"],
                        _kind(each["schema"]),
                        each.get("description", ""),
                        each.get("required", False),
                    )
                    for each in operation.get("parameters", ())
                ),
                body=tuple(_fields(body, schemas)),
                example=_example(body) if body else "",
                reply=tuple(_fields(_schema_of(success, schemas), schemas)),
                statuses=tuple(
                    (status, each["description"]) for status, each in operation["responses"].items()
                ),
            )


def _schema_of(holder: Mapping[str, Any], schemas: Mapping[str, Any]) -> Mapping[str, Any]:
    content = holder.get("content", {}).get("application/json", {})
    return _resolved(content.get("schema", {}), schemas)


def _resolved(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Mapping[str, Any]:
    reference = schema.get("$ref")
    found: Mapping[str, Any] = schemas[reference.rpartition("/")[2]] if reference else schema
    return found


def _fields(
    schema: Mapping[str, Any], schemas: Mapping[str, Any], prefix: str = ""
) -> Iterator[Field]:
    for name, each in schema.get("properties", {}).items():
        required = name in schema.get("required", ())
        yield Field(f"{prefix}{name}", _kind(each), each.get("description", ""), required)
        yield from _fields(_resolved(each.get("items", {}), schemas), schemas, f"{prefix}{name}[].")
        for choice in each.get("anyOf", ()):
            yield from _fields(_resolved(choice, schemas), schemas, f"{prefix}{name}.")


def _kind(schema: Mapping[str, Any]) -> str:
    if "anyOf" in schema:
        return " | ".join(_kind(each) for each in schema["anyOf"])
    if "enum" in schema and "type" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "$ref" in schema:
        return "object"
    if schema.get("type") == "array":
        return f"[{_kind(schema.get('items', {}))}]"
    return str(schema.get("type", "any"))


def _example(schema: Mapping[str, Any]) -> str:
    values = {}
    for name, each in schema.get("properties", {}).items():
        if "examples" in each:
            values[name] = each["examples"][0]
        elif name in schema.get("required", ()):
            values[name] = True if each.get("type") == "boolean" else ""
    return json.dumps(values, ensure_ascii=False, indent=2)
