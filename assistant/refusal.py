"""Refusal: why a question was not answered, in words for staff."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Protocol

from assistant.asking import lacks
from assistant.aspect import Aspect
from assistant.case import Group
from assistant.composition import Part
from assistant.decision import Found
from assistant.evidence import Evidence
from assistant.exchange import Asked, Outcome
from assistant.key import Key
from assistant.query import Query


class Desk(Protocol):
    """Answers questions."""

    def problems(self) -> tuple[str, ...]:
        """Why it cannot; empty when it can."""

    def ask(self, asked: Asked, today: date) -> Outcome:
        """The reply with its explanation."""


def why(desk: Desk, group: Group, today: date, language: str) -> tuple[str, ...]:
    """Why the question that speaks for a group is not answered now; none when it cannot be asked.

    `language` is "fr" or "en".
    """
    if desk.problems() or not group.cases:
        return ()
    case = next(
        (each for each in group.cases if each.question == group.representative), group.cases[0]
    )
    outcome = desk.ask(Asked(case.question, case.programme, None, case.history), today)
    return reasons_in_words(outcome, language)


def reasons_in_words(outcome: Outcome, language: str) -> tuple[str, ...]:
    """An outcome explained, in sentences, each once; `language` is "fr" or "en"."""
    explanation = outcome.explanation
    words = _WORDS[language]
    if explanation.rule in words and not explanation.parts:
        return (words[explanation.rule],)
    said = [line for part in explanation.parts for line in _of_part(part, words, language)]
    if explanation.rule in words:
        said.insert(0, words[explanation.rule])
    return tuple(dict.fromkeys(said))


def _of_part(part: Part, words: Mapping[str, str], language: str) -> Iterator[str]:
    query, search = part.query, part.decision.search
    if query.aspects:
        yield words["understood"].format(aspect=_label(query.aspects[0].aspect, language))
    if isinstance(part.decision, Found) or part.found:
        yield words["answered"]
    elif search is None or not search.ranked:
        yield words["nothing"]
    else:
        yield _of_passage(search.ranked[0][1], query, words)
        if part.pointer is not None:
            yield words["pointer"].format(place=_place(part.pointer.chosen[0]))


def _of_passage(evidence: Evidence, query: Query, words: Mapping[str, str]) -> str:
    place = _place(evidence)
    missing = sorted(evidence.missing, key=_weight, reverse=True)[:3]
    if missing:
        names = ", ".join(f"« {key.text} »" for key in missing)
        return words["missing"].format(place=place, words=names)
    if lacks(query.text, query.expects, evidence.subject.kinds):
        return words["kind"].format(place=place, kind=words[f"kind_{query.expects}"])
    return words["unsure"].format(place=place)


def _weight(key: Key) -> float:
    return key.weight


def _place(evidence: Evidence) -> str:
    headings = evidence.hit.passage.headings
    return " › ".join(headings[-2:]) or evidence.hit.passage.document


def _label(aspect: Aspect, language: str) -> str:
    return aspect.label[language]


_WORDS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "unsafe": "La question a été tenue pour injurieuse ou dangereuse.",
        "off topic": "La question ne porte pas sur les études.",
        "individual case": "On y demande de juger un dossier : l'assistant ne le fait jamais.",
        "no weighty word": "Aucun de ses mots ne dit sur quoi elle porte.",
        "several programmes fit": "Plusieurs formations y répondent et aucune n'était nommée.",
        "understood": "Comprise comme une question sur : {aspect}.",
        "answered": "La documentation y répond maintenant.",
        "nothing": "Aucun passage de la documentation ne s'en approche.",
        "missing": "Le passage le plus proche (« {place} ») ne parle pas de {words}.",
        "kind": "Le passage le plus proche (« {place} ») ne donne pas {kind}.",
        "unsure": "Le passage le plus proche (« {place} ») n'y répond pas assez sûrement.",
        "pointer": "À la place, l'assistant a montré « {place} ».",
        "kind_money": "de montant",
        "kind_date": "de date",
        "kind_duration": "de durée",
        "kind_number": "de nombre",
        "kind_place": "de lieu",
        "kind_link": "d'adresse",
    },
    "en": {
        "unsafe": "The question was taken for abusive or dangerous.",
        "off topic": "The question is not about studies.",
        "individual case": "It asks to judge an application: the assistant never does.",
        "no weighty word": "None of its words says what it is about.",
        "several programmes fit": "Several programmes answer it and none was named.",
        "understood": "Understood as a question about: {aspect}.",
        "answered": "The documentation answers it now.",
        "nothing": "No passage of the documentation comes near it.",
        "missing": "The nearest passage (“{place}”) says nothing of {words}.",
        "kind": "The nearest passage (“{place}”) does not give {kind}.",
        "unsure": "The nearest passage (“{place}”) does not answer it surely enough.",
        "pointer": "The assistant showed “{place}” instead.",
        "kind_money": "an amount",
        "kind_date": "a date",
        "kind_duration": "a length of time",
        "kind_number": "a number",
        "kind_place": "a place",
        "kind_link": "an address",
    },
}
