"""Garbage: when Python looks for cycles of objects that nobody holds any more."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def put_off() -> Iterator[None]:
    """Look for no garbage while something is made that stays; never look through it again either.

    A server makes a million objects at its start and keeps nearly all of them: looking through them
    over and over takes a seventh of the start, and later a tenth of a second of some question.
    """
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if before:
            gc.enable()
