"""The respondent: replies to a question, be it from staff, the documentation or not at all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answer import Abstention, Choice, Clarify, Reason, Reply, Segment, Smalltalk
from assistant.composition import Part, compose
from assistant.decision import Found, Silent
from assistant.exchange import Asked, Explanation
from assistant.intent import Intents
from assistant.librarian import CONSIDERED, Librarian
from assistant.phrases import phrase
from assistant.query import Query, Understanding
from assistant.reception import Reception
from assistant.settled import Ears, Entry, Settled, Shelf
from assistant.staff_answer import StaffAnswer

_PROGRAMMES_ASKED = 8
"""Programmes that are asked when none is named, those of the best hits."""


@dataclass(frozen=True, slots=True)
class Respondent:
    """Replies with one set of staff's answers; `programmes` are ids and titles."""

    programmes: Mapping[str, str]
    reception: Reception
    intents: Intents
    understanding: Understanding
    ears: Ears
    librarian: Librarian
    settled: Settled
    shelf: Shelf

    def reply(
        self, asked: Asked, programme: str | None, language: str, today: date
    ) -> tuple[Reply, Explanation]:
        """The reply to a question on a programme (None: none is known), and why it is that."""
        question, follows = asked.question, bool(asked.history)
        if self.reception.unsafe(question, follows):
            return _turned("unsafe", language), Explanation("unsafe")
        small = self.reception.smalltalk(question, follows)
        if small is not None:
            return _turned(small, language), Explanation(small)
        if vouched := self.settled.vouched(question, asked.history, programme, today):
            return self._vouched(asked, vouched, programme, language, today)
        if self.reception.off_topic(question, follows):
            return _turned("off_topic", language), Explanation("off topic")
        if self.intents.individual(question):
            part = self._individual(programme)
            return compose((part,), self.shelf, language, today), Explanation(
                "individual case", "", (part,)
            )
        corrected = self.ears.listener.corrected(question)
        queries = self.queries(asked, programme)
        if not any(query.keys for query in queries):
            doubted = self.reception.doubted(question, follows) or "unclear"
            return _turned(doubted, language), Explanation("no weighty word", corrected)
        if programme is None and len(self.programmes) > 1:
            return self._among_programmes(asked, corrected, queries, language, today)
        parts = tuple(self._part(query, programme, today) for query in queries)
        return self._decided(asked, corrected, parts, language, today)

    def _decided(
        self, asked: Asked, corrected: str, parts: tuple[Part, ...], language: str, today: date
    ) -> tuple[Reply, Explanation]:
        """The parts as one reply; where none was found, what the message resembles is heard."""
        if not any(part.found for part in parts):
            doubted = self.reception.doubted(asked.question, bool(asked.history))
            if doubted is not None:
                return _turned(doubted, language), Explanation(f"like {doubted}", corrected, parts)
        return compose(parts, self.shelf, language, today), Explanation("decided", corrected, parts)

    def settling(self, asked: Asked, programme: str | None, today: date) -> tuple[StaffAnswer, ...]:
        """The answers of staff that a question may get, which decide the reply over one index."""
        question, follows = asked.question, bool(asked.history)
        if self.reception.unsafe(question, follows) or self.reception.smalltalk(question, follows):
            return ()
        if vouched := self.settled.vouched(question, asked.history, programme, today):
            return tuple(entry.answer for entry in vouched)
        if self.reception.off_topic(question, follows) or self.intents.individual(question):
            return ()
        return tuple(
            entry.answer
            for query in self.queries(asked, programme)
            for entry in self.settled.alike(query, programme, today)
        )

    def _vouched(
        self,
        asked: Asked,
        entries: Sequence[Entry],
        programme: str | None,
        language: str,
        today: date,
    ) -> tuple[Reply, Explanation]:
        """Staff vouched for these words; when several programmes did and none is named, ask."""
        several = {entry.document.programme for entry in entries} & set(self.programmes)
        if programme is None and len(several) > 1:
            return self._which(several, language), Explanation("several programmes fit")
        corrected = self.ears.listener.corrected(asked.question)
        query = self.understanding.query(corrected, self.ears.listener.language(corrected))
        part = Part(query, Silent(None), None, "not_documented", entries[0].passage)
        reply = compose((part,), self.shelf, language, today)
        return reply, Explanation("vouched for by staff", corrected, (part,))

    def queries(self, asked: Asked, programme: str | None) -> tuple[Query, ...]:
        """What a question asks, part by part, after the earlier ones."""
        return self.ears.queries(asked.question, asked.history, programme)

    def _part(self, query: Query, programme: str | None, today: date) -> Part:
        if programme is not None or len(self.programmes) < 2:
            for entry in self.settled.alike(query, programme, today)[:1]:
                return Part(query, Silent(None), None, "not_documented", entry.passage)
        decision = self.librarian.decide(query, programme)
        silence = self._silence(query, programme)
        if isinstance(decision, Found) and not self._elsewhere(query, programme):
            return Part(query, decision, None, silence)
        if silence == "off_topic" or programme is None:
            return Part(query, Silent(decision.search), None, silence)
        return Part(query, decision, self.librarian.pointer(query, programme), silence)

    def _individual(self, programme: str | None) -> Part:
        query = self.understanding.query("")
        pointer = None
        for aspect in ("admission_conditions", "selection", "how_to_apply"):
            decision = self.librarian.asked_aspect(aspect, programme) if programme else None
            if isinstance(decision, Found):
                pointer = decision
                break
        return Part(query, Silent(None), pointer, "individual_case")

    def _elsewhere(self, query: Query, programme: str | None) -> bool:
        return self.ears.listener.elsewhere(query, self.librarian.words_of(programme))

    def _silence(self, query: Query, programme: str | None) -> Reason:
        """The reason of a refusal: nothing of the domain is off topic, the rest not documented."""
        if self._elsewhere(query, programme):
            return "off_topic"
        if query.aspects or any(key.concepts for key in query.keys):
            return "not_documented"
        return "off_topic"

    def _among_programmes(
        self,
        asked: Asked,
        corrected: str,
        queries: tuple[Query, ...],
        language: str,
        today: date,
    ) -> tuple[Reply, Explanation]:
        """No programme is named: the only one that answers does; if several could, ask which."""
        hits = self.librarian.search(queries[0], None, 4 * CONSIDERED)
        near = [hit.passage.programme for hit in hits if hit.passage.programme in self.programmes]
        alike = self.settled.alike(queries[0], None, today)
        told = [entry.document.programme for entry in alike]
        candidates = [id for id in dict.fromkeys((*told, *near)) if id in self.programmes]
        candidates = candidates[:_PROGRAMMES_ASKED]
        if not candidates and alike:  # it concerns every programme: any of them will do
            candidates = list(self.programmes)[:1]
        answers = {
            id: tuple(self._part(query, id, today) for query in queries) for id in candidates
        }
        fitting = [id for id, parts in answers.items() if any(part.helps for part in parts)]
        if len(fitting) > 1 and not _same_for_all(answers[id] for id in fitting):
            explanation = Explanation("several programmes fit", corrected, answers[fitting[0]])
            return self._which(fitting, language), explanation
        chosen = fitting[0] if fitting else next(iter(answers), None)
        parts = (
            answers[chosen]
            if chosen
            else tuple(self._part(query, None, today) for query in queries)
        )
        return self._decided(asked, corrected, parts, language, today)

    def _which(self, ids: Collection[str], language: str) -> Clarify:
        choices = tuple(Choice(id, self.programmes[id]) for id in self.programmes if id in ids)
        return Clarify((Segment(phrase("clarify", language), None),), choices)


def _turned(said: str, language: str) -> Reply:
    """The reply to what is not searched for: a refusal, or small talk returned."""
    segments = (Segment(phrase(said, language), None),)
    for reason in ("unsafe", "off_topic", "unclear"):
        if said == reason:
            return Abstention(reason, segments)
    return Smalltalk(segments)


def _same_for_all(answers: Iterable[tuple[Part, ...]]) -> bool:
    """Whether every programme gets the same answers of staff, and nothing else."""
    given = {tuple(part.staff for part in parts) for parts in answers}
    return len(given) == 1 and None not in next(iter(given))
