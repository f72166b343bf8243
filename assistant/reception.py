"""The reception: whether a message asks the documentation anything.

Patterns are asked first. Where they find nothing and nothing of the domain is named, what the
message means decides; where they find another subject, its meaning may object, because a train
stands in real questions too. To abuse that they find nothing objects. Without an encoder the
patterns decide alone.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from assistant.intent import Intents
from assistant.listener import Listener
from assistant.message import Kin, Messages
from assistant.query import QUESTION_CONCEPTS, Query, Understanding
from index.encoder import EncoderUnavailable, Vectors

# Margins (see `Kin`), chosen on tests/data/questions/talk.jsonl and on the real questions of
# training/data, of which one in a thousand may be taken for something else.
_SURE = 0.07
_SURE_AFTER_OTHERS = 0.15
_LIKELY = 0.0
_LIKELY_THOUGH_NAMED = 0.03
_OBJECTION = -0.02
_OBJECTION_TO_IDENTITY = 0.015
_STRONG = 0.55
"""Score from which an aspect says that a message is about studies."""
_FEWEST_LETTERS = 5
"""A scrap of fewer letters ("bla", "asdf") means nothing; short courtesies are patterns."""
_HEARD = 2_000
"""Messages whose likeness is remembered: it is asked for up to four times on a message's way."""
REFUSED = ("unsafe", "off_topic")


class Reception:
    """Hears a message before it is searched for, and again when nothing was found."""

    def __init__(
        self,
        listener: Listener,
        intents: Intents,
        understanding: Understanding,
        encode: Callable[[str], Vectors],
        messages: Messages | None = None,
    ) -> None:
        self._listener = listener
        self._intents = intents
        self._understanding = understanding
        self._encode = encode
        self._messages = messages
        self._near = lru_cache(maxsize=_HEARD)(self._nearest)

    def unsafe(self, question: str, follows: bool = False) -> bool:
        """Whether it is abuse; `follows` when something was asked before it."""
        return self._intents.unsafe(question) or self._sure(question, follows) == "unsafe"

    def smalltalk(self, question: str, follows: bool = False) -> str | None:
        """The phrase that answers it, when it says nothing but a courtesy or asks of the assistant.

        None for abuse, which `unsafe` tells.
        """
        if (small := self._intents.smalltalk(question)) is not None:
            objected = small == "identity" and self._objected(question, _OBJECTION_TO_IDENTITY)
            return None if objected else small
        kin = self._sure(question, follows)
        return kin if kin not in REFUSED else None

    def off_topic(self, question: str, follows: bool = False) -> bool:
        """Whether it is about something else than studies."""
        if self._listener.off_topic(question):
            return not self._objected(question, _OBJECTION)
        return self._sure(question, follows) == "off_topic"

    def doubted(self, question: str, follows: bool = False) -> str | None:
        """What it is taken for although it was searched for, because nothing was found."""
        if follows:
            return None
        kin, named = self._kin(question), self._named(question)
        if kin is None or kin.margin < (_LIKELY_THOUGH_NAMED if named else _LIKELY):
            return None
        return kin.reply if kin.reply in REFUSED or not named else None

    def _sure(self, question: str, follows: bool) -> str | None:
        if self._messages is None or self._named(question):
            return None
        kin = self._kin(question)
        if kin is None:
            return None
        return kin.reply if kin.margin >= (_SURE_AFTER_OTHERS if follows else _SURE) else None

    def _named(self, question: str) -> bool:
        """Whether anything of the domain is named in it."""
        query = self._query(question)
        strong = bool(query.aspects) and query.aspects[0].score >= _STRONG
        return strong or not query.concepts <= QUESTION_CONCEPTS

    def _objected(self, question: str, least: float) -> bool:
        kin = self._kin(question)
        return kin is not None and kin.margin < least

    def _query(self, question: str) -> Query:
        listener = self._listener
        return self._understanding.query(listener.corrected(question), listener.language(question))

    def _kin(self, question: str) -> Kin | None:
        if self._messages is None or sum(map(str.isalnum, question)) < _FEWEST_LETTERS:
            return None
        try:
            return self._near(question)
        except EncoderUnavailable:
            return None

    def _nearest(self, question: str) -> Kin | None:
        return self._messages.kin(self._encode(question)) if self._messages else None
