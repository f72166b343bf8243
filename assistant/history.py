"""History: what a follow-up leaves unsaid, taken from the questions before it.

A question says two kinds of thing: a topic (the internship, work-study) and what is asked of it
(how long, how much). "Et en alternance ?" changes the topic and keeps the thing asked; "et c'est
payé ?" keeps the topic and changes the thing asked; a question with both stands alone. A new topic
takes the place of those of its own class: another year of the same internship, not another year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.asking import asked_kind
from assistant.clause import as_typed
from assistant.expectation import MONTHS
from assistant.key import Key
from assistant.query import Query, Understanding
from assistant.topic import ATTRIBUTES, TOPICS, YEARS, classes
from index.words import fold

_FOLLOWING = (
    r"^(?:(?:ah|ok|oui|non|d accord|merci|tres bien|bon|et|and|y|und|e|mais|but|ou|donc|so|alors"
    r"|du coup|sinon|meme|pareil|idem|aussi|also|what about|how about|same|meme chose)\b[ ,.]*)*"
)
_OPENING = re.compile(_FOLLOWING)
_OPENS = re.compile(
    r"^(?:ah |ok |oui |non |d accord |merci |tres bien |bon )*(?:et|and|y|und|e|mais|but|ou"
    r"|donc|so|alors|du coup|sinon|what about|how about|same|pareil|meme chose|idem)\b"
)
_POINTS = re.compile(
    r"\b(?:il|elle|ils|elles|ca|cela|celui|celle|ceux|celles|y|en (?:a|ont|faut)|lui|leur"
    r"|la dedans|ce dernier|cette derniere|"
    r"it|they|that|this|those|these|them|one|ones|lo|la|eso|esto|das|es|sie|dies|questo|quello)\b"
)
_CORRECTS = re.compile(
    r"^(?:non|no|nein|pas ca|mais non|nan)\b.*\b(?:parlais?|parle|voulais?|demandais?|demande"
    r"|meant|mean|talking|asked|plutot)\b"
)
# A pronoun for something named before, the subject or the object of what is asked; not the
# impersonal one ("faut-il", "il y a").
_ASKS_FIRST = (
    r"(?:(?:combien|quand|ou|comment|pourquoi|a quoi|que|quoi|quels?|quelles?)\b(?: \w+){0,3}? )?"
)
_REFERS = re.compile(
    _FOLLOWING + rf"(?:est ce qu |{_ASKS_FIRST})(?:elles?|ils?)\b"
    r"(?! (?:y a|faut|existe|est (?:possible|obligatoire|necessaire)\b))"
    r"|\b(?:peut|peux|on|je|pour|doit|dois) (?:on |je )?(?:le|la|les|l|y|en) \w+(?:er|ir|re)\b"
    r"|\b(?:do|take|have|get|pay) (?:it|them)\b|^(?:[a-z]+ ){0,3}(?:is|are|does|do) (?:it|they)\b"
)
_IMPERSONAL = re.compile(r"\b(?:faut|y a t|existe t|se passe t|se peut|est|a t) (?:il|elle)s?\b")
# "Et en alternance", "and for the second year", "et celui de M2", "et quand on est boursier": the
# circumstance in which what was asked is asked again.
_CIRCUMSTANCE = re.compile(
    _FOLLOWING
    + r"(?:en|pour|pr|a|au|aux|chez|dans|avec|sans|apres|avant|pendant|du|des|de|sur|sous"
    r"|directement|cel(?:ui|le|les)|ceux|l autre|les autres|les deux"
    r"|(?:quand|lorsqu|si) (?:on|je|j|tu|t) (?:est|suis|es|ai|as|a)"
    r"|for|in|with|without|after|before|at|from|as|(?:if|when) (?:i m|i am|you are|you re)"
    r"|the ones?|the other|both"
    r"|para|con|sin|desde|fur|mit|ohne|im|nach|bei|ab|per|nel|nella|da|dal|dalla|quell[aeio])\b"
)
_CLAUSE = re.compile(
    r"\b(?:je|j|tu|il|elle|ils|elles|on|nous|vous|c est|y a|est ce|faut|peut|i|we|do|does|is|are"
    r"|can|must|kann|muss|gibt|ist|hay|se puede|c e|si puo)\b"
)
_PREPOSITION = "en|pour|a|au|aux|chez|dans|avec|du|des|de|in|for|at|with|im|fur|para|per"
_MONTH = re.compile(MONTHS)
_OTHER = re.compile(r"\b(?:autres?|other|others|otr[oa]s?|ander\w*|altr[oaie])\b")
_ORDINAL = re.compile(
    r"\b(?:(?P<fr>premiere|deuxieme|seconde|troisieme|1ere|2e(?:me)?|3e(?:me)?|derniere)"
    r"|(?P<en>first|second|third|final|last)|(?P<es>primero|segundo|tercero)"
    r"|(?P<de>ersten|zweiten|dritten|letzten)|(?P<it>primo|secondo|terzo))\W*$"
)
_YEAR = {"fr": "année", "en": "year", "es": "año", "de": "jahr", "it": "anno"}
_LONGEST_CIRCUMSTANCE = 8
_SHORT = 5


class Conversation:
    """Completes a question from the earlier ones."""

    def __init__(self, understanding: Understanding) -> None:
        self._understanding = understanding

    def completed(self, query: Query, earlier: Sequence[Query]) -> Query:
        """The query with what it leaves unsaid, from the last earlier one that says it."""
        if not earlier or not depends(query):
            return query
        query = self._of_a_year(query, earlier[-1])
        if asks_again(query):
            return self._again(query, earlier[-1])
        return self._on_topic(query, earlier[-1])

    def _of_a_year(self, query: Query, previous: Query) -> Query:
        """The query with the year that an ordinal alone means after a year ("en troisième ?")."""
        ordinal = _ORDINAL.search(fold(query.text))
        if ordinal is None or not any(classes(key.concepts) & YEARS for key in previous.keys):
            return query
        year = _YEAR[str(ordinal.lastgroup)]
        return self._understanding.query(f"{query.text.rstrip(' ?!.')} {year}")

    def _again(self, query: Query, previous: Query) -> Query:
        """What was asked before, asked of another topic or under another circumstance."""
        text, said, asked = previous.text, fold(previous.text), fold(query.text)
        kept = list(previous.keys)
        placed = []
        for key in query.keys:
            for rival in [old for old in kept if _rivals(old, key, said, asked)]:
                kept.remove(rival)
                new = "" if key in placed else as_typed(query.text, key.text)
                text = text.replace(as_typed(text, rival.text), new)
                placed.append(key)
        if _OTHER.search(asked):  # what is named is the one that is not meant
            for named in [key for key in kept if not key.concepts]:
                kept.remove(named)
                text = text.replace(as_typed(text, named.text), "")
        if len(placed) < len(query.keys):
            text = f"{text} {as_typed(query.text, _OPENING.sub('', asked) or asked)}"
        known = {key.units for key in query.keys}
        kept = [key for key in kept if key.units not in known]
        gone = [key for key in previous.keys if key not in kept]
        concepts = previous.concepts.difference(*(key.concepts for key in gone))
        return self._understanding.assembled(
            " ".join(text.split()),
            (*query.keys, *kept),
            query.concepts | concepts,
            previous.expects,
        )

    def _on_topic(self, query: Query, previous: Query) -> Query:
        """What is asked, of the topic that was asked about before."""
        topics = [key for key in query.keys if is_topic(key)]
        carried = list(previous.keys)
        if query.keys:
            carried = [key for key in previous.keys if is_topic(key)]
            carried = [key for key in carried if not any(_rivals(key, own) for own in topics)]
        if any(not _is_narrow(key) for key in carried):
            carried = [_lighter(key, 0.5) if _is_narrow(key) else key for key in carried]
        if not carried and not topics:
            carried = [_lighter(key, 0.4) for key in previous.keys]
        known = {key.units for key in query.keys}
        added = [key for key in carried if key.units not in known]
        if not added:
            return query
        keeps_kind = not query.keys and asked_kind(query.text) is None
        return self._understanding.assembled(
            f"{' '.join(key.text for key in added)} {query.text}",
            (*query.keys, *added),
            query.concepts.union(*(key.concepts for key in added)),
            query.expects or (previous.expects if keeps_kind else None),
        )


def asks_again(query: Query) -> bool:
    """Whether a follow-up only changes of what, where or for whom the same is asked."""
    if not query.keys or asked_kind(query.text) is not None:
        return False
    folded = fold(query.text)
    opening = _CIRCUMSTANCE.search(folded)
    if _CLAUSE.search(folded[opening.end() :] if opening else folded):
        return False
    if opening and len(folded.split()) <= _LONGEST_CIRCUMSTANCE:
        return True
    return all(is_topic(key) for key in query.keys)


def depends(query: Query) -> bool:
    """Whether a question reads like a follow-up: it opens, corrects or says half a question."""
    folded = fold(query.text)
    if _OPENS.search(folded) or _CORRECTS.search(folded) or _refers(folded):
        return True
    if any(is_topic(key) or _stands_alone(key) for key in query.keys):
        return False
    short = len(query.keys) <= 1 and len(folded.split()) <= _SHORT
    return short or bool(_POINTS.search(folded))


def _refers(folded: str) -> bool:
    return bool(_REFERS.search(folded)) and not _IMPERSONAL.search(folded)


def is_topic(key: Key) -> bool:
    """Whether a key names what the question is about rather than what it asks of it."""
    return not key.concepts.isdisjoint(TOPICS)


def _rivals(old: Key, new: Key, said: str = "", asked: str = "") -> bool:
    """Whether a new key takes an old one's place: a year a year's, a number a number's.

    Of words that no class knows, one does that stands behind the same preposition.
    """
    if old.concepts and new.concepts:
        return not classes(old.concepts).isdisjoint(classes(new.concepts))
    if _is_moment(old) or _is_moment(new):
        return _is_moment(old) and _is_moment(new)
    if old.text.isdigit() or new.text.isdigit():
        return old.text.isdigit() and new.text.isdigit()
    if old.concepts or new.concepts:
        return False
    led = _led(old, said)
    return led is not None and led == _led(new, asked)


def _is_narrow(key: Key) -> bool:
    """Whether a topic only narrows another one: the internship of the second year."""
    return bool(classes(key.concepts) & YEARS)


def _lighter(key: Key, share: float) -> Key:
    return replace(key, weight=share * key.weight)


def _is_moment(key: Key) -> bool:
    return "semester" in key.concepts or bool(_MONTH.fullmatch(key.text))


def _led(key: Key, text: str) -> str | None:
    """The preposition that leads to a key in a folded text."""
    match = re.search(rf"\b({_PREPOSITION}) (?:les? |la |l )?{re.escape(key.text)}\b", text)
    return match[1] if match else None


def _stands_alone(key: Key) -> bool:
    """Whether a key asks of the programme itself ("combien ça coûte ?"), not of some topic."""
    return bool(key.concepts) and key.concepts.isdisjoint(ATTRIBUTES)
