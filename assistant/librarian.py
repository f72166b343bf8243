"""The librarian: looks a query up in one generation of the index and judges what is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from assistant.affinity import Affinity, Nearness
from assistant.decision import Decision, Found, decide
from assistant.evidence import Candidate
from assistant.policy import Policy
from assistant.query import Query, Understanding
from assistant.subject import subjects
from assistant.word_vectors import Rows
from corpus.passage import Passage
from index.encoder import EncoderUnavailable, Vectors
from index.generation import Index
from index.hit import Hit
from index.words import tokens

CONSIDERED = 32
"""Passages that a decision looks at."""
_READ = 12
"""Passages among them that are read closely; the others count like the least likely of those."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What one query is decided on, for fitting the policy."""

    query: Query
    candidates: tuple[Candidate, ...]
    nearness: Nearness | None


class Librarian:
    """Searches an index and decides by a policy."""

    def __init__(
        self,
        index: Index,
        policy: Policy,
        understanding: Understanding,
        affinity: Affinity | None = None,
    ) -> None:
        self._index = index
        self._policy = policy
        self._understanding = understanding
        self._affinity = affinity
        aspects = tuple(understanding.aspects.values())
        self._subject_of = subjects(understanding.lexicon, aspects)
        self._nearness_of = lru_cache(maxsize=20_000)(self._passage_nearness)
        self._rows_of = lru_cache(maxsize=20_000)(self._passage_rows)
        self.words_of = index.words_of
        """Every word of a programme's documentation."""
        self.asked_aspect: Callable[[str, str], Decision] = lru_cache(maxsize=10_000)(
            self._ask_aspect
        )

    def search(self, query: Query, programme: str | None, k: int) -> tuple[Hit, ...]:
        """The passages nearest to a query, best first."""
        return self._search(query, self._encoded(query), programme, k)

    def decide(self, query: Query, programme: str | None) -> Decision:
        """Whether a programme's documentation (all when none) answers a query."""
        trial = self.trial(query, programme)
        return decide(query, trial.candidates, trial.nearness, self._policy)

    def trial(self, query: Query, programme: str | None) -> Trial:
        """What a query is decided on."""
        vector = self._encoded(query)
        hits = self._search(query, vector, programme, CONSIDERED)
        nearness = None
        if self._affinity is not None and vector is not None:
            nearness = self._affinity.of_question(vector)
        likeness = self._understanding.vectors.likeness(
            query.keys, [self._rows_of(hit.passage) for hit in hits]
        )
        read = self._index.odds(query.text, hits[:_READ])
        odds = (*read, *(min(read) for _ in hits[_READ:]))
        candidates = tuple(
            Candidate(
                hit,
                self._subject_of(hit.passage),
                self._nearness_of(hit.passage.id),
                tuple(alike),
                likely,
            )
            for hit, alike, likely in zip(hits, likeness.tolist(), odds, strict=True)
        )
        return Trial(query, candidates, nearness)

    def _encoded(self, query: Query) -> Vectors | None:
        try:
            return self._index.encode(query.text)
        except EncoderUnavailable:
            return None

    def _search(
        self, query: Query, vector: Vectors | None, programme: str | None, k: int
    ) -> tuple[Hit, ...]:
        return self._index.search(
            vector, dict(query.tokens), programme=programme, k=k, weight=self._policy.dense_share
        )

    def _passage_nearness(self, passage: str) -> Nearness | None:
        if self._affinity is None:
            return None
        return self._affinity.of_passage(self._index.passage_vectors(passage))

    def _passage_rows(self, passage: Passage) -> Rows:
        text = "\n".join((*passage.headings, passage.text))
        return self._understanding.vectors.rows(token.text for token in tokens(text))

    def pointer(self, query: Query, programme: str) -> Found | None:
        """What helps when the thing asked is not documented: an aspect that it points to, else the
        aspect itself, as far as it is."""
        sure = [each for each in query.aspects if each.score >= self._policy.pointer]
        pointed = [aspect for each in sure[:1] for aspect in each.aspect.pointer]
        for aspect in (*pointed, *(each.aspect.id for each in sure)):
            decision = self.asked_aspect(aspect, programme)
            if isinstance(decision, Found) and aspect in decision.chosen[0].subject.aspects:
                return decision
        return None

    def _ask_aspect(self, aspect: str, programme: str) -> Decision:
        return self.decide(
            self._understanding.query(self._understanding.aspects[aspect].question["fr"]), programme
        )
