from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest
from starlette.testclient import TestClient

JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({"question": ""}, "question-empty"),
        ({"question": " \n\t\u00a0 "}, "question-empty"),
        ({"question": "a" * 501}, "question-long"),
        ({"question": "stage", "history": ["a"] * 21}, "history-long"),
        ({"question": "stage", "programme": "atlantide"}, "programme-unknown"),
        ({"question": "stage", "programme": ""}, "programme-unknown"),
        ({"question": "stage", "programme": "*"}, "programme-unknown"),
        ({}, "invalid"),
        ([], "invalid"),
        ("stage", "invalid"),
        (None, "invalid"),
        ({"question": 5}, "invalid"),
        ({"question": None}, "invalid"),
        ({"question": ["stage"]}, "invalid"),
        ({"question": "stage", "programme": 5}, "invalid"),
        ({"question": "stage", "language": 5}, "invalid"),
        ({"question": "stage", "history": "stage"}, "invalid"),
        ({"question": "stage", "history": [5]}, "invalid"),
        ({"question": "stage", "history": None}, "invalid"),
    ],
)
def test_a_body_that_does_not_fit_is_422_and_says_why(
    client: TestClient, body: Any, problem: str
) -> None:
    response = client.post("/api/v1/ask", content=json.dumps(body), headers=JSON)

    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["type"] == f"/api/v1/docs#problem-{problem}"


def test_an_unknown_programme_is_named(client: TestClient) -> None:
    response = client.post("/api/v1/ask", json={"question": "stage", "programme": "atlantide"})

    assert "« atlantide »" in response.json()["detail"]


def test_a_question_of_500_characters_fits_whatever_white_space_surrounds_it(
    client: TestClient,
) -> None:
    question = f"  {'é' * 500}\n"

    assert client.post("/api/v1/ask", json={"question": question}).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b'{"question": "stage\xff"}',
        b'{"question": "\\ud800"}',
        b'{"question": "\\udfff stage"}',
        b'{"question": "stage", "history": ["\\ud83d"]}',
        b'{"question": NaN}',
        b"[" * 60_000,
        b'{"question":' * 5_000,
        b'{"question": "stage", "k": 1' + b"0" * 9_000 + b"}",
        "\ufeff{}".encode(),
        b'{"question": "stage"} {"question": "stage"}',
        b"question=stage",
    ],
)
def test_what_is_no_json_in_utf_8_is_422(client: TestClient, body: bytes) -> None:
    response = client.post("/api/v1/ask", content=body, headers=JSON)

    assert response.status_code == 422, response.text


@pytest.mark.parametrize(
    "question",
    [
        "\x00",
        "stage\x00?",
        "\u200b\u200c\u200d",
        "stage \u202egats\u202c",
        "".join(chr(0xE0000 + ord(c)) for c in "stage"),
        "e" + "\u0301" * 400,
        unicodedata.normalize("NFD", "Durée de l'alternance"),
        "\ufffe\uffff",
        "🧑‍🎓" * 60,
        "'; DROP TABLE questions; --",
        "{{ 7 * 7 }} ${7*7} <script>alert(1)</script>",
        "../../etc/passwd",
    ],
)
def test_odd_characters_are_a_question_like_any_other(
    client: TestClient, journal: Any, question: str
) -> None:
    response = client.post("/api/v1/ask", json={"question": question, "history": [question]})

    assert response.status_code == 200
    assert "\x00" not in journal.records[0].question


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp",
        "application/json; charset=latin-1",
        "json",
        "text/json",
    ],
)
def test_another_media_type_is_415(client: TestClient, content_type: str | None) -> None:
    headers = {} if content_type is None else {"content-type": content_type}

    response = client.post("/api/v1/ask", content=b'{"question": "stage"}', headers=headers)

    assert response.status_code == 415
    assert response.headers["accept-post"] == "application/json"


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "Application/JSON; charset=UTF-8", "application/vnd.candidate+json"],
)
def test_json_is_recognised_by_its_media_type(client: TestClient, content_type: str) -> None:
    response = client.post(
        "/api/v1/ask", content=b'{"question": "stage"}', headers={"content-type": content_type}
    )

    assert response.status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {"id": "x"},
        {"helpful": True},
        {"id": "", "helpful": True},
        {"id": "x" * 101, "helpful": True},
        {"id": 5, "helpful": True},
        {"id": "x", "helpful": "true"},
        {"id": "x", "helpful": 1},
        {"id": "x", "helpful": True, "comment": "a" * 2001},
        {"id": "x", "helpful": True, "comment": 5},
    ],
)
def test_feedback_that_does_not_fit_is_422(client: TestClient, body: Any) -> None:
    assert client.post("/api/v1/feedback", json=body).status_code == 422


def test_every_wrong_field_is_told_with_what_to_give(client: TestClient) -> None:
    response = client.post("/api/v1/feedback", json={"helpful": "oui"})

    assert response.json()["errors"] == [
        {"pointer": "#/id", "detail": "Ce champ est obligatoire."},
        {"pointer": "#/helpful", "detail": "Donnez true ou false."},
    ]
