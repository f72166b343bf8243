"""Preferences: the language and the format that a request asks for."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.datastructures import Headers
from starlette.types import Scope

from web.messages import LANGUAGES, Language

_LONGEST = 1000  # characters of a header that are looked at


def language_of(tag: str | None) -> Language | None:
    """The served language of a tag such as `fr-CA`, or None."""
    primary = (tag or "").strip().partition("-")[0].lower()
    return next((language for language in LANGUAGES if language == primary), None)


def preferred_language(headers: Headers) -> Language:
    """The served language that `Accept-Language` likes best; French when it names none."""
    weighed = [
        (weight, -place, language)
        for place, (tag, weight) in enumerate(_weighed(headers.get("accept-language", "")))
        if weight > 0 and (language := language_of(tag))
    ]
    return max(weighed)[2] if weighed else "fr"


def wants_page(scope: Scope) -> bool:
    """Whether a person is reading: not the API, and HTML before JSON in `Accept`."""
    if str(scope["path"]).startswith("/api/"):
        return False
    weights = {
        kind.lower(): weight for kind, weight in _weighed(Headers(scope=scope).get("accept", ""))
    }
    return weights.get("text/html", 0) > max(
        weights.get("application/json", 0), weights.get("application/problem+json", 0)
    )


def _weighed(header: str) -> Iterator[tuple[str, float]]:
    for part in header[:_LONGEST].split(","):
        value, *parameters = (piece.strip() for piece in part.split(";"))
        weight = 1.0
        for parameter in parameters:
            name, _, number = parameter.partition("=")
            if name.strip().lower() == "q":
                try:
                    weight = float(number)
                except ValueError:
                    weight = 0.0
        if value and 0 <= weight <= 1:
            yield value, weight
