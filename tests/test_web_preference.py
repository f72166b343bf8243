from __future__ import annotations

import pytest
from starlette.datastructures import Headers

from web.preference import language_of, preferred_language, wants_page


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "fr"),
        ("en", "en"),
        ("en-GB,en;q=0.9,fr;q=0.8", "en"),
        ("fr;q=0.5, en;q=0.7", "en"),
        ("de-DE, en;q=0.3", "en"),
        ("de, es", "fr"),
        ("*", "fr"),
        ("en;q=0, fr;q=0.1", "fr"),
        ("en;q=abc", "fr"),
        ("en;q=nan,fr;q=0.1", "fr"),
        (",,;q=1,;;,en" + "," * 5000, "en"),
    ],
)
def test_the_best_liked_served_language_is_chosen(header: str, language: str) -> None:
    assert preferred_language(Headers({"accept-language": header})) == language


def test_a_tag_is_served_by_its_language() -> None:
    assert language_of("fr-CA") == "fr"
    assert language_of("EN") == "en"
    assert language_of("de") is None
    assert language_of(None) is None


@pytest.mark.parametrize(
    ("path", "accept", "page"),
    [
        ("/nowhere", "text/html,application/xhtml+xml,*/*;q=0.8", True),
        ("/nowhere", "*/*", False),
        ("/nowhere", "application/json", False),
        ("/nowhere", "application/json,text/html;q=0.5", False),
        ("/api/v1/nowhere", "text/html", False),
    ],
)
def test_people_get_pages_and_programs_json(path: str, accept: str, page: bool) -> None:
    scope = {"type": "http", "path": path, "headers": [(b"accept", accept.encode())]}

    assert wants_page(scope) is page
