"""Small documents with the evidence that their passages give, made by hand."""

from __future__ import annotations

from assistant.aspect import load_aspects
from assistant.evidence import Evidence, best_sentence
from assistant.lexicon import load_lexicon
from assistant.query import Query
from assistant.subject import passage_subject
from corpus.document import Document, DocumentKind, compose
from corpus.element import Element
from corpus.passage import Passage
from index.hit import Hit


def document_of(
    *elements: Element, id: str = "stage", kind: DocumentKind = "documentation"
) -> Document:
    text, sections = compose(elements)
    return Document(id, "parcours-cmc", "Stage", text, sections, kind=kind)


def passages_of(document: Document) -> tuple[Passage, ...]:
    """Each block a passage."""
    return tuple(
        Passage(
            f"{document.id}-{block.start}",
            document.id,
            document.programme,
            section.headings,
            document.text[block.start : block.end],
            block.start,
            block.end,
            "staff" if document.kind == "staff" else block.kind,
        )
        for section in document.sections
        for block in section.blocks
    )


def evidence_of(query: Query, passage: Passage) -> Evidence:
    subject = passage_subject(passage, load_lexicon(), tuple(load_aspects().values()))
    hit = Hit(passage, 1, 1.0, 0.5, 0.5, 3.0)
    return Evidence(hit, subject, {}, (), (), best_sentence(query, subject))
