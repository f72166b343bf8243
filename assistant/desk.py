"""The desk: where a question comes in and a reply goes out.

    question -> reception -> corrected -> clauses -> queries (history) -> programme
             -> answered by staff? -> search -> decide -> compose

A desk serves one generation of the index with one set of staff's answers and never changes; a new
generation gets a new desk, and so does a new set of answers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date

from assistant.affinity import Affinity
from assistant.answer import Abstention, Choice, Clarify, Reason, Reply, Segment, Smalltalk
from assistant.composition import Part, compose
from assistant.contradiction import Contradictions
from assistant.decision import Found, Silent
from assistant.disagreement import Disagreement, disagreements
from assistant.intent import Intents
from assistant.librarian import CONSIDERED, Librarian, Trial
from assistant.listener import Listener
from assistant.message import Messages
from assistant.phrases import phrase
from assistant.policy import Policy
from assistant.programme import Programmes
from assistant.query import Query, Understanding
from assistant.reception import Reception
from assistant.settled import Ears, Entry, Settled, Shelf
from assistant.staff_answer import StaffAnswer
from assistant.survey import Survey
from corpus.document import Document
from corpus.passage import Passage
from index.generation import Index
from index.hit import Hit

_PROGRAMMES_ASKED = 8
"""Programmes that are asked when none is named, those of the best hits."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it comes in. `programme` and `language` are None when not given.

    `history` holds the earlier questions of the conversation, oldest first.
    """

    question: str
    programme: str | None = None
    language: str | None = None
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why the reply is what it is, for staff and `--explain`."""

    rule: str
    corrected: str = ""
    parts: tuple[Part, ...] = ()

    @property
    def aspect(self) -> str | None:
        """What the question was understood to ask about first."""
        found = next((part.query.aspects[0] for part in self.parts if part.query.aspects), None)
        return found.aspect.id if found else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A reply with what stands around it.

    `language` is the interface's language of the reply ("fr" or "en"); `index` names the
    generation that it was taken from; `suggestions` are questions that would be answered.
    """

    reply: Reply
    language: str
    programme: str | None
    suggestions: tuple[str, ...]
    index: str
    explanation: Explanation


class Desk:
    """Answers questions from one generation of the index; safe to use from several threads."""

    def __init__(
        self,
        index: Index,
        policy: Policy,
        understanding: Understanding,
        intents: Intents,
        affinity: Affinity | None = None,
        messages: Messages | None = None,
    ) -> None:
        self._index = index
        self._intents = intents
        self._understanding = understanding
        self._programmes = Programmes(index.programmes)
        self._listener = Listener(understanding, intents, index.vocabulary)
        self._reception = Reception(self._listener, intents, understanding, index.encode, messages)
        self._librarian = Librarian(index, policy, understanding, affinity)
        self._ears = Ears(self._listener, self._programmes.neutral, index.encode, affinity)
        self._settle(Settled((), self._ears))
        self._contradictions = Contradictions(index, understanding)
        self.survey = Survey(self._whatever_the_day, understanding.aspects, self._compared)
        """What each programme's documentation covers."""

    def with_answers(self, answers: Sequence[StaffAnswer]) -> Desk:
        """This desk with these answers of staff; nothing else is made again."""
        desk = copy(self)
        desk._settle(Settled.of(answers, self._ears, self._settled))
        others = set(desk.answers) ^ set(self.answers)
        changed = {answer.content.programme for answer in others}
        desk.survey = self.survey.after(desk._whatever_the_day, changed, desk._compared)
        return desk

    def _settle(self, settled: Settled) -> None:
        self._settled = settled
        self._shelf = Shelf(self._index, settled)

    @property
    def index(self) -> str:
        """The name of the generation served, with that of the answers of staff if there are any."""
        return ".".join(filter(None, (self._index.name, self._settled.digest)))

    @property
    def answers(self) -> tuple[StaffAnswer, ...]:
        """The answers of staff that are given here."""
        return self._settled.answers

    @property
    def programmes(self) -> Mapping[str, str]:
        """Programme ids and titles."""
        return self._index.programmes

    @property
    def documents(self) -> Mapping[str, Document]:
        """The documentation by id."""
        return self._index.documents

    @property
    def passages(self) -> Sequence[Passage]:
        """What the documentation was cut into."""
        return self._index.passages

    def document(self, id: str) -> Document | None:
        """What a citation may name: a document of the documentation, or an answer of staff."""
        return self._shelf.documents.get(id)

    def problems(self) -> tuple[str, ...]:
        """Why the desk is not ready; empty when it is."""
        return () if self._index.passages else ("The index holds no passage.",)

    def ask(self, asked: Asked, today: date) -> Outcome:
        """Reply to a question; abstaining is a reply, not an error."""
        language = asked.language or self._listener.language(asked.question)
        language = "fr" if language == "fr" else "en"
        programme = asked.programme or self._programmes.named_in(asked.question, asked.history)
        reply, explanation = self._reply(asked, programme, language, today)
        suggestions: tuple[str, ...] = ()
        if not isinstance(reply, Clarify | Smalltalk) or not asked.history:
            suggestions = self._next_questions(programme, language, explanation)
        return Outcome(reply, language, programme, suggestions, self.index, explanation)

    def search(self, question: str, programme: str | None, k: int) -> tuple[Hit, ...]:
        """The passages nearest to a question, best first."""
        listener = self._listener
        query = self._understanding.query(listener.corrected(question), listener.language(question))
        return self._librarian.search(query, programme, k)

    def trials(self, asked: Asked) -> tuple[Trial, ...]:
        """What each part of a question is decided on; none when no search is made for it."""
        programme = asked.programme or self._programmes.named_in(asked.question, asked.history)
        if programme is None or not self._listener.is_sought(asked.question):
            return ()
        queries = self._queries(asked, programme)
        return tuple(self._librarian.trial(query, programme) for query in queries if query.keys)

    def queries(self, asked: Asked) -> tuple[Query, ...]:
        """What a question is understood as, part by part, after what was asked before it."""
        named = asked.programme or self._programmes.named_in(asked.question, asked.history)
        return self._queries(asked, named)

    def reply(self, asked: Asked, today: date) -> Reply:
        """The reply alone, without what may be asked next."""
        programme = asked.programme or self._programmes.named_in(asked.question, asked.history)
        language = "fr" if asked.language in (None, "fr") else "en"
        return self._reply(asked, programme, language, today)[0]

    def settling(self, asked: Asked, today: date) -> tuple[StaffAnswer, ...]:
        """The answers of staff that a question may get; two desks over one index, which have the
        same ones for a question, give it the same reply.
        """
        question, follows = asked.question, bool(asked.history)
        reception = self._reception
        if reception.unsafe(question, follows) or reception.smalltalk(question, follows):
            return ()
        programme = asked.programme or self._programmes.named_in(question, asked.history)
        if vouched := self._settled.vouched(question, asked.history, programme, today):
            return tuple(entry.answer for entry in vouched)
        if reception.off_topic(question, follows) or self._intents.individual(question):
            return ()
        return tuple(
            entry.answer
            for query in self._queries(asked, programme)
            for entry in self._settled.alike(query, programme, today)
        )

    def suggestions(self, programme: str | None, language: str) -> tuple[str, ...]:
        """Questions to start from, every one of which is answered."""
        if programme is None and len(self.programmes) == 1:
            programme = next(iter(self.programmes))
        return self.survey.suggestions(programme, language) if programme else ()

    def _reply(
        self, asked: Asked, programme: str | None, language: str, today: date
    ) -> tuple[Reply, Explanation]:
        question, follows = asked.question, bool(asked.history)
        if self._reception.unsafe(question, follows):
            return _turned("unsafe", language), Explanation("unsafe")
        small = self._reception.smalltalk(question, follows)
        if small is not None:
            return _turned(small, language), Explanation(small)
        if vouched := self._settled.vouched(question, asked.history, programme, today):
            return self._vouched(asked, vouched, programme, language, today)
        if self._reception.off_topic(question, follows):
            return _turned("off_topic", language), Explanation("off topic")
        if self._intents.individual(question):
            part = self._individual(programme)
            return compose((part,), self._shelf, language, today), Explanation(
                "individual case", "", (part,)
            )
        corrected = self._listener.corrected(question)
        queries = self._queries(asked, programme)
        if not any(query.keys for query in queries):
            doubted = self._reception.doubted(question, follows) or "unclear"
            return _turned(doubted, language), Explanation("no weighty word", corrected)
        if programme is None and len(self.programmes) > 1:
            return self._among_programmes(asked, corrected, queries, language, today)
        parts = tuple(self._part(query, programme, today) for query in queries)
        return self._decided(asked, corrected, parts, language, today)

    def _decided(
        self,
        asked: Asked,
        corrected: str,
        parts: tuple[Part, ...],
        language: str,
        today: date,
    ) -> tuple[Reply, Explanation]:
        """The parts as one reply; where none was found, what the message resembles is heard."""
        if not any(part.found for part in parts):
            doubted = self._reception.doubted(asked.question, bool(asked.history))
            if doubted is not None:
                return _turned(doubted, language), Explanation(f"like {doubted}", corrected, parts)
        reply = compose(parts, self._shelf, language, today)
        return reply, Explanation("decided", corrected, parts)

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
        corrected = self._listener.corrected(asked.question)
        query = self._understanding.query(corrected, self._listener.language(corrected))
        part = Part(query, Silent(None), None, "not_documented", entries[0].passage)
        reply = compose((part,), self._shelf, language, today)
        return reply, Explanation("vouched for by staff", corrected, (part,))

    def _queries(self, asked: Asked, programme: str | None) -> tuple[Query, ...]:
        return self._ears.queries(asked.question, asked.history, programme)

    def _part(self, query: Query, programme: str | None, today: date) -> Part:
        if programme is not None or len(self.programmes) < 2:
            for entry in self._settled.alike(query, programme, today)[:1]:
                return Part(query, Silent(None), None, "not_documented", entry.passage)
        decision = self._librarian.decide(query, programme)
        silence = self._silence(query)
        if isinstance(decision, Found) and not self._listener.elsewhere(query):
            return Part(query, decision, None, silence)
        if silence == "off_topic" or programme is None:
            return Part(query, Silent(decision.search), None, silence)
        return Part(query, decision, self._librarian.pointer(query, programme), silence)

    def _individual(self, programme: str | None) -> Part:
        query = self._understanding.query("")
        pointer = None
        for aspect in ("admission_conditions", "selection", "how_to_apply"):
            decision = self._librarian.asked_aspect(aspect, programme) if programme else None
            if isinstance(decision, Found):
                pointer = decision
                break
        return Part(query, Silent(None), pointer, "individual_case")

    def _silence(self, query: Query) -> Reason:
        """The reason of a refusal: nothing of the domain is off topic, the rest not documented."""
        if self._listener.elsewhere(query):
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
        hits = self._librarian.search(queries[0], None, 4 * CONSIDERED)
        near = [hit.passage.programme for hit in hits if hit.passage.programme in self.programmes]
        alike = self._settled.alike(queries[0], None, today)
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

    def _next_questions(
        self, programme: str | None, language: str, explanation: Explanation
    ) -> tuple[str, ...]:
        """Answered questions other than the one just asked."""
        asked = {
            part.query.aspects[0].aspect.question[language]
            for part in explanation.parts
            if part.query.aspects
        }
        return tuple(q for q in self.suggestions(programme, language) if q not in asked)[:3]

    def _whatever_the_day(self, question: str, programme: str, language: str) -> Reply:
        """The reply to a question as it is on every day to come."""
        return self._reply(Asked(question, programme), programme, language, date.max)[0]

    def _compared(self, programme: str) -> tuple[Disagreement, ...]:
        """What a programme's pages and staff state otherwise."""
        return disagreements(programme, self._contradictions, self.documents, self.answers)


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
