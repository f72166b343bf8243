from __future__ import annotations

from typing import Any

from assistant.answer import Answer, Segment
from assistant.journal import snapshot
from assistant.quote import citation
from assistant.rot import Rotten, rotten
from corpus.document import Document
from corpus.element import Element, Fact, Heading, Paragraph
from tests.samples import document_of, passages_of

STAGE = (
    Heading(1, "Stage"),
    Heading(2, "Durée du stage"),
    Paragraph("Le stage dure 420 heures."),
    Heading(2, "Lieux"),
    Fact("Lieu", "Rennes"),
)


def recorded(document: Document, words: str) -> tuple[str, dict[str, Any]]:
    passage = next(each for each in passages_of(document) if words in each.text)
    cited = citation(document, passage, (passage.start, passage.end))
    return "q1", snapshot(Answer((Segment(cited.quote, 0),), (cited,)))


def fates(answer: tuple[str, dict[str, Any]], *elements: Element) -> list[str]:
    now = document_of(*elements)
    return [each.fate for each in rotten([answer], {now.id: now})]


ANSWER = recorded(document_of(*STAGE), "420")


def test_an_answer_whose_quote_still_stands_is_sound() -> None:
    assert fates(ANSWER, *STAGE) == []


def test_a_passage_that_only_moved_is_no_rot() -> None:
    assert fates(ANSWER, Heading(1, "Stage"), Paragraph("Nouveau."), *STAGE[1:]) == []


def test_a_quote_whose_words_changed_is_told() -> None:
    changed = (*STAGE[:2], Paragraph("Le stage dure 560 heures."), *STAGE[3:])

    assert fates(ANSWER, *changed) == ["changed"]


def test_the_same_words_under_another_heading_are_another_passage() -> None:
    moved = (Heading(1, "Stage"), Heading(2, "Licence"), *STAGE[2:])

    assert fates(ANSWER, *moved) == ["changed"]


def test_a_document_that_left_is_told_with_the_quote() -> None:
    assert rotten([ANSWER], {}) == (
        Rotten("q1", 0, "stage", ("Stage", "Durée du stage"), "Le stage dure 420 heures.", "left"),
    )


def test_answers_without_citations_cannot_rot() -> None:
    assert rotten([("q2", {"segments": []})], {}) == ()


def test_each_citation_is_looked_at_in_the_order_of_the_answers() -> None:
    place = recorded(document_of(*STAGE), "Rennes")
    now = document_of(*STAGE[:3])

    found = rotten([("q0", place[1]), ANSWER, ("q3", place[1])], {now.id: now})

    assert [(each.answer, each.fate) for each in found] == [("q0", "changed"), ("q3", "changed")]
