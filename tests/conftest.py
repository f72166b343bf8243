from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.answer import (
    Abstention,
    Answer,
    Choice,
    Citation,
    Clarify,
    Partial,
    Reply,
    Segment,
    Smalltalk,
)
from assistant.aspect import load_aspects
from assistant.exchange import Asked, Explanation, Outcome
from assistant.journal import JournalUnavailable, Record
from assistant.link import passage_url
from assistant.settings import Settings
from assistant.survey import Survey
from corpus.document import Document
from corpus.library import programme_titles, read_corpus
from corpus.passage import Passage
from index.hit import Hit
from web.app import create_app

CORPUS = Path(__file__).parent.parent / "corpus" / "documents"
CHOSEN: dict[str, Any] = {"contact_email": "scolarite@univ.example"}
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)

_CONNECTING = {
    "partial": "La documentation ne le dit pas, mais voici ce qui s'en approche :",
    "unanswered": "La documentation de la formation ne le dit pas.",
    "clarify": "De quelle formation s'agit-il ?",
    "smalltalk": "Bonjour ! Posez-moi une question sur la formation.",
}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "settings: the settings that a test's application has")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # Last: from its first page on, the browser's driver keeps an event loop running in this thread.
    items.sort(key=lambda item: "browser" in getattr(item, "fixturenames", ()))


class FakeDesk:
    """A desk of real documents that knows a few words by heart."""

    index = "20261124-fake"

    def __init__(self, documents: tuple[Document, ...]) -> None:
        self.documents: Mapping[str, Document] = {each.id: each for each in documents}
        self.programmes: Mapping[str, str] = programme_titles(documents)
        self.reasons: tuple[str, ...] = ()
        self.fault: Exception | None = None
        self.asked: list[tuple[Asked, date]] = []
        self.passages: tuple[Passage, ...] = ()
        self.survey = Survey(lambda asked, *of: self._reply(asked.casefold()), load_aspects())

    @property
    def desk(self) -> FakeDesk:
        return self

    def notes(self) -> tuple[str, ...]:
        return ()

    def document(self, id: str) -> Document | None:
        return self.documents.get(id)

    def ask(self, asked: Asked, today: date) -> Outcome:
        self.asked.append((asked, today))
        if self.fault:
            raise self.fault
        programme = asked.programme or next(iter(self.programmes))
        suggestions = self.suggestions(programme, asked.language or "fr")
        reply = self._reply(asked.question.casefold())
        language = asked.language or "fr"
        explanation = Explanation("by heart")
        known = (programme, suggestions, self.index, explanation)
        return Outcome(reply, language, *known, asked_in="fr")

    def _reply(self, question: str) -> Reply:
        if "bonjour" in question:
            return Smalltalk((Segment(_CONNECTING["smalltalk"], None),))
        if "ambigu" in question:
            choices = tuple(Choice(id, title) for id, title in self.programmes.items())
            return Clarify((Segment(_CONNECTING["clarify"], None),), choices)
        if "salaire" in question:
            citations = (self.citation(1, "420 heures"),)
            segments = (Segment(_CONNECTING["partial"], None), Segment(citations[0].quote, 1))
            return Partial("not_documented", segments, citations)
        if "stage" in question or "how long" in question:
            citations = (self.citation(1, "420 heures"), self.citation(2, "120 crédits"))
            return Answer(tuple(Segment(c.quote, c.number) for c in citations), citations)
        return Abstention("not_documented", (Segment(_CONNECTING["unanswered"], None),))

    def citation(self, number: int, words: str) -> Citation:
        for document in self.documents.values():
            for section in document.sections:
                for block in section.blocks:
                    quote = document.text[block.start : block.end]
                    if words in quote:
                        url = passage_url(document, block.start, block.end)
                        return Citation(
                            number, document.programme, document.id, document.title,
                            section.headings, quote, block.start, block.end, url,
                            document.updated, "documentation", document.language,
                        )  # fmt: skip
        raise AssertionError(words)

    def search(self, question: str, programme: str | None, k: int) -> tuple[Hit, ...]:
        hits = []
        for document in self.documents.values():
            for section in document.sections:
                for block in section.blocks:
                    text = document.text[block.start : block.end]
                    place = (document.id, document.programme, section.headings, text)
                    passage = Passage(f"p{len(hits)}", *place, block.start, block.end, "prose")
                    hits.append(Hit(passage, len(hits) + 1, 1.0, 0.5, 0.5, 3.0))
        return tuple(hits[:k])

    def suggestions(self, programme: str | None, language: str) -> tuple[str, ...]:
        if language == "en":
            return ("How long is the internship?", "How long is the programme?")
        return ("Combien de temps dure le stage ?", "Le stage est-il obligatoire ?")

    def problems(self) -> tuple[str, ...]:
        return self.reasons


class FakeJournal:
    """A journal in memory that can be taken out of service."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.opinions: dict[str, tuple[bool, str | None]] = {}
        self.out = False

    def record(self, record: Record) -> None:
        if self.out:
            raise JournalUnavailable
        self.records.append(record)

    def feedback(self, id: str, helpful: bool, comment: str | None, at: datetime) -> bool:
        if self.out:
            raise JournalUnavailable
        if all(record.id != id for record in self.records):
            return False
        self.opinions[id] = (helpful, comment)
        return True


@pytest.fixture(scope="session")
def documents() -> tuple[Document, ...]:
    return read_corpus(CORPUS).documents


@pytest.fixture
def desk(documents: tuple[Document, ...]) -> FakeDesk:
    return FakeDesk(documents)


@pytest.fixture
def journal() -> FakeJournal:
    return FakeJournal()


@pytest.fixture
def settings(tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    """Settings of a test; `@pytest.mark.settings(origins=(…))` chooses some."""
    mark = request.node.get_closest_marker("settings")
    return Settings(**{"data": tmp_path, **CHOSEN} | (mark.kwargs if mark else {}))


class Relay:
    """Stands in an application for what each test brings itself."""

    target: Any = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.target, name)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Relay, Relay]]:
    """One application for all tests without settings of their own: making one takes 20 ms."""
    desk, journal = Relay(), Relay()
    settings = Settings(data=tmp_path_factory.mktemp("data"), **CHOSEN)
    with _client(create_app(desk, journal, settings, clock=lambda: NOW)) as client:
        yield client, desk, journal


@pytest.fixture
def client(
    desk: FakeDesk,
    journal: FakeJournal,
    settings: Settings,
    shared: tuple[TestClient, Relay, Relay],
    request: pytest.FixtureRequest,
) -> TestClient:
    if request.node.get_closest_marker("settings"):
        return _client(create_app(desk, journal, settings, clock=lambda: NOW))
    client, shared[1].target, shared[2].target = shared[0], desk, journal
    return client


@pytest.fixture
def door(desk: FakeDesk, journal: FakeJournal, settings: Settings, tmp_path: Path) -> Any:
    """An application with an account for each role (see `tests.members`)."""
    from tests.members import Clock, Door, fresh_staff

    staff, clock = fresh_staff(tmp_path), Clock()
    return Door(create_app(desk, journal, settings, clock=clock, staff=staff), staff, clock)


def _client(app: Any) -> TestClient:
    return TestClient(app, base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50000))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A real Chromium; its absence skips, or is an error with ASSISTANT_REQUIRE_BROWSER=1."""
    executable = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
    if not executable.exists():
        if os.environ.get("ASSISTANT_REQUIRE_BROWSER") == "1":
            pytest.fail(f"{executable} is missing: apt-get install chromium")
        pytest.skip("no Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield launched
        launched.close()
