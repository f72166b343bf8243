"""The desk: where a question comes in and a reply goes out.

    question -> reception -> corrected -> clauses -> queries (history) -> programme
             -> answered by staff? -> search -> decide -> compose

A desk serves one generation of the index with one set of staff's answers and never changes; a new
generation gets a new desk, and so does a new set of answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from datetime import date

from assistant.affinity import Affinity
from assistant.answer import Clarify, Reply, Smalltalk
from assistant.contradiction import Contradictions
from assistant.disagreement import Disagreement, disagreements
from assistant.exchange import Asked, Explanation, Outcome
from assistant.intent import Intents
from assistant.librarian import Librarian, Trial
from assistant.listener import Listener
from assistant.message import Messages
from assistant.policy import Policy
from assistant.programme import Programmes
from assistant.query import Query, Understanding
from assistant.reception import Reception
from assistant.respondent import Respondent
from assistant.settled import Ears, Settled, Shelf
from assistant.staff_answer import StaffAnswer
from assistant.survey import Survey
from corpus.document import Document
from corpus.passage import Passage
from index.generation import Index
from index.hit import Hit


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
        understood = (self._reception, self._intents, self._understanding, self._ears)
        looked_up = (self._librarian, settled, self._shelf)
        self._respondent = Respondent(self.programmes, *understood, *looked_up)

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
        asked_in = self._listener.language(asked.question)
        language = "fr" if (asked.language or asked_in) == "fr" else "en"
        programme = asked.programme or self._programmes.named_in(asked.question, asked.history)
        reply, explanation = self._respondent.reply(asked, programme, language, today)
        suggestions: tuple[str, ...] = ()
        if not isinstance(reply, Clarify | Smalltalk) or not asked.history:
            suggestions = self._next_questions(programme, language, explanation)
        return Outcome(reply, language, programme, suggestions, self.index, explanation, asked_in)

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
        queries = self._respondent.queries(asked, programme)
        return tuple(self._librarian.trial(query, programme) for query in queries if query.keys)

    def queries(self, asked: Asked) -> tuple[Query, ...]:
        """What a question is understood as, part by part, after what was asked before it."""
        named = asked.programme or self._programmes.named_in(asked.question, asked.history)
        return self._respondent.queries(asked, named)

    def reply(self, asked: Asked, today: date) -> Reply:
        """The reply alone, without what may be asked next."""
        programme = asked.programme or self._programmes.named_in(asked.question, asked.history)
        language = "fr" if asked.language in (None, "fr") else "en"
        return self._respondent.reply(asked, programme, language, today)[0]

    def settling(self, asked: Asked, today: date) -> tuple[StaffAnswer, ...]:
        """The answers of staff that a question may get; two desks over one index, which have the
        same ones for a question, give it the same reply.
        """
        named = asked.programme or self._programmes.named_in(asked.question, asked.history)
        return self._respondent.settling(asked, named, today)

    def suggestions(self, programme: str | None, language: str) -> tuple[str, ...]:
        """Questions to start from, every one of which is answered."""
        if programme is None and len(self.programmes) == 1:
            programme = next(iter(self.programmes))
        return self.survey.suggestions(programme, language) if programme else ()

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
        return self._respondent.reply(Asked(question, programme), programme, language, date.max)[0]

    def _compared(self, programme: str) -> tuple[Disagreement, ...]:
        """What a programme's pages and staff state otherwise."""
        return disagreements(programme, self._contradictions, self.documents, self.answers)
