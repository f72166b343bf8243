"""Composition: the decisions on each part of a question, put together as one reply."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import Abstention, Answer, Citation, Partial, Reason, Reply, Segment
from assistant.dates import is_past
from assistant.decision import Decision, Found, Weighed
from assistant.phrases import phrase
from assistant.query import Query
from assistant.quote import citation, quoted_run
from corpus.document import Document

MOST = 4
"""Citations of a reply, at most."""


@dataclass(frozen=True, slots=True)
class Part:
    """One question of the message: its decision, what helps instead, and why it is refused."""

    query: Query
    decision: Decision
    pointer: Found | None
    silence: Reason

    @property
    def found(self) -> bool:
        """Whether the documentation answers it."""
        return isinstance(self.decision, Found)

    @property
    def helps(self) -> bool:
        """Whether there is anything to quote."""
        return self.found or self.pointer is not None


def compose(
    parts: Sequence[Part], documents: Mapping[str, Document], language: str, today: date
) -> Reply:
    """The reply to a message; with several parts, each is answered or refused on its own."""
    answered = [part for part in parts if part.found]
    helping = answered or [part for part in parts if part.pointer is not None]
    if not helping:
        reason = parts[0].silence
        return Abstention(reason, (Segment(phrase(reason, language), None),))
    each = max(1, MOST // len(helping))
    citations = _citations(helping, documents, each)
    segments = tuple(_segments(citations, language, today))
    if len(answered) == len(parts):
        return Answer(segments, citations)
    refused = next(part for part in parts if not part.found)
    opening = "one_part" if answered else "helps"
    if refused.silence == "individual_case":
        opening = "individual_helps"
    reason = "individual_case" if refused.silence == "individual_case" else "not_documented"
    return Partial(reason, (Segment(phrase(opening, language), None), *segments), citations)


def _citations(
    parts: Iterable[Part], documents: Mapping[str, Document], each: int
) -> tuple[Citation, ...]:
    found: dict[tuple[str, int, int], Citation] = {}
    for part in parts:
        source = part.decision if isinstance(part.decision, Found) else part.pointer
        assert source is not None
        for weighed in source.chosen[:each]:
            made = _cited(part.query, weighed, documents)
            found.setdefault((made.document, made.start, made.end), made)
    staff_first = sorted(found.values(), key=lambda citation: citation.kind != "staff")
    return tuple(
        replace(citation, number=number) for number, citation in enumerate(staff_first[:MOST], start=1)
    )


def _cited(query: Query, weighed: Weighed, documents: Mapping[str, Document]) -> Citation:
    passage = weighed.evidence.hit.passage
    run = quoted_run(query, weighed.evidence, weighed.subject)
    return citation(0, documents[passage.document], passage, run)


def _segments(citations: Sequence[Citation], language: str, today: date) -> Iterable[Segment]:
    for cited in citations:
        if cited.kind == "staff":
            yield Segment(phrase("staff", language), None)
        if is_past(cited.quote, today):
            yield Segment(phrase("past", language), None)
        yield Segment(cited.quote, cited.number)
