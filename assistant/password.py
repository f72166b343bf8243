"""Passwords: kept as Argon2 hashes, checked in the same time whether there is one or not."""

from __future__ import annotations

import unicodedata
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LEAST = 12  # characters
MOST = 256
# 19 MiB, two passes, one lane: OWASP's "Password Storage Cheat Sheet".
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# The hash of a secret that nobody kept: what is checked where there is no password.
_DECOY = (
    "$argon2id$v=19$m=19456,t=2,p=1$5nA2t8JyttRwiCotSXjvZQ"
    "$kbu522xwBrSVNKGoOeO0AMJxsrq4vHbz2qXlY1OZb2w"
)
_AT_ONCE = 2  # hashes; each takes 19 MiB and a processor
_PATIENCE = 5.0  # seconds


class PasswordError(Exception):
    """A password that cannot be taken: one line with the remedy, never with the password."""


class PasswordsBusy(Exception):  # noqa: N818 - an overload, not a mistake
    """Too many passwords are being checked just now."""


class Passwords:
    """Hashes and checks, a few at once."""

    def __init__(self, at_once: int = _AT_ONCE, patience: float = _PATIENCE) -> None:
        self._turn = BoundedSemaphore(at_once)
        self._patience = patience

    def hash(self, password: str) -> str:
        """What is kept of a password; raises PasswordError and PasswordsBusy."""
        text = _normal(password)
        if len(text) < LEAST:
            raise PasswordError(f"the password is too short: give {LEAST} characters or more")
        if len(text) > MOST:
            raise PasswordError(f"the password is too long: give {MOST} characters at most")
        self._wait()
        try:
            return _HASHER.hash(text)
        finally:
            self._turn.release()

    def fits(self, password: str, kept: str | None) -> bool:
        """Whether it is the password that was kept; raises PasswordsBusy.

        Takes as long where none was: the time tells nothing of who has an account.
        """
        self._wait()
        try:
            _HASHER.verify(kept or _DECOY, _normal(password[: 4 * MOST]))
        except (VerificationError, InvalidHashError):
            return False
        finally:
            self._turn.release()
        return kept is not None

    def _wait(self) -> None:
        if not self._turn.acquire(timeout=self._patience):
            raise PasswordsBusy("passwords are being checked: try again in a moment")


def _normal(password: str) -> str:
    """The same text from every keyboard (NIST SP 800-63B, 5.1.1.2), encodable whatever was sent."""
    valid = password.encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFKC", valid)
