"""Findings: what the assistant finds for a question that waits, with links to where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.link import passage_url
from corpus.document import Document
from corpus.passage import Passage
from web.interface import Desk

SHOWN = 5
"""Passages that are shown beside a question."""
_DRAWN = 20
"""Passages among which those are looked for: staff's own answers are left out."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A passage to show; `path` is its headings under the title, `address` our own view of it.

    `place` names it in a form.
    """

    title: str
    path: str
    text: str
    address: str
    place: str
    language: str


def nearest(desk: Desk, question: str, programme: str | None) -> tuple[Finding, ...]:
    """The passages nearest to a question, best first; none where nothing can be looked up."""
    if not question.strip() or desk.problems():
        return ()
    known = programme if programme in desk.programmes else None
    hits = desk.search(question, known, _DRAWN)
    return found_in([hit.passage for hit in hits], desk.documents)[:SHOWN]


def found_in(passages: Iterable[Passage], documents: Mapping[str, Document]) -> tuple[Finding, ...]:
    """Passages of the documentation, each text once."""
    shown: dict[str, Finding] = {}
    for passage in passages:
        document = documents.get(passage.document)
        if document is None or passage.kind == "staff":
            continue
        path = " › ".join(each for each in passage.headings if each != document.title)
        address = passage_url(document, passage.start, passage.end)
        place = f"{document.id}:{passage.start}:{passage.end}"
        words = (document.title, path, passage.text, address, place)
        shown.setdefault(passage.text, Finding(*words, document.language))
    return tuple(shown.values())


def text_at(place: str, documents: Mapping[str, Document]) -> str:
    """The text at a place that a form names; empty where there is none."""
    id, _, rest = place.rpartition(":")
    id, _, start = id.rpartition(":")
    document = documents.get(id)
    if document is None or not (start.isdecimal() and rest.isdecimal()):
        return ""
    return document.text[int(start) : int(rest)]
