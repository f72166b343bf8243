"""Explanations: how the assistant understood a question, what it weighed and what decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.answer import Answer, Citation, Clarify, Partial, Reply, Smalltalk
from assistant.composition import Part
from assistant.decision import Found, Near, Silent
from assistant.evidence import Evidence
from assistant.exchange import Outcome
from assistant.link import view_url
from assistant.refusal import reasons_in_words
from corpus.document import Document

_CONSIDERED = 6
"""Passages that are shown."""
_SHOWN = 400
"""Characters of such a passage."""


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage that was considered; `covers` and `lacks` are words of the question."""

    title: str
    path: str
    text: str
    address: str
    chosen: bool
    covers: tuple[str, ...]
    lacks: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class PartView:
    """One question of what was typed: what it was read as and what came of it.

    `verdict` names a message under `staff.verdict`; `words` are the question's weighty ones, each
    with whether the best passage says it; `aspects` have a label and a score in percents.
    """

    text: str
    verdict: str
    aspects: tuple[tuple[str, int], ...]
    words: tuple[tuple[str, bool], ...]
    expects: str
    sure: int | None
    passages: tuple[PassageView, ...]
    pointer: tuple[PassageView, ...]


@dataclass(frozen=True, slots=True)
class ExplainView:
    """An outcome to explain; `status` names a message under `staff.status`."""

    status: str
    said: tuple[str, ...]
    citations: tuple[Citation, ...]
    programme: str | None
    read_as: str
    rule: str
    reasons: tuple[str, ...]
    parts: tuple[PartView, ...]


def explain_view(outcome: Outcome, documents: Mapping[str, Document], language: str) -> ExplainView:
    """The view of an outcome; `language` is that of the reader, "fr" or "en"."""
    explanation, reply = outcome.explanation, outcome.reply
    return ExplainView(
        status=_status(reply),
        said=tuple(segment.text for segment in reply.segments),
        citations=reply.citations if isinstance(reply, Answer | Partial) else (),
        programme=outcome.programme,
        read_as=explanation.corrected,
        rule=explanation.rule,
        reasons=reasons_in_words(outcome, language),
        parts=tuple(_part(part, documents, language) for part in explanation.parts),
    )


def _status(reply: Reply) -> str:
    match reply:
        case Answer():
            return "answered"
        case Partial():
            return "partial"
        case Clarify():
            return "clarify"
        case Smalltalk():
            return "smalltalk"
    return "unanswered"


def _part(part: Part, documents: Mapping[str, Document], language: str) -> PartView:
    query, search = part.query, part.decision.search
    ranked = [evidence for _, evidence in search.ranked[:_CONSIDERED]] if search else []
    best = {key.text for key in ranked[0].covered} if ranked else set()
    chosen = () if isinstance(part.decision, Silent) else part.decision.chosen
    pointed = part.pointer.chosen if part.pointer else ()
    return PartView(
        text=query.text,
        verdict=_verdict(part),
        aspects=tuple(
            (found.aspect.label[language], round(100 * found.score)) for found in query.aspects
        ),
        words=tuple((key.text, key.text in best) for key in query.keys),
        expects=query.expects or "any",
        sure=round(100 * search.probability) if search else None,
        passages=_passages(ranked, chosen, documents),
        pointer=_passages(pointed, pointed, documents),
    )


def _verdict(part: Part) -> str:
    if part.staff is not None:
        return "staff"
    match part.decision:
        case Found():
            return "found" if part.found else "silent"
        case Near():
            return "near"
    return "silent"


def _passages(
    ranked: list[Evidence] | tuple[Evidence, ...],
    chosen: tuple[Evidence, ...],
    documents: Mapping[str, Document],
) -> tuple[PassageView, ...]:
    shown = []
    for evidence in ranked:
        passage = evidence.hit.passage
        document = documents.get(passage.document)
        if document is not None:
            text = passage.text if len(passage.text) <= _SHOWN else passage.text[:_SHOWN] + "…"
            shown.append(
                PassageView(
                    document.title,
                    " › ".join(each for each in passage.headings if each != document.title),
                    text,
                    view_url(document, passage.start, passage.end),
                    any(evidence is each for each in chosen),
                    tuple(key.text for key in evidence.covered),
                    tuple(key.text for key in evidence.missing),
                    document.language,
                )
            )
    return tuple(shown)
