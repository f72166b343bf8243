"""Passages: what the index holds and an answer quotes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PassageKind = Literal["prose", "list", "fact", "row", "staff"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A run `[start, end)` of a document's canonical text that makes sense when read alone.

    `text` is exactly `document.text[start:end]`; `document` is the document's id.
    """

    id: str
    document: str
    programme: str
    headings: tuple[str, ...]
    text: str
    start: int
    end: int
    kind: PassageKind
    page: int | None = None
    anchor: str | None = None
