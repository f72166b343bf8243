"""Rot: recorded answers whose quotes no longer stand in the documentation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from corpus.document import Document

Fate = Literal["changed", "left"]


@dataclass(frozen=True, slots=True)
class Rotten:
    """A citation of a recorded answer that is no longer true.

    `answer` is the id the answer was recorded under, `number` that of the citation in it;
    `changed`: the document is there without the passage; `left`: the document has left.
    """

    answer: str
    number: int
    document: str
    headings: tuple[str, ...]
    quote: str
    fate: Fate


def rotten(
    answers: Iterable[tuple[str, Mapping[str, Any]]], documents: Mapping[str, Document]
) -> tuple[Rotten, ...]:
    """The citations that have rotted, in the order of the answers.

    `answers` has each id with its snapshot (`assistant.journal.snapshot`), `documents` those of
    the current index by id. A passage that has only moved, under the same nearest heading, is no
    rot.
    """
    return tuple(
        Rotten(
            answer,
            cited["number"],
            cited["document"],
            tuple(cited["headings"]),
            cited["quote"],
            fate,
        )
        for answer, snapshot in answers
        for cited in snapshot.get("citations", ())
        if (fate := _fate(cited, documents.get(cited["document"]))) is not None
    )


def _fate(cited: Mapping[str, Any], document: Document | None) -> Fate | None:
    if document is None:
        return "left"
    quote = cited["quote"]
    nearest = tuple(cited["headings"][-1:])
    # Where it stood first of all: most documents have not changed.
    places = (cited["start"], *_places(document.text, quote))
    stands = any(
        document.text.startswith(quote, place) and _heading(document, place) == nearest
        for place in places
    )
    return None if stands else "changed"


def _places(text: str, quote: str) -> Iterator[int]:
    place = text.find(quote)
    while place >= 0:
        yield place
        place = text.find(quote, place + 1)


def _heading(document: Document, place: int) -> tuple[str, ...]:
    """The heading right above a place, of the section that it lies in."""
    for section in document.sections:
        if section.blocks[0].start <= place < section.blocks[-1].end:
            return section.headings[-1:]
    return ()
