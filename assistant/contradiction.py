"""Contradictions: two texts on one subject that state different amounts of one kind.

A number is compared only where both speak of the same: of the same part of the programme (the
internship, work-study), and of the same thing asked of it (its length, its pay). What agrees with
any such passage contradicts none: a page may well give several dates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from assistant.amount import Amount, amounts_in
from assistant.query import QUESTION_CONCEPTS, Understanding
from assistant.staff_answer import Content
from assistant.subject import subject_of
from assistant.topic import ATTRIBUTES, TOPICS, WHOLE
from corpus.library import EVERY_PROGRAMME
from corpus.passage import Passage
from corpus.sentences import sentences
from index.encoder import EncoderUnavailable
from index.generation import Index

_COMPARED = 24
"""Passages that a sentence with an amount is compared with."""
# Said of everything, or by the amount itself.
_EMPTY = QUESTION_CONCEPTS | WHOLE | ATTRIBUTES | {"obligation", "fees", "courses", "university"}
_OF_KIND = {
    "money": frozenset({"fees", "pay", "intern_pay", "salary_after", "grant", "deposit"}),
    "date": frozenset(
        {"date", "deadline", "opening_date", "start_date", "end_date", "result_date", "holidays"}
    ),
}


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A sentence and what the documentation says otherwise: `quote` is `text[start:end]`."""

    said: str
    document: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that states amounts, with what it is about."""

    text: str
    document: str
    start: int
    end: int
    concepts: frozenset[str]
    amounts: tuple[Amount, ...]

    @property
    def topics(self) -> frozenset[str]:
        """The parts of the programme that it is about; none: the whole."""
        return self.concepts & (TOPICS - WHOLE)

    def compares(self, other: Statement, kind: str) -> bool:
        """Whether amounts of that kind are stated of the same in both."""
        if bool(self.topics) != bool(other.topics):
            return False
        if self.topics and self.topics.isdisjoint(other.topics):
            return False
        family = kind.partition("/")[0]
        if family in _OF_KIND:
            return not self.concepts.isdisjoint(other.concepts & _OF_KIND[family])
        about, about_other = self.concepts - _EMPTY, other.concepts - _EMPTY
        return not about.isdisjoint(about_other) or about == about_other


class Contradictions:
    """Looks for them in one index; remembers the passages that it has read."""

    def __init__(self, index: Index, understanding: Understanding) -> None:
        self._index = index
        self._understanding = understanding
        self._stated = lru_cache(maxsize=20_000)(self._read)

    def of(self, content: Content) -> tuple[Contradiction, ...]:
        """What an answer of staff states otherwise than the documentation that it concerns."""
        found: list[Contradiction] = []
        for sentence in self._answer(content):
            passages = self._near(sentence.text, content)
            stated = [each for passage in passages for each in self._stated(passage)]
            found.extend(_against(sentence, stated))
        return tuple(dict.fromkeys(found))

    def between_pages(self, programme: str) -> tuple[Contradiction, ...]:
        """What a programme's documents state otherwise than each other, each pair once."""
        passages = [p for p in self._index.passages if p.programme == programme]
        stated = [each for passage in passages for each in self._stated(passage)]
        found: list[Contradiction] = []
        for one, other in combinations(stated, 2):
            if one.document != other.document:
                told = [each for each in stated if each.document == other.document]
                against = _against(one, told)
                found.extend(each for each in against if each.start == other.start)
        return tuple(dict.fromkeys(found))

    def _answer(self, content: Content) -> Iterator[Statement]:
        asked = subject_of(content.question, self._understanding.lexicon).concepts
        for start, end in sentences(content.answer):
            text = content.answer[start:end]
            amounts = amounts_in(text)
            if amounts:
                own = subject_of(text, self._understanding.lexicon).concepts
                # A sentence that names its own topic is on that one, else on what was asked.
                own |= asked - TOPICS if own & (TOPICS - WHOLE) else asked
                yield Statement(text, "", start, end, own, amounts)

    def _near(self, text: str, content: Content) -> Iterable[Passage]:
        query = self._understanding.query(f"{content.question} {text}")
        try:
            vector = self._index.encode(query.text)
        except EncoderUnavailable:
            vector = None
        hits = self._index.search(
            vector, dict(query.tokens), programme=content.programme, k=_COMPARED, weight=0.3
        )
        return [hit.passage for hit in hits if content.programme or _is_shared(hit.passage)]

    def _read(self, passage: Passage) -> tuple[Statement, ...]:
        lexicon = self._understanding.lexicon
        above = subject_of(" / ".join(passage.headings[-2:]), lexicon).concepts
        made = []
        for start, end in sentences(passage.text):
            text = passage.text[start:end]
            amounts = amounts_in(text)
            if amounts:
                own = subject_of(text, lexicon).concepts
                own |= above - TOPICS if own & (TOPICS - WHOLE) else above
                place = (passage.start + start, passage.start + end)
                made.append(Statement(text, passage.document, *place, own, amounts))
        return tuple(made)


def _is_shared(passage: Passage) -> bool:
    return passage.programme == EVERY_PROGRAMME


def _against(sentence: Statement, stated: Iterable[Statement]) -> Iterator[Contradiction]:
    stated = tuple(stated)
    for amount in sentence.amounts:
        rivals = [
            (other, each)
            for other in stated
            if sentence.compares(other, amount.kind)
            for each in other.amounts
            if each.kind == amount.kind
        ]
        if rivals and not any(amount.agrees(each) for _, each in rivals):
            other = rivals[0][0]
            yield Contradiction(sentence.text, other.document, other.text, other.start, other.end)
