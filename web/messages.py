"""Messages: the words of the interface in French and English, from `messages.toml` for candidates
and `staff_messages.toml` for staff.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Literal, get_args

Language = Literal["fr", "en"]
_FILES = ("messages.toml", "staff_messages.toml")
# Where French has a space that no line may end at.
_NARROW = re.compile(r" (?=[;:?!»])|(?<=«) ")
LANGUAGES: tuple[Language, ...] = get_args(Language)


class Messages:
    """The catalogue in one language; `messages("ask.send")` is a sentence, filled in by name."""

    def __init__(self, language: Language, sentences: Mapping[str, str]) -> None:
        self.language = language
        self._sentences = sentences

    def __call__(self, key: str, **values: object) -> str:
        """The sentence `key`; a key or a value that is missing raises KeyError."""
        sentence = self._sentences[key]
        return sentence.format_map(values) if values else sentence

    def __contains__(self, key: object) -> bool:
        return key in self._sentences

    def __iter__(self) -> object:
        return iter(self._sentences)


Catalogue = Mapping[Language, Messages]


def read_catalogue() -> Catalogue:
    """Read the packaged catalogue."""
    sentences: dict[str, Mapping[str, str]] = {}
    for name in _FILES:
        tables = tomllib.loads((files("web") / name).read_text(encoding="utf-8"))
        sentences.update(_flat(tables, ""))
    for key, both in sentences.items():
        if key.startswith("staff."):
            sentences[key] = {**both, "fr": _NARROW.sub("\N{NO-BREAK SPACE}", both["fr"])}
    return {
        language: Messages(language, {key: both[language] for key, both in sentences.items()})
        for language in LANGUAGES
    }


def _flat(table: Mapping[str, object], path: str) -> list[tuple[str, Mapping[str, str]]]:
    found: list[tuple[str, Mapping[str, str]]] = []
    for key, value in table.items():
        assert isinstance(value, dict)
        if all(isinstance(inner, str) for inner in value.values()):
            found.append((f"{path}{key}", value))
        else:
            found.extend(_flat(value, f"{path}{key}."))
    return found
