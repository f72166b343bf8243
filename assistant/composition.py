"""Composition: the decisions on each part of a question, put together as one reply."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from assistant.answer import Abstention, Answer, Citation, Partial, Reason, Reply, Segment
from assistant.dates import is_past
from assistant.decision import Decision, Found, Near
from assistant.evidence import Evidence
from assistant.phrases import phrase
from assistant.query import Query
from assistant.quote import citation, quoted_run
from corpus.document import Document
from corpus.passage import Passage

MOST = 4
"""Citations of a reply, at most."""


@dataclass(frozen=True, slots=True)
class Part:
    """One question of the message: its decision, what helps instead, and why it is refused.

    `staff` is the answer of staff that is given before all.
    """

    query: Query
    decision: Decision
    pointer: Found | None
    silence: Reason
    staff: Passage | None = None

    @property
    def shown(self) -> tuple[Evidence, ...]:
        """What is quoted: the answer, else what is near with what it points to."""
        if isinstance(self.decision, Found):
            return self.decision.chosen
        near = self.decision.chosen if isinstance(self.decision, Near) else ()
        pointed = self.pointer.chosen if self.pointer else ()
        return (*near[:1], *pointed[:1], *near[1:], *pointed[1:])

    @property
    def found(self) -> bool:
        """Whether staff or the documentation answer it."""
        return self.staff is not None or isinstance(self.decision, Found)

    @property
    def helps(self) -> bool:
        """Whether there is anything to quote."""
        return self.staff is not None or bool(self.shown)


class Library(Protocol):
    """Where quotes come from."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """The documents by id."""
        ...

    def section(self, passage: Passage) -> Sequence[Passage]:
        """The passages that stand together with one under the same headings, in order."""
        ...


def compose(parts: Sequence[Part], library: Library, language: str, today: date) -> Reply:
    """The reply to a message; with several parts, each is answered or refused on its own."""
    answered = [part for part in parts if part.found]
    helping = answered or [part for part in parts if part.helps]
    if not helping:
        reason = parts[0].silence
        return Abstention(reason, (Segment(phrase(reason, language), None),))
    each = max(1, MOST // len(helping))
    citations = _citations(helping, library, each)
    segments = tuple(_segments(citations, language, today))
    if len(answered) == len(parts):
        return Answer(segments, citations)
    refused = next(part for part in parts if not part.found)
    opening = "one_part" if answered else "helps"
    if refused.silence == "individual_case":
        opening = "individual_helps"
    reason = "individual_case" if refused.silence == "individual_case" else "not_documented"
    return Partial(reason, (Segment(phrase(opening, language), None), *segments), citations)


def _citations(parts: Iterable[Part], library: Library, each: int) -> tuple[Citation, ...]:
    found: dict[tuple[str, int, int], Citation] = {}
    for part in parts:
        for made in _quoted(part, library, each):
            found.setdefault((made.document, made.start, made.end), made)
    staff_first = sorted(found.values(), key=lambda citation: citation.kind != "staff")
    return tuple(
        replace(citation, number=number)
        for number, citation in enumerate(staff_first[:MOST], start=1)
    )


def _quoted(part: Part, library: Library, each: int) -> Iterable[Citation]:
    if part.staff is not None:
        run = (part.staff.start, part.staff.end)
        yield citation(library.documents[part.staff.document], part.staff, run)
    else:
        for evidence in part.shown[:each]:
            yield _cited(part.query, evidence, library)


def _cited(query: Query, evidence: Evidence, library: Library) -> Citation:
    passage = evidence.hit.passage
    run = quoted_run(query, evidence, library.section(passage))
    return citation(library.documents[passage.document], passage, run)


def _segments(citations: Sequence[Citation], language: str, today: date) -> Iterable[Segment]:
    for cited in citations:
        if cited.kind == "staff":
            yield Segment(phrase("staff", language), None)
        if is_past(cited.quote, today):
            yield Segment(phrase("past", language), None)
        yield Segment(cited.quote, cited.number)
