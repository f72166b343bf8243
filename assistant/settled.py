"""Settled: the questions that staff answered, which the desk asks before the documentation.

A question gets an answer when staff vouched for its very words, or when it asks the same
(`assistant/sameness.py`). A set of answers never changes; a new one keeps what was understood and
encoded for those that stay.
"""

from __future__ import annotations

import re
from collections import ChainMap, defaultdict
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

import numpy as np

from assistant.affinity import Affinity
from assistant.listener import Listener
from assistant.personal import mask
from assistant.query import Query
from assistant.sameness import Sameness, Sense
from assistant.staff_answer import StaffAnswer, Wording, digest_of, document_of, passage_of
from corpus.document import Document
from corpus.library import EVERY_PROGRAMME
from corpus.passage import Passage
from index.encoder import EncoderUnavailable, Vectors
from index.generation import Index
from index.words import fold

_REMEMBERED = 2_000
"""Questions that were heard lately."""
_NEAR = 0.6
"""Cosine from which an answer is looked at although it shares no word (see `sameness.py`)."""


class Ears:
    """How questions are understood over one index: its listener, encoder and aspects.

    What was heard lately is remembered: a preview hears the same questions again and again.
    """

    def __init__(
        self,
        listener: Listener,
        neutral: Callable[[str | None], frozenset[str]],
        encode: Callable[[str], Vectors],
        affinity: Affinity | None = None,
    ) -> None:
        self.listener = listener
        self._neutral = neutral
        self._encode = encode
        self._affinity = affinity
        self.queries = lru_cache(maxsize=_REMEMBERED)(self._queries)
        """The query of each part of a question, after the earlier ones, about a programme."""
        self.forms = lru_cache(maxsize=_REMEMBERED)(self._forms)
        """A text as it is compared: as it was typed and with its spelling mended."""

    def _queries(
        self, question: str, history: tuple[str, ...], programme: str | None
    ) -> tuple[Query, ...]:
        return self.listener.queries(question, history, self._neutral(programme))

    def _forms(self, text: str) -> tuple[str, ...]:
        masked = mask(text)
        return tuple(dict.fromkeys((_plain(masked), _plain(self.listener.corrected(masked)))))

    def sense(self, query: Query) -> Sense:
        """The query with what its words mean; without an encoder there is nothing to add."""
        try:
            vector = self._encode(query.text)
        except EncoderUnavailable:
            return Sense(query)
        near = self._affinity.of_question(vector) if self._affinity else None
        return Sense(query, vector, near)


@dataclass(frozen=True, slots=True)
class Understood:
    """A wording understood: its forms to compare, and what each of its parts means."""

    wording: Wording
    forms: tuple[str, ...]
    senses: tuple[Sense, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer with its document and what its wordings mean."""

    answer: StaffAnswer
    document: Document
    passage: Passage
    wordings: tuple[Understood, ...]
    sameness: Sameness


class Settled:
    """Published answers, ready to be asked; safe to use from several threads."""

    def __init__(self, entries: Sequence[Entry], ears: Ears) -> None:
        self.digest = digest_of([entry.answer for entry in entries])
        self.documents: Mapping[str, Document] = {e.document.id: e.document for e in entries}
        self._entries = tuple(entries)
        self._ears = ears
        self._by_form: dict[str, list[tuple[Entry, Understood]]] = defaultdict(list)
        self._by_unit: dict[str, list[int]] = defaultdict(list)
        rows: list[Vectors] = []
        self._owners: list[int] = []
        for number, entry in enumerate(self._entries):
            for understood in entry.wordings:
                for form in understood.forms:
                    self._by_form[form].append((entry, understood))
            for unit in entry.sameness.units:
                self._by_unit[unit].append(number)
            rows.extend(entry.sameness.vectors)
            self._owners.extend([number] * len(entry.sameness.vectors))
        self._vectors = np.array(rows) if rows else None

    @classmethod
    def of(
        cls,
        answers: Iterable[StaffAnswer],
        ears: Ears,
        previous: Settled | None = None,
    ) -> Settled:
        """The answers understood; what `previous` understood through the same ears is kept."""
        known: dict[tuple[Wording, str | None], Understood] = {}
        if previous is not None and previous._ears.listener is ears.listener:
            for entry in previous._entries:
                programme = entry.answer.content.programme
                known.update(((each.wording, programme), each) for each in entry.wordings)
        return cls([_entry(answer, ears, known) for answer in answers], ears)

    @cached_property
    def answers(self) -> tuple[StaffAnswer, ...]:
        """The answers, in the order given."""
        return tuple(entry.answer for entry in self._entries)

    def vouched(
        self, question: str, history: tuple[str, ...], programme: str | None, today: date
    ) -> tuple[Entry, ...]:
        """The answers that staff vouched for these words, the best first.

        With a programme its own answers come before those for every programme, and no others;
        without one all do. Of equals the latest is first.
        """
        found: dict[str, Entry] = {}
        if self._entries:
            for form in self._ears.forms(question):
                for entry, understood in self._by_form.get(form, ()):
                    if _given(entry, programme, today) and self._means(
                        understood, question, history, entry.answer.content.programme
                    ):
                        found.setdefault(entry.answer.id, entry)
        return tuple(sorted(found.values(), key=_latest_first(programme)))

    def alike(self, query: Query, programme: str | None, today: date) -> tuple[Entry, ...]:
        """The answers to a query that asks the same as their wordings, the surest first."""
        if not self._entries or not query.keys:
            return ()
        sense = self._ears.sense(query)
        scored = []
        for number in self._nearby(sense):
            entry = self._entries[number]
            if _given(entry, programme, today) and (score := entry.sameness.score(sense)) > 0:
                scored.append((score, entry))
        order = _latest_first(programme)
        return tuple(entry for _, entry in sorted(scored, key=lambda s: (-s[0], order(s[1]))))

    def _nearby(self, sense: Sense) -> list[int]:
        numbers: set[int] = set()
        for unit in sense.query.concepts.union(
            *(k.concepts | {*k.stems} for k in sense.query.keys)
        ):
            numbers.update(self._by_unit.get(unit, ()))
        if self._vectors is not None and sense.vector is not None:
            close = np.flatnonzero(self._vectors @ sense.vector >= _NEAR)
            numbers.update(self._owners[position] for position in close)
        return sorted(numbers)

    def _means(
        self,
        understood: Understood,
        question: str,
        history: tuple[str, ...],
        programme: str | None,
    ) -> bool:
        """Whether the same words mean the same after the earlier questions."""
        if not history and not understood.wording.history:
            return True
        now = _units(self._ears.queries(question, history, programme))
        return now == _units(tuple(sense.query for sense in understood.senses))


class Shelf:
    """Everything that is quoted from: the index's documents and those of staff."""

    def __init__(self, index: Index, settled: Settled) -> None:
        self._index = index
        own: MutableMapping[str, Document] = dict(settled.documents)
        self.documents: Mapping[str, Document] = ChainMap(own, dict(index.documents))

    def section(self, passage: Passage) -> Sequence[Passage]:
        """The passages that stand together with one; an answer of staff stands alone."""
        return (passage,) if passage.kind == "staff" else self._index.section(passage)


def _entry(
    answer: StaffAnswer, ears: Ears, known: Mapping[tuple[Wording, str | None], Understood]
) -> Entry:
    content = answer.content
    wordings = tuple(
        known.get((wording, content.programme)) or _understood(wording, content.programme, ears)
        for wording in (Wording(content.question), *content.wordings)
    )
    # A wording of two questions is vouched for as a whole; its parts ask for more than the answer.
    single = [each.senses[0] for each in wordings if len(each.senses) == 1]
    language = "fr" if ears.listener.language(content.answer) == "fr" else "en"
    document = document_of(answer, language)
    return Entry(answer, document, passage_of(document), wordings, Sameness(single))


def _understood(wording: Wording, programme: str | None, ears: Ears) -> Understood:
    queries = ears.queries(wording.text, wording.history, programme)
    return Understood(wording, ears.forms(wording.text), tuple(map(ears.sense, queries)))


def _given(entry: Entry, programme: str | None, today: date) -> bool:
    """Whether an answer is shown today to who asks about that programme; None asks about any."""
    content = entry.answer.content
    return content.is_valid(today) and (programme is None or content.concerns(programme))


def _latest_first(programme: str | None) -> Callable[[Entry], tuple[bool, float, str]]:
    def order(entry: Entry) -> tuple[bool, float, str]:
        general = programme is not None and entry.document.programme == EVERY_PROGRAMME
        return general, -entry.answer.changed_at.timestamp(), entry.answer.id

    return order


def _units(queries: Iterable[Query]) -> frozenset[str]:
    return frozenset[str]().union(*(key.units for query in queries for key in query.keys))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(text)))
