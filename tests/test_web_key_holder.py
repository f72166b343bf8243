"""Questions of back ends: who shows a key is counted by it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.keyring import KeyRingUnavailable
from web.app import create_app

ASK = "/api/v1/ask"
STAGE = {"question": "stage"}
KEY = {"authorization": "Bearer assistant_ours"}


class FakeKeys:
    """Two keys, known by heart."""

    def __init__(self) -> None:
        self.known = {"assistant_ours": "site", "assistant_other": "other"}
        self.out = False

    def holder(self, secret: str) -> str | None:
        if self.out:
            raise KeyRingUnavailable
        return self.known.get(secret)


@pytest.fixture
def keys() -> FakeKeys:
    return FakeKeys()


@pytest.fixture
def client_at(desk: Any, journal: Any, settings: Any, keys: Any) -> Callable[..., TestClient]:
    app = create_app(desk, journal, settings, keys=keys)
    return lambda address="198.51.100.7": TestClient(app, client=(address, 50000))


@pytest.mark.settings(questions_per_minute=1, key_questions_per_minute=3)
def test_a_key_has_a_limit_of_its_own_wherever_it_is_shown(client_at: Any) -> None:
    client = client_at()
    assert client.post(ASK, json=STAGE).status_code == 200
    assert client.post(ASK, json=STAGE).status_code == 429

    places = ("198.51.100.7", "203.0.113.9", "127.0.0.1", "198.51.100.7")
    answers = [client_at(place).post(ASK, json=STAGE, headers=KEY) for place in places]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[0].headers["ratelimit-policy"] == '"questions";q=3;w=60'
    assert answers[2].headers["ratelimit"].startswith('"questions";r=0;t=')
    assert int(answers[3].headers["retry-after"]) >= 1
    other = {"authorization": "bearer  assistant_other"}
    assert client.post(ASK, json=STAGE, headers=other).status_code == 200


@pytest.mark.parametrize("path", [ASK, "/api/v1/search", "/api/v1/feedback"])
def test_a_key_that_opens_nothing_is_told_so(client_at: Any, keys: Any, path: str) -> None:
    del keys.known["assistant_ours"]

    response = client_at().post(path, json=STAGE, headers=KEY)

    assert response.status_code == 401
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["www-authenticate"].startswith("Bearer")
    assert "révoquée" in response.json()["detail"]
    assert "assistant_ours" not in response.text


@pytest.mark.settings(questions_per_minute=1)
def test_while_keys_cannot_be_looked_up_the_address_is_counted(client_at: Any, keys: Any) -> None:
    keys.out = True

    assert client_at().post(ASK, json=STAGE, headers=KEY).status_code == 200
    assert client_at().post(ASK, json=STAGE, headers=KEY).status_code == 429


@pytest.mark.parametrize("header", ["", "Bearer", "Basic YTpi", "Bearer ", "assistant_ours"])
def test_another_kind_of_authorization_is_none_of_ours(client_at: Any, header: str) -> None:
    expected = 401 if header.strip() == "Bearer" else 200

    response = client_at().post(ASK, json=STAGE, headers={"authorization": header})

    assert response.status_code == expected


def test_reading_needs_no_key(client_at: Any) -> None:
    wrong = {"authorization": "Bearer nothing"}

    assert client_at().get("/api/v1/programmes", headers=wrong).status_code == 200


def test_the_description_offers_it_and_asks_nobody_for_it(client_at: Any) -> None:
    described = client_at().get("/api/v1/openapi.json").json()

    assert described["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    assert described["paths"][ASK]["post"]["security"] == [{}, {"key": []}]
    assert "security" not in described["paths"]["/api/v1/programmes"]["get"]
