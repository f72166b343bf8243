"""The surveyor: surveys each new desk in the background, so that no candidate waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from typing import Any, Protocol

from assistant.lookout import Lookout

_PERIOD = 0.25
"""Seconds between two looks whether there is another desk."""
_REST = 3.0
"""How much longer it rests after a question than the question took: candidates come first."""


class Survey(Protocol):
    """Finds out step by step."""

    def steps(self, programmes: Collection[str]) -> Iterator[None]:
        """Everything, one question at a step."""


class Surveyor:
    """Works in a thread of its own from `start` to `close`; `desk` gives the current desk.

    A desk that cannot answer yet has no `survey`.
    """

    def __init__(
        self, desk: Callable[[], Any], period: float = _PERIOD, rest: float = _REST
    ) -> None:
        self._desk = desk
        self._rest = rest
        self._surveyed: Survey | None = None
        self._lookout = Lookout("surveyor", period, self._look)

    def start(self) -> None:
        """Begin."""
        self._lookout.start()

    def close(self) -> None:
        """Stop, in the middle of a survey too."""
        self._lookout.close()

    def _look(self) -> None:
        desk = self._desk()
        survey: Survey | None = getattr(desk, "survey", None)
        if survey is None or survey is self._surveyed:
            return
        # Whatever it is, the pages ask for themselves what was not found out.
        with suppress(Exception):
            self._through(survey, desk.programmes)
        if getattr(self._desk(), "survey", None) is survey:
            self._surveyed = survey

    def _through(self, survey: Survey, programmes: Mapping[str, str]) -> None:
        began = time.monotonic()
        for _ in survey.steps(tuple(programmes)):
            took = time.monotonic() - began
            if not self._lookout.rests(self._rest * took):
                return
            if getattr(self._desk(), "survey", None) is not survey:
                return
            began = time.monotonic()
