"""Convoys: writes that arrive while another one waits for the disk go together in the next one.

A transaction that is to survive a power cut waits for the disk several times, however much it
holds. Whoever comes meanwhile is taken along: many writers wait for two transactions at most, not
for as many as they are.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

_T = TypeVar("_T")


@dataclass(slots=True)
class _Place(Generic[_T]):
    """One writer's place in the convoy, and what became of it."""

    item: _T
    kept: bool = False
    alone: bool = False
    """Whether it is to be written by itself, because one of its convoy was refused."""
    error: Exception | None = None


class Convoy(Generic[_T]):
    """Writes items with `write`, all those that wait at once; safe to use from several threads.

    `write` keeps all of them or none. When it refuses them with ValueError, each is written alone,
    so that one mistake spoils no other item; any other exception is everybody's.
    """

    def __init__(self, write: Callable[[Sequence[_T]], None]) -> None:
        self._write = write
        self._waiting: deque[_Place[_T]] = deque()
        self._turn = threading.Lock()

    def __call__(self, item: _T) -> None:
        """Write an item; it is kept when this returns, raises what `write` raises."""
        place = _Place(item)
        self._waiting.append(place)
        with self._turn:
            if not place.kept and not place.alone and place.error is None:
                self._go()
            if place.alone:
                self._write([item])
            elif place.error is not None:
                raise place.error

    def _go(self) -> None:
        """Write whatever waits by now."""
        convoy: list[_Place[_T]] = []
        while self._waiting:
            convoy.append(self._waiting.popleft())
        try:
            self._write([place.item for place in convoy])
        except ValueError as error:
            for place in convoy:
                place.alone = len(convoy) > 1
                place.error = error
        except Exception as error:
            for place in convoy:
                place.error = error
        else:
            for place in convoy:
                place.kept = True
