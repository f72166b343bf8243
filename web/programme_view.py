"""Programme views: what the home page says of a programme, from its own documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.document import Document
from web.document_view import view_of

_FACTS = 8  # key facts shown
_FACT_LENGTH = 120  # characters of a value that is shown as one
_LEAD_LENGTH = 80  # characters from which a paragraph introduces


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """A programme to show: its title in two parts, a first paragraph, key facts, documents."""

    id: str
    title: str
    subtitle: str
    lead: str
    facts: tuple[tuple[str, str], ...]
    documents: tuple[Document, ...]


def programme_view(id: str, title: str, documents: Mapping[str, Document]) -> ProgrammeView:
    """The programme's view; a document titled like the programme presents it."""
    own = [each for each in documents.values() if each.programme == id]
    fronts = sorted(own, key=lambda each: each.title != title)
    name, _, subtitle = title.partition(" : ")
    return ProgrammeView(
        id=id,
        title=name,
        subtitle=subtitle[:1].upper() + subtitle[1:],
        lead=next(filter(None, map(_lead, fronts)), ""),
        facts=next(filter(None, map(_facts, fronts)), ()),
        documents=(*own, *(each for each in documents.values() if each.programme == "*")),
    )


def _lead(document: Document) -> str:
    for section in document.sections:
        for block in section.blocks:
            text = document.text[block.start : block.end]
            if block.kind == "prose" and len(text) >= _LEAD_LENGTH and not text.endswith(":"):
                return text
    return ""


def _facts(document: Document) -> tuple[tuple[str, str], ...]:
    for part in view_of(document).parts:
        if part.kind == "facts" and len(part.rows) > 2:
            pairs = [tuple("".join(run.text for run in line) for line in row) for row in part.rows]
            return tuple((label, value) for label, value in pairs if len(value) <= _FACT_LENGTH)[
                :_FACTS
            ]
    return ()
