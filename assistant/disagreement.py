"""Disagreements: where a programme's pages contradict each other, or an answer of staff."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assistant.contradiction import Contradiction, Contradictions
from assistant.staff_answer import PREFIX, StaffAnswer
from corpus.document import Document


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two sentences that state different amounts of the same.

    `document` is what says the first, a page or an answer of staff; `start` and `end` are where
    it stands there, both 0 for an answer.
    """

    document: str
    start: int
    end: int
    contradiction: Contradiction

    @property
    def answer(self) -> str:
        """The id of the answer of staff that says the first; empty where a page does."""
        return self.document.removeprefix(PREFIX) if self.document.startswith(PREFIX) else ""


def disagreements(
    programme: str,
    contradictions: Contradictions,
    documents: Mapping[str, Document],
    answers: Iterable[StaffAnswer],
) -> tuple[Disagreement, ...]:
    """Those of one programme: what staff say otherwise first, then what pages do."""
    own = [each for each in answers if each.content.programme == programme]
    return (
        *(
            Disagreement(f"{PREFIX}{answer.id}", 0, 0, found)
            for answer in own
            for found in contradictions.of(answer.content)
        ),
        *_between(contradictions.between_pages(programme), programme, documents),
    )


def _between(
    found: Iterable[Contradiction], programme: str, documents: Mapping[str, Document]
) -> Iterator[Disagreement]:
    pages = [each for each in documents.values() if each.programme == programme]
    for each in found:
        for page in pages:
            place = page.text.find(each.said)
            if page.id != each.document and place >= 0:
                yield Disagreement(page.id, place, place + len(each.said), each)
                break
