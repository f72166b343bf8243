"""The overlay: staff's published answers, followed in the database and held in memory."""

from __future__ import annotations

import threading
from typing import Protocol

from assistant.staff_answer import StaffAnswer, digest_of
from assistant.store import StaffUnavailable


class Source(Protocol):
    """Where answers are published; every method raises `StaffUnavailable` in an outage."""

    def mark(self) -> str:
        """A short text that any change changes."""
        ...

    def published(self) -> tuple[StaffAnswer, ...]:
        """Every published answer, the oldest first."""
        ...


class Overlay:
    """What is published, as it was seen last; nothing before it could be seen.

    While the database is out what was seen stays, so that an outage loses no answer.
    """

    def __init__(self, source: Source | None) -> None:
        self._source = source
        self._seen: tuple[str, tuple[StaffAnswer, ...]] = ("", ())
        self._lock = threading.Lock()
        self.trouble = ""
        """Why it may be behind."""

    @property
    def answers(self) -> tuple[StaffAnswer, ...]:
        """The published answers."""
        return self._seen[1]

    @property
    def mark(self) -> str:
        """The state of the database that was seen; empty before the first."""
        return self._seen[0]

    @property
    def digest(self) -> str:
        """What names the answers; empty for none."""
        return digest_of(self.answers)

    def follow(self) -> bool:
        """Look what is published now; whether anything changed since."""
        if self._source is None:
            return False
        with self._lock:
            try:
                # The mark first: what is published between the two is looked at again.
                mark = self._source.mark()
                if mark == self._seen[0]:
                    self.trouble = ""
                    return False
                answers = self._source.published()
            except StaffUnavailable as error:
                self.trouble = str(error)
                return False
            changed = answers != self.answers
            self._seen, self.trouble = (mark, answers), ""
            return changed
