"""Intents: what is typed to the assistant but asks nothing of the documentation.

Patterns stand in `data/intents.toml`, readable by staff. A greeting before a question does not
hide the question: what is left after the courtesies decides.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from assistant.language import frame_stems, is_little
from index.words import FUNCTION_WORDS, Token, fold, tokens

_COURTESIES = ("greeting", "thanks", "goodbye", "wellbeing")
_UNSAFE = ("injection", "insult")
_MARKUP = re.compile(r"<\s*/?\s*[a-z!][^>]*>?|javascript:|\{\{|\$\{|%3c|&#x?\d", re.IGNORECASE)
# Emoji, their older relatives among the symbols, and faces typed with punctuation.
_PICTURE = re.compile(
    "[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]|[:;=8]['-]?[()/|*]|<3|\\^\\^"
)
_LAUGHTER = re.compile(
    r"(?:[hj]?[aei]?(?:[hj][aei]+){1,}[hj]?|x+d+|lo+l(?:ilol|ol)*|l+m+f?a+o+|rofl|x?p?m?t?d+r+|x?ptd+r+)"
)
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")


@dataclass(frozen=True, slots=True)
class Intents:
    """The compiled patterns, by intent."""

    patterns: dict[str, re.Pattern[str]]

    def unsafe(self, question: str) -> bool:
        """Insults, injections and markup, wherever they stand in the question."""
        folded = _spaced(question)
        return bool(_MARKUP.search(question)) or any(
            self.patterns[name].search(folded) for name in _UNSAFE
        )

    def smalltalk(self, question: str) -> str | None:
        """The courtesy or question about the assistant that is all the message says."""
        folded = _spaced(question)
        if not folded.strip():
            return "acknowledgement" if _PICTURE.search(question) else None
        left = self.patterns["nod"].sub(" ", folded).split()
        if all(_LAUGHTER.fullmatch(word) for word in left) and "?" not in question:
            return "acknowledgement"
        for name in ("identity", *_COURTESIES):
            match = self.patterns[name].search(folded)
            if match and self._substance(self.patterns[name].sub(" ", folded)) <= _left(
                name, match
            ):
                return name
        return None

    def _substance(self, folded: str) -> int:
        """How many words carry a subject, courtesies aside."""
        for name in (*_COURTESIES, "address"):
            folded = self.patterns[name].sub(" ", folded)
        return sum(not _is_filler(token) for token in tokens(folded))

    def stripped(self, clause: str) -> str:
        """A folded clause without the courtesies at its two ends."""
        text = _spaced(clause)
        while True:
            for name in _COURTESIES:
                for match in self.patterns[name].finditer(text):
                    if match.start() == 0 and match.end() < len(text) - 1:
                        text = text[match.end() :]
                        break
                    if match.end() >= len(text) - 1 and match.start() > 0:
                        text = f"{text[: match.start()]} "
                        break
                else:
                    continue
                break
            else:
                return text.strip()

    def individual(self, question: str) -> bool:
        """Whether a judgement of the candidate's own case is asked."""
        return bool(self.patterns["individual"].search(_spaced(question)))

    def off_topic(self, question: str) -> bool:
        """Whether it is one of the things that candidates ask any machine."""
        return bool(self.patterns["off_topic"].search(_spaced(question)))


def _left(name: str, match: re.Match[str]) -> int:
    """How many words with a subject may be left beside a pattern before it is a real question.

    "Es-tu un robot" says what it asks; "c'est quoi" says it only when nothing follows.
    """
    return 3 if name == "identity" and len(match[0].split()) >= _TELLING else 0


_TELLING = 4


def _is_filler(token: Token) -> bool:
    return (
        token.text in FUNCTION_WORDS
        or len(token.text) < 2
        or any(
            is_little(token.text, language) or token.stem in frame_stems(language)
            for language in ("fr", "en")
        )
    )


def _spaced(text: str) -> str:
    """Folded text with only words and single spaces, spaces at both ends."""
    text = _DRAWN_OUT.sub(r"\1", fold(text))
    return f" {' '.join(re.findall(r'[a-z0-9]+(?:[.,/][0-9]+)?', text))} "


def _compiled(patterns: list[str]) -> re.Pattern[str]:
    longest_first = sorted(patterns, key=len, reverse=True)
    return re.compile("|".join(f"(?:{_expression(pattern)}(?= ))" for pattern in longest_first))


def _expression(pattern: str) -> str:
    """A readable pattern as a regular expression over words that each follow one space."""
    return "".join(_word(word) for word in _top_level_words(pattern.replace("*", " * ")))


def _word(word: str) -> str:
    if word == "*":
        return r"(?: [a-z0-9.,/]+){0,4}?"
    if word.startswith("(") and word.endswith(")?") and _depths(word).index(0) == len(word) - 2:
        return f"(?: {word[:-1]})?"
    return f" {word}"


def _top_level_words(pattern: str) -> list[str]:
    """The pattern cut at the spaces that stand in no parenthesis."""
    marked = "".join(
        "\n" if character == " " and depth == 0 else character
        for character, depth in zip(pattern, _depths(pattern), strict=True)
    )
    return [word for word in marked.split("\n") if word]


def _depths(pattern: str) -> list[int]:
    """How many parentheses are open after each character."""
    depth, depths = 0, []
    for character in pattern:
        depth += (character == "(") - (character == ")")
        depths.append(depth)
    return depths


@lru_cache(maxsize=1)
def load_intents() -> Intents:
    """The intents that come with the project."""
    table = tomllib.loads(files("assistant").joinpath("data/intents.toml").read_text("utf-8"))
    return Intents({name: _compiled(entry["patterns"]) for name, entry in table.items()})
