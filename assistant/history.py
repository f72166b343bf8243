"""History: what a follow-up leaves unsaid, taken from the questions before it.

A question says two kinds of thing: a topic (the internship, work-study) and what is asked of it
(how long, how much). "Et en alternance ?" changes the topic and keeps the thing asked; "et c'est
payé ?" keeps the topic and changes the thing asked; a question with both stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.expectation import asked_kind
from assistant.key import Key
from assistant.query import Query, Understanding
from assistant.topic import ATTRIBUTES, TOPICS
from index.words import fold

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
_SHORT = 5


class Conversation:
    """Completes a question from the earlier ones."""

    def __init__(self, understanding: Understanding) -> None:
        self._understanding = understanding

    def completed(self, query: Query, earlier: Sequence[Query]) -> Query:
        """The query with what it leaves unsaid, from the last earlier one that says it."""
        if not earlier or not depends(query):
            return query
        previous = earlier[-1]
        topics = [key for key in query.keys if is_topic(key)]
        asked = [key for key in query.keys if not is_topic(key)]
        if not query.keys:
            carried = list(previous.keys)
        elif topics and not asked and asked_kind(query.text) is None:
            carried = [key for key in previous.keys if not is_topic(key)]
        elif topics and not asked:
            carried = []
        else:
            carried = [key for key in previous.keys if is_topic(key)] if not topics else []
            carried = carried or [
                replace(key, weight=0.4 * key.weight) for key in previous.keys if not topics
            ]
        known = {key.units for key in query.keys}
        added = [key for key in carried if key.units not in known]
        if not added:
            return query
        keeps_kind = not asked and asked_kind(query.text) is None
        concepts = query.concepts | frozenset[str]().union(*(key.concepts for key in added))
        return self._understanding.assembled(
            f"{' '.join(key.text for key in added)} {query.text}",
            (*query.keys, *added),
            concepts,
            query.expects or (previous.expects if keeps_kind else None),
        )


def is_topic(key: Key) -> bool:
    """Whether a key names what the question is about rather than what it asks of it."""
    return not key.concepts.isdisjoint(TOPICS)


def depends(query: Query) -> bool:
    """Whether a question reads like a follow-up: it opens or corrects, or says half a question."""
    folded = fold(query.text)
    if _OPENS.search(folded) or _CORRECTS.search(folded):
        return True
    if any(is_topic(key) or _stands_alone(key) for key in query.keys):
        return False
    short = len(query.keys) <= 1 and len(folded.split()) <= _SHORT
    return short or bool(_POINTS.search(folded))


def _stands_alone(key: Key) -> bool:
    """Whether a key asks of the programme itself ("combien ça coûte ?"), not of some topic."""
    return bool(key.concepts) and key.concepts.isdisjoint(ATTRIBUTES)
