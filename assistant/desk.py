"""The desk: where a question comes in and a reply goes out.

    question -> intent? -> corrected -> clauses -> queries (history) -> programme
             -> search -> decide -> compose

A desk serves one generation of the index and never changes; a new generation gets a new desk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from assistant.affinity import Affinity, Nearness
from assistant.answer import Abstention, Answer, Choice, Clarify, Reason, Reply, Segment, Smalltalk
from assistant.clause import as_typed, clauses
from assistant.composition import Part, compose
from assistant.decision import Decision, Found, Silent, decide
from assistant.evidence import Candidate
from assistant.history import Conversation
from assistant.intent import Intents
from assistant.key import names_in
from assistant.language import detect_language
from assistant.phrases import phrase
from assistant.policy import Policy
from assistant.programme import Programmes
from assistant.query import Query, Understanding
from assistant.spelling import Spelling
from assistant.subject import subjects
from corpus.document import Document
from index.encoder import EncoderUnavailable, Vectors
from index.generation import Index
from index.hit import Hit
from index.words import fold

CONSIDERED = 32
"""Passages that a decision looks at."""
_REMEMBERED = 4
"""Earlier questions that a follow-up may reach back to."""
_SUGGESTED = 6
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


@dataclass(frozen=True, slots=True)
class Trial:
    """What one query is decided on, for fitting the policy."""

    query: Query
    candidates: tuple[Candidate, ...]
    nearness: Nearness | None


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
    ) -> None:
        self._index = index
        self._policy = policy
        self._intents = intents
        self._affinity = affinity
        self._understanding = understanding
        self._lexicon = lexicon = understanding.lexicon
        self._aspects = aspects = understanding.aspects
        self._conversation = Conversation(self._understanding)
        self._spelling = Spelling(lexicon.words)
        self._subject_of = subjects(lexicon, tuple(aspects.values()))
        self._nearness_of = lru_cache(maxsize=20_000)(self._passage_nearness)
        self._programmes = Programmes(index.programmes)
        self._pointed: Callable[[str, str], Decision] = lru_cache(maxsize=10_000)(self._ask_aspect)
        self._suggested = lru_cache(maxsize=2_000)(self._find_suggestions)

    @property
    def index(self) -> str:
        """The name of the generation served."""
        return self._index.name

    @property
    def programmes(self) -> Mapping[str, str]:
        """Programme ids and titles."""
        return self._index.programmes

    @property
    def documents(self) -> Mapping[str, Document]:
        """The documents by id."""
        return self._index.documents

    def problems(self) -> tuple[str, ...]:
        """Why the desk is not ready; empty when it is."""
        return () if self._index.passages else ("The index holds no passage.",)

    def ask(self, asked: Asked, today: date) -> Outcome:
        """Reply to a question; abstaining is a reply, not an error."""
        language = asked.language or detect_language(asked.question, self._lexicon.words)
        language = "fr" if language == "fr" else "en"
        programme = asked.programme or self._programmes.named_in(asked.question, asked.history)
        reply, explanation = self._reply(asked, programme, language, today)
        suggestions: tuple[str, ...] = ()
        if not isinstance(reply, Clarify | Smalltalk) or not asked.history:
            suggestions = self._next_questions(programme, language, explanation)
        return Outcome(reply, language, programme, suggestions, self.index, explanation)

    def search(self, question: str, programme: str | None, k: int) -> tuple[Hit, ...]:
        """The passages nearest to a question, best first."""
        query = self._understanding.query(self._corrected(question), self._language(question))
        return self._search(query, self._encoded(query), programme, k)

    def trials(self, asked: Asked) -> tuple[Trial, ...]:
        """What each part of a question is decided on; none when no search is made for it."""
        programme = asked.programme or self._programmes.named_in(asked.question, asked.history)
        intents = self._intents
        stopped = (intents.unsafe, intents.smalltalk, self._off_topic, intents.individual)
        if programme is None or any(stop(asked.question) for stop in stopped):
            return ()
        queries = self._queries(asked.question, asked.history, programme)
        return tuple(self._trial(query, programme) for query in queries if query.keys)

    def suggestions(self, programme: str | None, language: str) -> tuple[str, ...]:
        """Questions to start from, every one of which is answered."""
        if programme is None and len(self.programmes) == 1:
            programme = next(iter(self.programmes))
        return self._suggested(programme, language) if programme else ()

    def _reply(
        self, asked: Asked, programme: str | None, language: str, today: date
    ) -> tuple[Reply, Explanation]:
        question = asked.question
        if self._intents.unsafe(question):
            return _abstention("unsafe", language), Explanation("unsafe")
        small = self._intents.smalltalk(question)
        if small is not None:
            return Smalltalk((Segment(phrase(small, language), None),)), Explanation(small)
        if self._off_topic(question):
            return _abstention("off_topic", language), Explanation("off topic")
        if self._intents.individual(question):
            part = self._individual(programme)
            return compose((part,), self._index, language, today), Explanation(
                "individual case", "", (part,)
            )
        corrected = self._corrected(question)
        queries = self._queries(question, asked.history, programme)
        if not any(query.keys for query in queries):
            return _abstention("unclear", language), Explanation("no weighty word", corrected)
        if programme is None and len(self.programmes) > 1:
            return self._among_programmes(corrected, queries, language, today)
        parts = tuple(self._part(query, programme) for query in queries)
        return compose(parts, self._index, language, today), Explanation(
            "decided", corrected, parts
        )

    def _off_topic(self, question: str) -> bool:
        """Whether it is a known other subject and names nothing of studies beside it."""
        if not self._intents.off_topic(question):
            return False
        query = self._understanding.query(question, self._language(question))
        return query.concepts.isdisjoint(_OURS)

    def _queries(
        self, question: str, history: tuple[str, ...], programme: str | None
    ) -> tuple[Query, ...]:
        neutral = self._programmes.neutral(programme)
        corrected = self._corrected(question)
        language, names = self._language(corrected), names_in(question)
        earlier: list[Query] = []
        for said in history[-_REMEMBERED:]:
            spoken = self._language(said)
            for clause in clauses(self._corrected(said)).asked:
                query = self._understanding.query(self._intents.stripped(clause), spoken, neutral)
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

    def _language(self, text: str) -> str:
        return detect_language(text, self._lexicon.words)

    def _corrected(self, text: str) -> str:
        return self._spelling.corrected(text, self._index.vocabulary, self._language(text))

    def _part(self, query: Query, programme: str | None) -> Part:
        decision = self._decide(query, programme)
        silence = self._silence(query)
        if isinstance(decision, Found) and not self._elsewhere(query):
            return Part(query, decision, None, silence)
        if silence == "off_topic" or programme is None:
            return Part(query, Silent(decision.search), None, silence)
        return Part(query, decision, self._pointer(query, programme), silence)

    def _decide(self, query: Query, programme: str | None) -> Decision:
        trial = self._trial(query, programme)
        return decide(query, trial.candidates, trial.nearness, self._policy)

    def _trial(self, query: Query, programme: str | None) -> Trial:
        vector = self._encoded(query)
        hits = self._search(query, vector, programme, CONSIDERED)
        nearness = None
        if self._affinity is not None and vector is not None:
            nearness = self._affinity.of_question(vector)
        candidates = tuple(
            Candidate(hit, self._subject_of(hit.passage), self._nearness_of(hit.passage.id))
            for hit in hits
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

    def _pointer(self, query: Query, programme: str) -> Found | None:
        """What helps when the thing asked is not documented: an aspect that it points to."""
        if not query.aspects or query.aspects[0].score < self._policy.pointer:
            return None
        for aspect in query.aspects[0].aspect.pointer:
            decision = self._pointed(aspect, programme)
            if isinstance(decision, Found) and aspect in decision.chosen[0].subject.aspects:
                return decision
        return None

    def _ask_aspect(self, aspect: str, programme: str) -> Decision:
        return self._decide(
            self._understanding.query(self._aspects[aspect].question["fr"]), programme
        )

    def _individual(self, programme: str | None) -> Part:
        query = self._understanding.query("")
        pointer = None
        for aspect in ("admission_conditions", "selection", "how_to_apply"):
            decision = self._pointed(aspect, programme) if programme else None
            if isinstance(decision, Found):
                pointer = decision
                break
        return Part(query, Silent(None), pointer, "individual_case")

    def _silence(self, query: Query) -> Reason:
        """The reason of a refusal: nothing of the domain is off topic, the rest not documented."""
        if self._elsewhere(query):
            return "off_topic"
        if query.aspects or any(key.concepts for key in query.keys):
            return "not_documented"
        return "off_topic"

    def _elsewhere(self, query: Query) -> bool:
        """Whether it asks about studies at a place that the documentation never names."""
        named = any(key.is_name and key.text not in self._index.vocabulary for key in query.keys)
        studies = not query.concepts.isdisjoint(_STUDIES)
        return named and studies and not _OWN.search(fold(query.text))

    def _among_programmes(
        self, corrected: str, queries: tuple[Query, ...], language: str, today: date
    ) -> tuple[Reply, Explanation]:
        """No programme is named: the only one that answers does; if several could, ask which."""
        hits = self._search(queries[0], self._encoded(queries[0]), None, 4 * CONSIDERED)
        near = [hit.passage.programme for hit in hits if hit.passage.programme in self.programmes]
        candidates = list(dict.fromkeys(near))[:_PROGRAMMES_ASKED]
        answers = {id: tuple(self._part(query, id) for query in queries) for id in candidates}
        fitting = [id for id, parts in answers.items() if any(part.helps for part in parts)]
        if len(fitting) > 1:
            choices = tuple(
                Choice(id, self.programmes[id]) for id in self.programmes if id in fitting
            )
            clarify = Clarify((Segment(phrase("clarify", language), None),), choices)
            return clarify, Explanation("several programmes fit", corrected, answers[fitting[0]])
        chosen = fitting[0] if fitting else next(iter(answers), None)
        parts = answers[chosen] if chosen else tuple(self._part(query, None) for query in queries)
        return compose(parts, self._index, language, today), Explanation(
            "decided", corrected, parts
        )

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

    def _find_suggestions(self, programme: str, language: str) -> tuple[str, ...]:
        found: list[str] = []
        for aspect in self._aspects.values():
            question = aspect.question[language]
            reply, _ = self._reply(Asked(question, programme), programme, language, date.max)
            if isinstance(reply, Answer):
                found.append(question)
            if len(found) == _SUGGESTED:
                break
        return tuple(found)


def _abstention(reason: Reason, language: str) -> Abstention:
    return Abstention(reason, (Segment(phrase(reason, language), None),))
