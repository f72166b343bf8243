"""The closed desk: stands where a desk would while nothing can be answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from assistant.answer import Reply
from assistant.exchange import Asked, Outcome
from assistant.query import Query
from assistant.survey import Survey
from corpus.document import Document
from corpus.passage import Passage
from index.generation import IndexUnavailable
from index.hit import Hit


def _nothing(question: str, programme: str, language: str) -> Reply:
    raise IndexUnavailable


class ClosedDesk:
    """Has the reasons, and no documents; asking raises `IndexUnavailable` with them."""

    index = ""
    programmes: Mapping[str, str] = {}
    documents: Mapping[str, Document] = {}
    passages: Sequence[Passage] = ()
    survey = Survey(_nothing, {})

    def __init__(self, reasons: tuple[str, ...]) -> None:
        self._reasons = reasons

    def problems(self) -> tuple[str, ...]:
        """Why it is closed; never empty."""
        return self._reasons

    def document(self, id: str) -> Document | None:
        """None."""
        return None

    def ask(self, asked: Asked, today: date) -> Outcome:
        """Raise `IndexUnavailable`: an outage is never an unanswered question."""
        raise IndexUnavailable(" ".join(self._reasons))

    def queries(self, asked: Asked) -> tuple[Query, ...]:
        """Raise `IndexUnavailable`."""
        raise IndexUnavailable(" ".join(self._reasons))

    def search(self, question: str, programme: str | None, k: int) -> tuple[Hit, ...]:
        """Raise `IndexUnavailable`."""
        raise IndexUnavailable(" ".join(self._reasons))

    def suggestions(self, programme: str | None, language: str) -> tuple[str, ...]:
        """None."""
        return ()
