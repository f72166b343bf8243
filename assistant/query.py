"""Queries: what is searched for one question, once its words are understood."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.asking import asked_kind
from assistant.aspect import Aspect
from assistant.key import Key, Weights, content, hear, keys_of
from assistant.lexicon import Lexicon
from assistant.recognition import Recognised, Recogniser
from assistant.word_vectors import WordVectors
from index.words import stem, tokens

# Concepts that only say what kind of answer is wanted; they are no subject.
QUESTION_CONCEPTS = frozenset(
    [
        "quantity",
        "date",
        "person",
        "manner",
        "reason",
        "list",
        "possibility",
        "exact_number",
        "regarding",
        "depending",
    ]
)
_REMEMBERED = 2_000
"""Questions and parts of questions that were understood lately."""
# Folding has made a space of the apostrophe; the lexicon's entries have it and lose the elision.
_ELIDED = re.compile(r"\b([ldjnsctm]|(?:lors|puis|jus|quoi)?qu) (?=[a-z])")


@dataclass(frozen=True, slots=True)
class Query:
    """One question, understood.

    `keys` are what the answer should cover; `aspects` what it asks about, best first; `expects`
    the kind of answer, or None when any will do; `text` is what the encoder reads.
    """

    text: str
    keys: tuple[Key, ...]
    concepts: frozenset[str]
    aspects: tuple[Recognised, ...]
    expects: str | None

    @property
    def tokens(self) -> tuple[tuple[str, float], ...]:
        """What BM25 searches: stems and concepts, each with its weight."""
        weighted: dict[str, float] = {}
        for key in self.keys:
            for token in (*key.stems, *(concept_token(concept) for concept in key.concepts)):
                weighted[token] = max(weighted.get(token, 0.0), key.weight)
        return tuple(weighted.items())


def concept_token(concept: str) -> str:
    """The BM25 token of a concept; no word can look like it."""
    return f"#{concept}"


class Understanding:
    """Turns the text of a question into a query."""

    def __init__(
        self, lexicon: Lexicon, aspects: Mapping[str, Aspect], vectors: WordVectors
    ) -> None:
        self.lexicon = lexicon
        self.aspects = aspects
        self.vectors = vectors
        heard = hear(aspects.values(), lexicon)
        self._weights = Weights(aspects.values(), heard)
        self._recogniser = Recogniser(aspects, heard, self._weights)
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._query)

    def query(
        self,
        text: str,
        language: str = "fr",
        neutral: frozenset[str] = frozenset(),
        names: frozenset[str] = frozenset(),
    ) -> Query:
        """The query of one question, understood once however often it is asked for.

        Stems in `neutral` (the programme's own name) weigh little; words in `names` are names.
        """
        return self._remembered(text, language, neutral, names)

    def _query(
        self, text: str, language: str, neutral: frozenset[str], names: frozenset[str]
    ) -> Query:
        text = _ELIDED.sub(r"\1'", text)
        mentions = content(tokens(text), self.lexicon, language)
        found = keys_of(mentions, self._weights, language, names)
        subject = [key for key in found if not key.concepts or key.concepts - QUESTION_CONCEPTS]
        weighed = tuple(
            replace(key, weight=0.1 * key.weight) if set(key.stems) <= neutral else key
            for key in subject
        )
        concepts = frozenset[str]().union(*(mention.implied for mention in mentions))
        return self.assembled(text, weighed, concepts, asked_kind(text), found)

    def assembled(
        self,
        text: str,
        subject: Sequence[Key],
        concepts: frozenset[str],
        asked: str | None,
        nearby: Sequence[Key] | None = None,
    ) -> Query:
        """A query from its parts; `nearby` are the keys compared with the example questions."""
        recognised = self._recogniser.recognise(nearby if nearby is not None else subject, concepts)
        told = recognised[0].aspect.expects if recognised and recognised[0].score > 0.5 else None
        # "Quels sont les frais ?" asks for a plural, and still for an amount.
        expects = told or asked if asked == "list" else asked or told
        return Query(text, tuple(subject), concepts, recognised, expects)


def stems_of(text: str) -> frozenset[str]:
    """The stems of a text's words."""
    return frozenset(stem(token.text) for token in tokens(text))
