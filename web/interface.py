"""Interfaces: what the web asks of the desk and of the journal, whoever they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from assistant.exchange import Asked, Outcome
from assistant.journal import Record
from assistant.survey import Survey
from corpus.document import Document
from corpus.passage import Passage
from index.hit import Hit

Clock = Callable[[], datetime]


class Desk(Protocol):
    """Decides; always from one generation of the index."""

    def ask(self, asked: Asked, today: date) -> Outcome:
        """Decide on a reply."""

    def search(self, question: str, programme: str | None, k: int) -> tuple[Hit, ...]:
        """The k best passages."""

    def suggestions(self, programme: str | None, language: str) -> tuple[str, ...]:
        """Questions to start from, every one of which is answered."""

    @property
    def programmes(self) -> Mapping[str, str]:
        """Titles by id."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """The documentation by id."""

    def document(self, id: str) -> Document | None:
        """What a citation may name: one of the documentation, or an answer of staff."""

    @property
    def index(self) -> str:
        """The generation's name."""

    @property
    def passages(self) -> Sequence[Passage]:
        """What the documentation was cut into."""

    @property
    def survey(self) -> Survey:
        """What each programme's documentation covers; none while it is not ready."""

    def problems(self) -> tuple[str, ...]:
        """Why it is not ready; empty when it is."""


class Office(Protocol):
    """Has the desk of the latest generation; a request takes it once, and keeps it to its end."""

    @property
    def desk(self) -> Desk:
        """The desk to answer from just now."""

    def notes(self) -> tuple[str, ...]:
        """What its keeper should know although it answers."""


class Keys(Protocol):
    """Knows the keys of back ends; raises `KeyRingUnavailable`."""

    def holder(self, secret: str) -> str | None:
        """The name behind a secret; None when it opens nothing."""


class Journal(Protocol):
    """Keeps what was asked; every method raises `JournalUnavailable`."""

    def record(self, record: Record) -> None:
        """Keep a question with what was shown."""

    def feedback(self, id: str, helpful: bool, comment: str | None, at: datetime) -> bool:
        """Keep an opinion; False when the question is not kept."""
