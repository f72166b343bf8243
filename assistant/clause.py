"""Clauses: what in a message is asked, what only leads up to it, and where it asks twice."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.words import fold

# Words that open a question, on folded text.
_CUE = (
    r"(?:combien|comment|quand|pourquoi|quels?|quelles?|lesquels|laquelle|lequel|est ce (?:que"
    r"|qu)|qu est ce|qu (?=il|on)|"
    r"(?:a|de|avec|pour|vers|chez|sur|par|en|dans|jusqu a) (?:quels?|quelles?|qui|quoi|quand"
    r"|combien)|d ou|"
    r"faut il|faudra t il|peut on|peut il|pourra t on|puis je|dois je|doit on|y a t il|a t on"
    r"|est il|est elle|est on|sont ils|sont elles|"
    r"c est (?:quoi|combien|ou|quand|comment)|qui (?:est|sont|contacter|peut|dois|faut)|"
    r"how|what|when|where|which|who|why|is (?:it|there|the)|are (?:there|the|we|you)|can i"
    r"|can we|can you|do (?:i|you|we|they)|does|should i|must i|will (?:i|there|it)|"
    r"cuanto|cuanta|cuantos|cuantas|cual|cuales|como|cuando|donde|que|quien|hay|se puede|puedo|"
    r"wie|was|wann|wo|warum|welche[rsn]?|wer|gibt es|kann (?:ich|man)|muss (?:ich|man)|"
    r"quanto|quanta|quanti|quante|quale|quali|quando|dove|chi|c e|ci sono|si puo|posso)"
)
_STARTS = re.compile(
    rf"^(?:et |and |y |und |e |ou |mais |alors |donc |du coup |sinon |aussi |also |ok )*{_CUE}\b"
)
_ANYWHERE = re.compile(rf"\b{_CUE}\b")
_SECOND = re.compile(
    rf"(?:,? (?:et|and|y|und|e|ou|puis|ainsi que|plus|or) |, ?)(?=(?:aussi |aussi |also "
    rf"|si ){{0,1}}{_CUE}\b)"
    # "… et ça donne combien de crédits": a second sentence that asks further on.
    rf"| (?:et|and|y|und|e) (?=(?:ca|c|on|ils?|elles?|je|j|faut|ya|it|the|es|das|le|la|les)\b"
    rf"[^,]*\b{_CUE}\b)"
)
_ASKING = re.compile(
    r"\b(?:savoir|demand\w*|connaitre|renseign\w*|aimerai[st]?|voudrai[st]?|souhait\w*"
    r"|dites moi|dis moi|precis\w*|question|"
    r"know|tell me|wonder\w*|ask|would like|saber|quisiera|wissen|mochte|sapere|vorrei)\b"
)
_INDIRECT = re.compile(
    rf"(?:\b(?:savoir|demande|demandais|demander|know|wondering|wonder|saber|wissen|sapere"
    rf"|dire|dites moi|dis moi|preciser|connaitre|tell me)\b,? ?:? ?)(?=(?:si|s|if|whether"
    rf"|{_CUE})\b)"
    rf"|(?:, | et | : ?| donc | alors | du coup )(?={_CUE}\b)"
)
_SOMEONE = re.compile(
    r"\b(?:j|je|jsuis|jsui|mon|ma|mes|nous|nos|i|my|we|our|ich|mein\w*|wir|soy|tengo|estoy|mi|mis|sono"
    r"|ho|mio|mia|bonjour|bonsoir|hello|hi|hola|hallo|buongiorno|si|if|wenn|se)\b"
)
_ADDS = re.compile(r"\b(?:et|and|y|und|e|puis|ainsi que|plus)\b")
_LEAST_ASKED = 3
_LEAD = 5
"""A lead-in of fewer words belongs to the question ("le stage dure combien de temps")."""


@dataclass(frozen=True, slots=True)
class Clauses:
    """The questions of a message, and the rest of it, as folded text."""

    asked: tuple[str, ...]
    context: str


def clauses(message: str) -> Clauses:
    """Split a message into the questions it asks and what is only said around them."""
    sentences = [part for part in re.split(r"(?<=[.!?;…])\s+|\n+|(?<=\?)", message) if part.strip()]
    marked = [part for part in sentences if part.rstrip().endswith("?")]
    chosen = marked or [part for part in sentences if _is_asking(part)] or sentences
    context = [fold(part) for part in sentences if part not in chosen]
    asked: list[str] = []
    for part in chosen:
        lead, question = _without_lead(_flat(part))
        if lead:
            context.append(lead)
        pieces = _SECOND.split(question)
        joints = _SECOND.findall(question)
        while len(pieces) > 1 and _only_says(pieces[0], joints.pop(0)):
            context.append(pieces.pop(0))  # "je suis salarié, puis-je …" only says who asks
        asked.extend(pieces)
    return Clauses(tuple(_merged(asked)), " ".join(context))


def _is_asking(sentence: str) -> bool:
    folded = _flat(sentence)
    return bool(_STARTS.search(folded)) or bool(_ASKING.search(folded))


def _only_says(piece: str, joint: str) -> bool:
    """Whether a piece before another asks nothing: it has no question word, and no "and" joins it
    to the next, or it tells of someone, or it is too short to say what it asks."""
    if _ANYWHERE.search(piece):
        return False
    told = not _ADDS.search(joint) or _SOMEONE.search(piece)
    return bool(told) or len(piece.split()) < _LEAST_ASKED


def _flat(text: str) -> str:
    return re.sub(r"\s*[?!.;…]+\s*$", "", fold(text)).strip()


def _without_lead(sentence: str) -> tuple[str, str]:
    """The words before the first thing asked, when they are many, and the question itself."""
    match = _INDIRECT.search(sentence)
    if match and len(sentence[: match.end()].split()) >= _LEAD and not _STARTS.search(sentence):
        lead = sentence[: match.end()]
        if not _ANYWHERE.search(sentence[: match.start()]):
            return lead, sentence[match.end() :]
    return "", sentence


def _merged(pieces: list[str]) -> list[str]:
    """Pieces of one word ("et comment") say nothing alone: they go with the one before."""
    merged: list[str] = []
    for piece in pieces:
        piece = piece.strip(" ,")
        if (
            merged
            and len(piece.split()) < 2
            and not re.fullmatch(r"quand|combien|ou|when|where|comment|how|pourquoi|why", piece)
        ):
            merged[-1] = f"{merged[-1]} {piece}"
        elif piece:
            merged.append(piece)
    return merged[:4]


def as_typed(message: str, clause: str) -> str:
    """The run of a message that a folded clause of it came from, accents and all.

    The encoder reads "durée" better than "duree". The clause itself when it is not found.
    """
    pieces = [(match.start(), match.end()) for match in re.finditer(r"[^\s'’-]+", message)]
    words = [_bare(message[start:end]) for start, end in pieces]
    sought = [bare for word in clause.split() if (bare := _bare(word))]
    for first in range(len(words) - len(sought) + 1):
        if sought and words[first : first + len(sought)] == sought:
            return message[pieces[first][0] : pieces[first + len(sought) - 1][1]]
    return clause


def _bare(word: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(word))
