"""The subject of a text: the words and concepts it names, and the kinds of answer it holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from assistant.aspect import Aspect
from assistant.expectation import concepts_shown, kinds_in
from assistant.lexicon import Lexicon
from assistant.topic import TOPICS, WHOLE
from corpus.passage import Passage
from corpus.sentences import sentences
from index.words import fold, tokens


@dataclass(frozen=True, slots=True)
class Subject:
    """What a text names."""

    stems: frozenset[str]
    concepts: frozenset[str]

    def __or__(self, other: Subject) -> Subject:
        """What two texts name together."""
        return Subject(self.stems | other.stems, self.concepts | other.concepts)


@dataclass(frozen=True, slots=True)
class SentenceSubject:
    """The subject of one sentence `[start, end)` of a passage's text."""

    start: int
    end: int
    subject: Subject
    kinds: frozenset[str]
    told: Subject
    """With what the nearest heading names: what the sentence says where it stands."""


@dataclass(frozen=True, slots=True)
class PassageSubject:
    """What a passage names, in its headings, as a whole and sentence by sentence."""

    headings: Subject
    nearest_heading: Subject
    text: Subject
    whole: Subject
    """Headings and text together."""
    kinds: frozenset[str]
    sentences: tuple[SentenceSubject, ...]
    aspects: frozenset[str]
    announced_aspects: frozenset[str]
    """Those that a heading or a label announces."""
    announced: frozenset[str]
    """Concepts of the nearest heading and, in a fact, of its label: what the passage is on."""


def subject_of(text: str, lexicon: Lexicon) -> Subject:
    """The subject of a text; a number, an address or a date names what it is without a word."""
    words = tokens(text)
    concepts = frozenset[str]().union(*(m.implied for m in lexicon.mentions(words)))
    return Subject(frozenset(token.stem for token in words), concepts | concepts_shown(text))


def passage_subject(
    passage: Passage, lexicon: Lexicon, aspects: tuple[Aspect, ...]
) -> PassageSubject:
    """The subject of a passage, from its text and the headings above it."""
    headings = subject_of(" / ".join(passage.headings), lexicon)
    nearest = subject_of(passage.headings[-1] if passage.headings else "", lexicon)
    text = subject_of(passage.text, lexicon)
    parts = tuple(_sentence(passage.text, run, nearest, lexicon) for run in sentences(passage.text))
    announced = _aspects_announced(passage, aspects)
    titles = nearest.concepts | _label(passage, lexicon).concepts
    return PassageSubject(
        headings,
        nearest,
        text,
        headings | text,
        frozenset[str]().union(*(part.kinds for part in parts), _form(passage)),
        parts,
        announced | _aspects_told(nearest, titles, parts, aspects),
        announced,
        titles,
    )


def _sentence(
    text: str, run: tuple[int, int], heading: Subject, lexicon: Lexicon
) -> SentenceSubject:
    start, end = run
    subject = subject_of(text[start:end], lexicon)
    return SentenceSubject(start, end, subject, kinds_in(text[start:end]), subject | heading)


def _form(passage: Passage) -> frozenset[str]:
    """A list answers "which"; so does a sentence that enumerates."""
    enumerates = passage.kind == "list" or len(re.split(r"[,;]", passage.text)) > 3
    return frozenset({"list"}) if enumerates else frozenset()


def _label(passage: Passage, lexicon: Lexicon) -> Subject:
    label = passage.text.partition(" : ")[0] if passage.kind in ("fact", "row") else ""
    return subject_of(label, lexicon)


def _aspects_announced(passage: Passage, aspects: tuple[Aspect, ...]) -> frozenset[str]:
    titles = {fold(heading).strip(" ?:") for heading in passage.headings[-2:]}
    if passage.kind == "fact":
        titles.add(fold(passage.text.partition(" : ")[0]).strip())
    return frozenset(aspect.id for aspect in aspects if not aspect.headings.isdisjoint(titles))


def _aspects_told(
    nearest: Subject,
    titles: frozenset[str],
    parts: tuple[SentenceSubject, ...],
    aspects: tuple[Aspect, ...],
) -> frozenset[str]:
    """The aspects that one sentence, under its heading, is about.

    Under a topic of its own ("Durée du stage") a passage is not about the whole programme.
    """
    scopes = [part.subject.concepts | nearest.concepts for part in parts]
    if not titles.isdisjoint(TOPICS - WHOLE):
        scopes = [scope - WHOLE for scope in scopes]
    return frozenset(
        aspect.id for aspect in aspects if any(aspect.holding(scope) for scope in scopes)
    )


def subjects(
    lexicon: Lexicon, aspects: tuple[Aspect, ...], size: int = 20_000
) -> Callable[[Passage], PassageSubject]:
    """`passage_subject`, remembering the passages it has seen (they are immutable)."""

    @lru_cache(maxsize=size)
    def remembered(passage: Passage) -> PassageSubject:
        return passage_subject(passage, lexicon, aspects)

    return remembered
