from __future__ import annotations

import hashlib
from typing import Any

from starlette.testclient import TestClient


def test_programmes_are_listed_with_their_documents_count(client: TestClient) -> None:
    (programme,) = client.get("/api/v1/programmes").json()["programmes"]

    assert programme["id"] == "parcours-cmc"
    assert programme["documents"] == 7


def test_documents_are_listed_by_programme(client: TestClient) -> None:
    everything = client.get("/api/v1/documents").json()["documents"]
    own = client.get("/api/v1/documents", params={"programme": "parcours-cmc"}).json()["documents"]

    assert everything == own
    assert set(own[0]) == {"id", "programme", "title", "url", "language", "updated", "sha256"}


def test_a_documents_text_has_the_checksum_that_is_told(client: TestClient) -> None:
    document = client.get("/api/v1/documents/parcours-cmc/stage").json()

    assert document["id"] == "parcours-cmc/stage"
    assert hashlib.sha256(document["text"].encode()).hexdigest() == document["sha256"]


def test_suggestions_follow_the_language(client: TestClient) -> None:
    french = client.get("/api/v1/suggestions").json()["suggestions"]
    english = client.get("/api/v1/suggestions?language=en").json()["suggestions"]

    assert french[0] == "Combien de temps dure le stage ?"
    assert english[0] == "How long is the internship?"


def test_health_is_told(client: TestClient, desk: Any) -> None:
    assert client.get("/livez").json() == {"status": "alive"}
    assert client.get("/readyz").json() == {"status": "ready", "index": "20261124-fake"}

    desk.reasons = ("The encoder is damaged.",)

    assert client.get("/livez").status_code == 200
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["reasons"] == ["The encoder is damaged."]


def test_head_is_get_without_a_body(client: TestClient) -> None:
    for path in ("/", "/livez", "/api/v1/programmes"):
        response = client.head(path)

        assert response.status_code == 200
        assert response.content == b""
        assert int(response.headers["content-length"]) > 0
