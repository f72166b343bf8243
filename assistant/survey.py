"""The survey: what a programme's documentation covers, told by asking each aspect's own question.

It gives the questions to start from, which are all answered, and the coverage that staff see.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from assistant.answer import Answer, Citation, Partial, Reply
from assistant.aspect import Aspect
from assistant.disagreement import Disagreement

_SUGGESTED = 6
_LANGUAGES = ("fr", "en")
_TABLE_LANGUAGE = "fr"
"""The documentation's own: in another language a question may fail for its words alone."""

Coverage = Literal["documented", "staff", "partial", "silent"]
Ask = Callable[[str, str, str], Reply]
"""Replies to a question on a programme in a language, whatever the day."""
Compare = Callable[[str], tuple[Disagreement, ...]]
"""Finds what a programme's pages and staff state otherwise."""


@dataclass(frozen=True, slots=True)
class Covered:
    """How an aspect fares: said by the documentation, by staff, in part or not at all.

    `citation` is the first of what is quoted; `answered` tells whether it is more than a part.
    """

    coverage: Coverage
    citation: Citation | None = None

    @property
    def answered(self) -> bool:
        """Whether the aspect's question is answered."""
        return self.coverage in ("documented", "staff")


def _nothing(programme: str) -> tuple[Disagreement, ...]:
    return ()


class Survey:
    """Asks each question once and remembers; safe to use from several threads.

    Whatever was asked before, it says the same: two threads at most do the same work.
    """

    def __init__(
        self, ask: Ask, aspects: Mapping[str, Aspect], compare: Compare = _nothing
    ) -> None:
        self._ask = ask
        self._compare = compare
        self.aspects = aspects
        self._disagreements: dict[str, tuple[Disagreement, ...]] = {}
        self._known: dict[tuple[str, str, str], Covered] = {}

    def after(
        self, ask: Ask, changed: Collection[str | None], compare: Compare | None = None
    ) -> Survey:
        """The survey of a desk whose answers of staff are others for these programmes (None: all).

        What is known of the other programmes stays.
        """
        survey = Survey(ask, self.aspects, compare or self._compare)
        if None not in changed:
            known = self._known.copy()
            survey._known = {key: each for key, each in known.items() if key[0] not in changed}
            compared = self._disagreements.copy()
            survey._disagreements = {id: compared[id] for id in compared if id not in changed}
        return survey

    def covered(self, programme: str, aspect: str, language: str = _TABLE_LANGUAGE) -> Covered:
        """How an aspect fares; asks when nobody has asked yet."""
        key = (programme, aspect, language)
        found = self._known.get(key)
        if found is None:
            reply = self._ask(self.aspects[aspect].question[language], programme, language)
            found = self._known[key] = _covered(reply)
        return found

    def suggestions(self, programme: str, language: str) -> tuple[str, ...]:
        """The first questions in the table's order that are answered."""
        found: list[str] = []
        for id, aspect in self.aspects.items():
            if self.covered(programme, id, language).answered:
                found.append(aspect.question[language])
            if len(found) == _SUGGESTED:
                break
        return tuple(found)

    def table(self, programme: str) -> Mapping[str, Covered]:
        """What is known so far of a programme's aspects, in the table's order; asks nothing."""
        known = ((id, self._known.get((programme, id, _TABLE_LANGUAGE))) for id in self.aspects)
        return {id: found for id, found in known if found is not None}

    def disagreements(self, programme: str) -> tuple[Disagreement, ...] | None:
        """What a programme's pages and staff state otherwise; None while it is not known."""
        return self._disagreements.get(programme)

    def steps(self, programmes: Collection[str]) -> Iterator[None]:
        """Find out everything, one question at a step: what candidates wait for comes first."""
        for language in _LANGUAGES:
            for programme in programmes:
                found = 0
                for aspect in self.aspects:
                    if found < _SUGGESTED:
                        yield from self._step(programme, aspect, language)
                        found += self.covered(programme, aspect, language).answered
        for programme in programmes:
            for aspect in self.aspects:
                yield from self._step(programme, aspect, _TABLE_LANGUAGE)
        for programme in programmes:
            if programme not in self._disagreements:
                self._disagreements[programme] = self._compare(programme)
                yield

    def _step(self, programme: str, aspect: str, language: str) -> Iterator[None]:
        if (programme, aspect, language) not in self._known:
            self.covered(programme, aspect, language)
            yield


def _covered(reply: Reply) -> Covered:
    if isinstance(reply, Answer):
        first = reply.citations[0]
        return Covered("staff" if first.kind == "staff" else "documented", first)
    if isinstance(reply, Partial):
        return Covered("partial", reply.citations[0])
    return Covered("silent")
