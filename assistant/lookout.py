"""A lookout: looks for news again and again, in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable


def _let_go(error: Exception) -> None:
    """What went wrong at one look may be gone at the next."""


class Lookout:
    """Calls `look` every `period` seconds from `start` to `close`.

    `failed` hears what a look raises; the next one comes all the same. A look that takes long asks
    `rests` now and then whether it is to end.
    """

    def __init__(
        self,
        name: str,
        period: float,
        look: Callable[[], object],
        failed: Callable[[Exception], None] = _let_go,
    ) -> None:
        self._period = period
        self._look = look
        self._failed = failed
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """Stop; waits for the look under way."""
        self._stopped.set()
        if self._thread.ident is not None:
            self._thread.join()

    @property
    def stopped(self) -> bool:
        """Whether it was told to stop."""
        return self._stopped.is_set()

    def rests(self, seconds: float) -> bool:
        """Rest within a look; False when it is to end at once."""
        return not self._stopped.wait(seconds)

    def _work(self) -> None:
        while not self._stopped.wait(self._period):
            try:
                self._look()
            except Exception as error:
                self._failed(error)
