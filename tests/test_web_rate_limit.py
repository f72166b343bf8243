from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from web.app import create_app

ASK = "/api/v1/ask"
STAGE = {"question": "stage"}


@pytest.fixture
def client_at(desk: Any, journal: Any, settings: Any) -> Callable[..., TestClient]:
    app = create_app(desk, journal, settings)
    return lambda address: TestClient(app, client=(address, 50000))


@pytest.mark.settings(questions_per_minute=3)
def test_past_the_limit_an_address_is_told_when_to_come_back(
    client_at: Callable[..., TestClient],
) -> None:
    client = client_at("198.51.100.7")

    answers = [client.post(ASK, json=STAGE) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[0].headers["ratelimit-policy"] == '"questions";q=3;w=60'
    assert answers[0].headers["ratelimit"].startswith('"questions";r=2;t=')
    refused = answers[3]
    assert refused.headers["content-type"] == "application/problem+json"
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert refused.headers["ratelimit"].startswith('"questions";r=0;t=')
    assert refused.headers["retry-after"] in refused.json()["detail"]


@pytest.mark.settings(questions_per_minute=1)
def test_each_address_has_its_own_limit(client_at: Callable[..., TestClient]) -> None:
    assert client_at("198.51.100.7").post(ASK, json=STAGE).status_code == 200
    assert client_at("198.51.100.8").post(ASK, json=STAGE).status_code == 200


@pytest.mark.settings(questions_per_minute=1)
def test_the_addresses_of_one_ipv6_subscriber_count_together(
    client_at: Callable[..., TestClient],
) -> None:
    assert client_at("2001:db8:1:2::1").post(ASK, json=STAGE).status_code == 200
    assert client_at("2001:db8:1:2:ffff::9").post(ASK, json=STAGE).status_code == 429
    assert client_at("2001:db8:1:3::1").post(ASK, json=STAGE).status_code == 200


@pytest.mark.settings(questions_per_minute=2)
def test_questions_searches_opinions_and_forms_count_together(
    client_at: Callable[..., TestClient],
) -> None:
    client = client_at("198.51.100.7")
    client.post("/api/v1/search", json=STAGE)
    client.post("/ask", data=STAGE)

    assert client.post("/api/v1/feedback", json={"id": "x", "helpful": True}).status_code == 429
    assert client.get("/api/v1/programmes").status_code == 200


@pytest.mark.settings(questions_per_minute=1)
@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_loopback_is_not_limited(client_at: Callable[..., TestClient], address: str) -> None:
    for _ in range(3):
        response = client_at(address).post(ASK, json=STAGE)
        assert response.status_code == 200
        assert "ratelimit" not in response.headers


@pytest.mark.settings(questions_per_minute=1, proxies="127.0.0.1")
def test_behind_a_declared_proxy_loopback_is_limited_too(
    client_at: Callable[..., TestClient],
) -> None:
    client = client_at("127.0.0.1")

    assert client.post(ASK, json=STAGE).status_code == 200
    assert client.post(ASK, json=STAGE).status_code == 429


@pytest.mark.settings(questions_per_minute=1)
def test_a_person_past_the_limit_gets_a_page(client_at: Callable[..., TestClient]) -> None:
    client = client_at("198.51.100.7")
    for _ in range(2):
        response = client.post("/ask", data=STAGE, headers={"accept": "text/html"})

    assert response.status_code == 429
    assert "Patientez" in response.text
