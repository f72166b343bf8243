"""Mistakes: what ends a command with one clear line instead of a traceback."""

from __future__ import annotations

import sys

# By module and not by class: an error can only come from a module that is loaded, and loading
# them all to find out would take `assistant --help` a second.
_EXPECTED = {
    "assistant.account": "AccountError",
    "assistant.database": "DatabaseError",
    "assistant.keyring": "KeyRingError",
    "assistant.password": "PasswordError",
    "assistant.questionfile": "QuestionFileError",
    "assistant.settings": "SettingsError",
    "assistant.shelf": "IngestionError",
    "assistant.sources": "SourcesError",
    "assistant.store": "StaffUnavailable",
    "index.build": "BuildInProgress",
    "index.encoder": "EncoderUnavailable",
    "index.generation": "IndexUnavailable",
}


class Mistake(Exception):  # noqa: N818 (the user's, not the program's)
    """Something that the user can put right; the message says how. `code` is the exit code."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code


def told(error: Exception) -> Mistake | None:
    """The mistake that an error comes down to; None for a fault of the program."""
    if isinstance(error, Mistake):
        return error
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        return Mistake(one_line(f"{place}{error.strerror}" if error.strerror else str(error)))
    for module, name in _EXPECTED.items():
        kind = getattr(sys.modules.get(module), name, None)
        if kind is not None and isinstance(error, kind):
            return Mistake(one_line(str(error)))
    return None


def one_line(text: str) -> str:
    """Text on one line that every terminal takes."""
    words = " ".join(text.split())
    return words.encode("utf-8", "replace").decode("utf-8")
