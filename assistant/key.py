"""Keys: the weighty words of a question, each with what else would mean the same.

A key weighs as much as it tells one aspect from another: "stage" tells more than "formation",
which candidates use in every second question. The weight is the inverse aspect frequency over
the table's example questions: log((A + 1) / (n + 1)) / log(A + 1), n of A aspects naming it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.aspect import Aspect
from assistant.frequency import rarity
from assistant.language import frame_stems, is_little, spoken
from assistant.lexicon import Lexicon, Mention
from assistant.subject import Subject
from index.words import FUNCTION_WORDS, Token, tokens


@dataclass(frozen=True, slots=True)
class Key:
    """A word or phrase that the answer should cover; `weight` lies between 0 and 1."""

    text: str
    stems: tuple[str, ...]
    concepts: frozenset[str]
    weight: float
    is_name: bool = False
    """Whether it is typed as a name ("Nantes"), which no other word can stand for."""

    def covered_by(self, subject: Subject) -> bool:
        """Whether a text names the key, in its words or in others that mean the same."""
        if not self.concepts.isdisjoint(subject.concepts):
            return True
        return self.stands_in(subject)

    def stands_in(self, subject: Subject) -> bool:
        """Whether a text has the key's own words."""
        return subject.stems.issuperset(self.stems)

    @property
    def units(self) -> frozenset[str]:
        """The names under which examples are compared: its concepts, else its stems."""
        return self.concepts or frozenset(self.stems)


@dataclass(frozen=True, slots=True)
class Heard:
    """An example question taken in: the mentions that carry meaning, and its language."""

    mentions: tuple[Mention, ...]
    language: str


def hear(aspects: Iterable[Aspect], lexicon: Lexicon) -> Mapping[str, Heard]:
    """The example questions of aspects, by their text: several things are learnt from each."""
    heard = {}
    for aspect in aspects:
        for example in aspect.examples:
            words = tokens(example)
            language = spoken([word.text for word in words], example, lexicon.words)
            heard[example] = Heard(content(words, lexicon, language), language)
    return heard


class Weights:
    """How much each concept or stem tells, learnt from the aspects' example questions."""

    def __init__(self, aspects: Iterable[Aspect], heard: Mapping[str, Heard]) -> None:
        seen: Counter[str] = Counter()
        total = 0
        for aspect in aspects:
            total += 1
            seen.update(
                {
                    unit
                    for example in aspect.examples
                    for mention in heard[example].mentions
                    for unit in (mention.concepts or mention.stems)
                }
            )
        scale = math.log(total + 1) or 1.0
        self._weights: Mapping[str, float] = {
            unit: math.log((total + 1) / (count + 1)) / scale for unit, count in seen.items()
        }

    def of(self, mention: Mention, language: str) -> float:
        """The weight of a mention: of its most telling concept, else of its words.

        A word without a concept weighs no more than its rarity in the language at large.
        """
        if mention.concepts:
            return max(self._weights.get(concept, 1.0) for concept in mention.concepts)
        told = max(self._weights.get(stem, 1.0) for stem in mention.stems)
        return min(told, rarity(mention.text, language))

    def of_concepts(self, concepts: Iterable[str]) -> float:
        """The weight of the most telling of some concepts."""
        return max((self._weights.get(concept, 1.0) for concept in concepts), default=0.0)


def content(
    words: tuple[Token, ...], lexicon: Lexicon, language: str = "fr"
) -> tuple[Mention, ...]:
    """The mentions of a question that carry meaning: no function words, no single letters."""
    return tuple(
        mention
        for mention in lexicon.mentions(words, language)
        if mention.concepts or not _empty(words[mention.first], language)
    )


def _empty(token: Token, language: str) -> bool:
    if len(token.text) < 2 and not token.text.isdigit():
        return True
    if token.text in FUNCTION_WORDS or token.stem in frame_stems("fr"):
        return True
    return language != "fr" and (
        is_little(token.text, language) or token.stem in frame_stems(language)
    )


_NAME = re.compile(r"(?<=[\w,;:)] )[A-ZÀ-Þ][\w'’-]{2,}")


def names_in(question: str) -> frozenset[str]:
    """The folded words that a question writes as names: a capital not at a sentence's start."""
    if sum(word[:1].isupper() for word in question.split()) > len(question.split()) / 2:
        return frozenset()  # all in capitals, or in German: it tells nothing
    return frozenset(token.text for match in _NAME.findall(question) for token in tokens(match))


def keys_of(
    mentions: Iterable[Mention],
    weights: Weights,
    language: str = "fr",
    names: frozenset[str] = frozenset(),
) -> tuple[Key, ...]:
    """The keys that a question's mentions make, each once, in order."""
    found: dict[frozenset[str], Key] = {}
    for mention in mentions:
        is_name = not mention.concepts and mention.text in names and language != "de"
        weight = 1.0 if is_name else weights.of(mention, language)
        key = Key(mention.text, mention.stems, mention.concepts, weight, is_name)
        found.setdefault(key.units, key)
    return tuple(found.values())
