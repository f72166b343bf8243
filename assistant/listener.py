"""The listener: from what a candidate typed to queries, on one corpus' words.

question -> corrected -> clauses -> queries, completed from the history
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from assistant.clause import as_typed, clauses
from assistant.history import Conversation
from assistant.intent import Intents
from assistant.key import names_in
from assistant.language import detect_language
from assistant.query import Query, Understanding
from assistant.spelling import Spelling
from index.words import fold

_REMEMBERED = 4
"""Earlier questions that a follow-up may reach back to."""
_HEARD = 2_000
"""Texts whose language and spelling are remembered."""
_OURS = frozenset(
    [
        "courses",
        "subject",
        "internship",
        "work_study",
        "apprenticeship",
        "thesis",
        "weekly_load",
        "skills",
        "career",
        "exam",
        "assessment",
        "admission",
        "prerequisites",
        "selection",
        "ects",
    ]
)
"""Concepts that make a question ours even when a word of another subject stands in it."""
_STUDIES = frozenset({"university", "programme", "bachelor", "master_degree"})
_OWN = re.compile(
    r"\b(?:j ai|je|mon|ma|mes|moi|nous|i|my|have|hold|tengo|mi|ich|meine?|ho|mio|mia|avec)\b"
)
"""Someone who names another university while speaking of themselves asks about this one."""


class Listener:
    """Understands questions; `vocabulary` holds the folded words of the documents."""

    def __init__(
        self, understanding: Understanding, intents: Intents, vocabulary: frozenset[str]
    ) -> None:
        self._understanding = understanding
        self._intents = intents
        self._vocabulary = vocabulary
        self._conversation = Conversation(understanding)
        self._spelling = Spelling(understanding.lexicon.words)
        # Every step on a question's way asks these of it again.
        self.language = lru_cache(maxsize=_HEARD)(self._language)
        """The served language of a text."""
        self.corrected = lru_cache(maxsize=_HEARD)(self._corrected)
        """A text with its spelling mended."""

    def _language(self, text: str) -> str:
        return detect_language(text, self._understanding.lexicon.words)

    def _corrected(self, text: str) -> str:
        return self._spelling.corrected(text, self._vocabulary, self.language(text))

    def is_sought(self, question: str) -> bool:
        """Whether a search is to be made for it: no courtesy, no abuse, no other subject."""
        intents = self._intents
        stops = (intents.unsafe, intents.smalltalk, self.off_topic, intents.individual)
        return not any(stop(question) for stop in stops)

    def off_topic(self, question: str) -> bool:
        """Whether it is a known other subject and names nothing of studies beside it."""
        if not self._intents.off_topic(question):
            return False
        query = self._understanding.query(question, self.language(question))
        return query.concepts.isdisjoint(_OURS)

    def queries(
        self, question: str, history: tuple[str, ...], neutral: frozenset[str]
    ) -> tuple[Query, ...]:
        """The query of each part of a question; stems in `neutral` name the programme."""
        corrected = self.corrected(question)
        language, names = self.language(corrected), names_in(question)
        earlier: list[Query] = []
        for said in history[-_REMEMBERED:]:
            spoken, mended = self.language(said), self.corrected(said)
            for clause in clauses(mended).asked:
                asked = self._intents.stripped(clause)
                query = self._understanding.query(asked, spoken, neutral)
                query = replace(query, text=as_typed(mended, asked))
                earlier.append(self._conversation.completed(query, earlier))
        queries: list[Query] = []
        message = clauses(corrected)
        if message.context:  # what leads up to a question is like an earlier one
            earlier.append(self._understanding.query(message.context, language, neutral, names))
        for clause in message.asked:
            asked = self._intents.stripped(clause)
            query = self._understanding.query(asked, language, neutral, names)
            query = replace(query, text=as_typed(corrected, asked))
            queries.append(self._conversation.completed(query, [*earlier, *queries]))
        return tuple(query for query in queries if query.keys) or tuple(queries[:1])

    @staticmethod
    def elsewhere(query: Query, told: frozenset[str]) -> bool:
        """Whether it asks about studies at a place that the documentation, whose words are `told`,
        never names."""
        named = any(key.is_name and key.text not in told for key in query.keys)
        studies = not query.concepts.isdisjoint(_STUDIES)
        return named and studies and not _OWN.search(fold(query.text))
