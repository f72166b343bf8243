from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

FIELDS = {"type", "title", "status", "detail", "instance"}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/api/v1/nowhere", 404),
        ("GET", "/api/v1", 404),
        ("GET", "/api/v1/documents/nothing/here", 404),
        ("GET", "/documents/nothing", 404),
        ("GET", "/static/0/nothing.css", 404),
        ("GET", "/api/v1/ask", 405),
        ("DELETE", "/api/v1/programmes", 405),
        ("PATCH", "/", 405),
        ("TRACE", "/livez", 405),
        ("OPTIONS", "/api/v1/ask", 405),
        ("POST", "/api/v1/ask", 415),
        ("POST", "/ask", 415),
        ("GET", "/api/v1/documents?programme=atlantide", 422),
        ("GET", "/api/v1/suggestions?programme=atlantide", 422),
    ],
)
def test_every_refusal_is_a_problem(
    client: TestClient, method: str, path: str, status: int
) -> None:
    response = client.request(method, path)

    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert set(body) >= FIELDS
    assert body["status"] == status
    assert body["instance"] == path.partition("?")[0]


def test_a_405_says_what_is_allowed(client: TestClient) -> None:
    assert client.get("/api/v1/ask").headers["allow"] == "POST"
    assert client.post("/livez").headers["allow"] == "GET, HEAD"
    assert set(client.put("/ask").headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}


def test_a_problem_speaks_the_language_that_was_asked_for(client: TestClient) -> None:
    french = client.get("/nowhere", headers={"accept-language": "fr"})
    english = client.get("/nowhere", headers={"accept-language": "en-GB,en;q=0.9"})

    assert french.json()["title"] == "Page introuvable"
    assert english.json()["title"] == "Page not found"
    assert english.headers["content-language"] == "en"
    assert "Accept-Language" in english.headers["vary"]


def test_a_person_gets_a_page(client: TestClient) -> None:
    response = client.get("/documents/nothing", headers={"accept": "text/html"})

    assert response.status_code == 404
    assert response.template.name == "problem.html"  # type: ignore[attr-defined]
    assert "Document introuvable" in response.text


def test_a_fault_is_a_problem_that_tells_nothing_of_the_inside(
    client: TestClient, desk: Any
) -> None:
    desk.fault = RuntimeError("the secret of the house")

    response = client.post("/api/v1/ask", json={"question": "stage"})

    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert "secret" not in response.text


def test_a_desk_that_is_out_is_503_and_never_an_unanswered_question(
    client: TestClient, desk: Any, journal: Any
) -> None:
    desk.fault = RuntimeError("no index")
    desk.reasons = ("The index is missing.",)

    response = client.post("/api/v1/ask", json={"question": "stage"})

    assert response.status_code == 503
    assert response.json()["reasons"] == ["The index is missing."]
    assert "retry-after" in response.headers
    assert journal.records == []


def test_a_path_of_odd_characters_is_told_as_an_address(client: TestClient) -> None:
    response = client.get("/%00%e2%80%ae%ff<script>")

    assert response.status_code == 404
    assert response.json()["instance"] == "/%00%E2%80%AE%EF%BF%BD%3Cscript%3E"
