from __future__ import annotations

import json
from typing import Any

import pytest
import structlog
from starlette.testclient import TestClient

REQUESTS = [
    ("GET", "/", None),
    ("GET", "/?language=en", None),
    ("GET", "/documents/parcours-cmc/stage?q=420%20heures", None),
    ("GET", "/documents/nothing", None),
    ("GET", "/nowhere", None),
    ("GET", "/livez", None),
    ("GET", "/readyz", None),
    ("GET", "/api/v1/docs", None),
    ("GET", "/api/v1/openapi.json", None),
    ("GET", "/api/v1/programmes", None),
    ("GET", "/api/v1/documents/parcours-cmc/stage", None),
    ("GET", "/api/v1/nowhere", None),
    ("GET", "/widget.js", None),
    ("POST", "/ask", {"question": "stage"}),
    ("POST", "/api/v1/ask", {"question": "stage"}),
    ("POST", "/api/v1/ask", {"question": ""}),
    ("POST", "/api/v1/ask", {"question": "x" * 70_000}),
    ("DELETE", "/api/v1/ask", None),
    ("OPTIONS", "/api/v1/ask", None),
    ("HEAD", "/", None),
]


@pytest.mark.parametrize(("method", "path", "body"), REQUESTS)
@pytest.mark.parametrize("accept", ["text/html", "*/*"])
def test_every_response_has_the_headers_and_no_cookie(
    client: TestClient, method: str, path: str, body: Any, accept: str
) -> None:
    headers = client.request(method, path, json=body, headers={"accept": accept}).headers

    directives = headers["content-security-policy"].split("; ")
    policy = {name: sources for name, _, sources in (each.partition(" ") for each in directives)}
    assert policy["default-src"] == "'none'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "cache-control" in headers
    assert "set-cookie" not in headers
    assert "server" not in headers


def test_a_fault_has_them_too_and_is_logged_without_its_message(
    client: TestClient, desk: Any
) -> None:
    desk.fault = RuntimeError("canary-in-a-message")

    with structlog.testing.capture_logs() as events:
        response = client.post("/api/v1/ask", json={"question": "canary-in-a-question"})

    assert response.status_code == 500
    assert response.headers["x-content-type-options"] == "nosniff"
    assert [event["event"] for event in events] == ["fault"]
    assert events[0]["error"] == "RuntimeError"
    assert "canary" not in json.dumps(events)


def test_a_question_is_one_line_without_its_words(client: TestClient) -> None:
    with structlog.testing.capture_logs() as events:
        body = client.post(
            "/api/v1/ask",
            json={"question": "canary stage", "history": ["canary"]},
            headers={"user-agent": "canary", "referer": "https://canary.example"},
        ).json()

    (event,) = events
    assert event.pop("ms") >= 0
    assert event == {
        "event": "question",
        "id": body["id"],
        "status": "answered",
        "reason": None,
        "log_level": "info",
    }


def test_a_question_that_cannot_be_recorded_is_a_warning_without_its_words(
    client: TestClient, journal: Any
) -> None:
    journal.out = True

    with structlog.testing.capture_logs() as events:
        client.post("/ask", data={"question": "canary stage"})

    assert [event["event"] for event in events] == ["question not recorded", "question"]
    assert events[0]["log_level"] == "warning"
    assert "canary" not in json.dumps(events)
