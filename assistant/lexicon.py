"""The lexicon: what candidates type and what universities write, as shared concepts.

`data/lexicon/` lists, for each concept, the words and short phrases that mean it in five
languages. A question and a passage that share no word may still share a concept; that is what
lets "c koi le taf après ?" meet "Débouchés professionnels" without a language model.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.language import SERVED as LANGUAGES
from assistant.language import is_little
from assistant.table import read_tables
from index.words import Token, terms


@dataclass(frozen=True, slots=True)
class Mention:
    """Concepts named by the tokens `[first, last)` of a text; none for a word that it lacks.

    `implied` adds the broader ones: "apprentissage" names apprenticeship and implies work-study.
    """

    first: int
    last: int
    concepts: frozenset[str]
    implied: frozenset[str]
    stems: tuple[str, ...]
    text: str


class Lexicon:
    """Finds concepts in text, the longest phrase first."""

    def __init__(
        self, entries: Mapping[str, Mapping[str, Sequence[str]]], fingerprint: str
    ) -> None:
        self.fingerprint = fingerprint
        self.concepts = frozenset(entries)
        self._phrases: dict[str, dict[tuple[str, ...], set[str]]] = {code: {} for code in LANGUAGES}
        self._longest: dict[str, dict[str, int]] = {code: {} for code in LANGUAGES}
        self.words: dict[str, str] = {}
        self._broader = _broader(entries)
        self._french: dict[str, dict[str, tuple[int, ...]]] | None = None
        self._sorted: dict[tuple[str, ...], tuple[str, ...]] = {}
        for concept, entry in entries.items():
            for language in LANGUAGES:
                for phrase in entry.get(language, ()):
                    self._add(concept, phrase, language)

    def _add(self, concept: str, phrase: str, language: str) -> None:
        found = terms(phrase)
        form = tuple(_form(token) for token in found)
        if not form:
            return
        self._phrases[language].setdefault(form, set()).add(concept)
        longest = self._longest[language]
        longest[form[0]] = max(longest.get(form[0], 0), len(form))
        for token in found:
            self.words.setdefault(token.text, language)

    def mentions(self, words: Sequence[Token], language: str = "fr") -> tuple[Mention, ...]:
        """The text cut into mentions, in order: phrases of the lexicon, else single words.

        French entries count in every language: candidates name the programme's things in French.
        A little word of the language is no mention on its own.
        """
        forms = [_form(word) for word in words]
        languages = ("fr",) if language == "fr" else (language, "fr")
        found = []
        position = 0
        while position < len(words):
            mention = self._longest_at(words, forms, position, languages)
            found.append(mention)
            position = mention.last
        return tuple(found)

    def implied(self, words: Sequence[Token]) -> list[str]:
        """The concepts that the mentions of a French text imply, one mention after the other."""
        lengths, known = self._lengths(), self._sorted
        # As `_form`, which would take a sixth of the time of a build.
        forms = [w.stem if len(w.stem) > 3 else w.text.removesuffix("s") for w in words]
        found: list[str] = []
        free = 0
        for position, form in enumerate(forms):
            if position < free or (below := lengths.get(form)) is None:
                continue
            second = forms[position + 1] if position + 1 < len(forms) else ""
            for length in below.get(second) or below[""]:
                if length == 1 and is_little(words[position].text, "fr"):
                    break
                phrase = tuple(forms[position : position + length])
                named = known.get(phrase) or self._implied(phrase)
                if named is not None:
                    found += named
                    free = position + length
                    break
        return found

    def _lengths(self) -> Mapping[str, Mapping[str, tuple[int, ...]]]:
        """By first word, then by second, how long French phrases are, the longest first.

        The empty second word stands for any other: only the first by itself may be a phrase then.
        """
        if self._french is None:
            found: dict[str, dict[str, set[int]]] = {}
            for form in self._phrases["fr"]:
                second = form[1] if len(form) > 1 else ""
                found.setdefault(form[0], {"": set()}).setdefault(second, set()).add(len(form))
            self._french = {
                first: {
                    second: tuple(sorted(each | below[""], reverse=True))
                    for second, each in below.items()
                }
                for first, below in found.items()
            }
        return self._french

    def _implied(self, form: tuple[str, ...]) -> tuple[str, ...] | None:
        known = self._sorted.get(form)
        if known is None and (concepts := self._phrases["fr"].get(form)) is not None:
            whole = concepts.union(*(self._broader[concept] for concept in concepts))
            known = self._sorted[form] = tuple(sorted(whole))
        return known

    def _longest_at(
        self, words: Sequence[Token], forms: Sequence[str], first: int, languages: Sequence[str]
    ) -> Mention:
        reach = max(self._longest[language].get(forms[first], 0) for language in languages)
        for length in range(min(reach, len(words) - first), 0, -1):
            if length == 1 and is_little(words[first].text, languages[0]):
                break
            form = tuple(forms[first : first + length])
            for language in languages:
                concepts = self._phrases[language].get(form)
                if concepts is not None:
                    return self._mention(words[first : first + length], first, frozenset(concepts))
        return self._mention(words[first : first + 1], first, frozenset())

    def _mention(self, run: Sequence[Token], first: int, concepts: frozenset[str]) -> Mention:
        return Mention(
            first,
            first + len(run),
            concepts,
            concepts.union(*(self._broader[concept] for concept in concepts)),
            tuple(token.stem for token in run),
            " ".join(token.text for token in run),
        )


def _form(token: Token) -> str:
    """What a word is compared by: its stem, or itself where the stem is too short to tell.

    "date" and "data" share the stem "dat".
    """
    stem = token.stem
    return stem if len(stem) > 3 else token.text.removesuffix("s")


def _broader(entries: Mapping[str, Mapping[str, Sequence[str]]]) -> dict[str, frozenset[str]]:
    """For each concept, the concepts that it implies (those that list it as narrower)."""
    parents: dict[str, set[str]] = {concept: set() for concept in entries}
    for concept, entry in entries.items():
        for narrower in entry.get("narrower", ()):
            parents.setdefault(narrower, set()).add(concept)
    return {concept: frozenset(_ancestors(concept, parents)) for concept in parents}


def _ancestors(concept: str, parents: Mapping[str, Iterable[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(parents.get(concept, ()))
    while waiting:
        parent = waiting.pop()
        if parent not in found:
            found.add(parent)
            waiting.extend(parents.get(parent, ()))
    return found


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The lexicon that comes with the project."""
    table, fingerprint = read_tables("lexicon")
    return Lexicon(table, fingerprint)
