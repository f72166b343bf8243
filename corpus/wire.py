"""Readings as bytes, to pass them from one process to another."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from corpus.element import Close, Element, Fact, Heading, Items, Page, Paragraph, Table
from corpus.reading import Metadata, Reading, UnreadableDocument

# JSON and not pickle: what a child process says must not be able to run anything.


def request_of(data: bytes, suffix: str, selector: str | None) -> bytes:
    """What to read: a line with the suffix and the selector, then the file."""
    return json.dumps([suffix, selector]).encode("ascii") + b"\n" + data


def request_from(message: bytes) -> tuple[bytes, str, str | None]:
    """The file, its suffix and the selector of a request."""
    line, _, data = message.partition(b"\n")
    suffix, selector = json.loads(line)
    return data, suffix, selector


def encode_reading(reading: Reading) -> bytes:
    """A reading as bytes."""
    return _json(
        {
            "metadata": asdict(reading.metadata),
            "elements": [_encoded(element) for element in reading.elements],
            "notes": reading.notes,
            "shown": reading.shown,
        }
    )


def encode_refusal(refusal: UnreadableDocument) -> bytes:
    """A refusal as bytes."""
    return _json({"reason": refusal.reason, "remedy": refusal.remedy})


def decode(message: bytes) -> Reading:
    """The reading that a message is; raises the `UnreadableDocument` when it is a refusal."""
    content = json.loads(message)
    if "reason" in content:
        raise UnreadableDocument(content["reason"], content["remedy"])
    return Reading(
        Metadata(**content["metadata"]),
        tuple(_decoded(*parts) for parts in content["elements"]),
        tuple(content["notes"]),
        content["shown"],
    )


def _json(content: dict[str, Any]) -> bytes:
    # Lone surrogates, should a file hold any, are no UTF-8: escapes carry them.
    return json.dumps(content, separators=(",", ":")).encode("ascii")


def _encoded(element: Element) -> list[Any]:
    match element:
        case Heading(level, text, anchor):
            return ["heading", level, text, anchor]
        case Paragraph(text):
            return ["paragraph", text]
        case Items(items):
            return ["items", items]
        case Fact(label, value):
            return ["fact", label, value]
        case Table(header, rows):
            return ["table", header, rows]
        case Page(number):
            return ["page", number]
        case Close(level):
            return ["close", level]


def _decoded(kind: str, *parts: Any) -> Element:
    match kind:
        case "heading":
            return Heading(*parts)
        case "paragraph":
            return Paragraph(*parts)
        case "items":
            return Items(tuple(parts[0]))
        case "fact":
            return Fact(*parts)
        case "table":
            return Table(tuple(parts[0]), tuple(map(tuple, parts[1])))
        case "page":
            return Page(*parts)
        case "close":
            return Close(*parts)
    raise ValueError(f"There is no element called {kind!r}.")
