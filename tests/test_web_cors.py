from __future__ import annotations

import pytest
from starlette.testclient import TestClient

SITE = "https://www.univ.example"
pytestmark = pytest.mark.settings(origins=(SITE, "http://localhost:3000"))
PREFLIGHT = {
    "access-control-request-method": "POST",
    "access-control-request-headers": "content-type",
}


@pytest.mark.parametrize("origin", [SITE, "http://localhost:3000"])
def test_a_listed_site_may_read_the_api(client: TestClient, origin: str) -> None:
    response = client.post("/api/v1/ask", json={"question": "stage"}, headers={"origin": origin})

    assert response.headers["access-control-allow-origin"] == origin
    assert "Origin" in response.headers["vary"]
    assert "access-control-allow-credentials" not in response.headers


def test_a_listed_site_may_read_problems_too(client: TestClient) -> None:
    for path, json in (("/api/v1/ask", {}), ("/api/v1/nowhere", {})):
        response = client.post(path, json=json, headers={"origin": SITE})

        assert response.headers["access-control-allow-origin"] == SITE


def test_a_preflight_is_answered(client: TestClient) -> None:
    response = client.options("/api/v1/ask", headers={"origin": SITE, **PREFLIGHT})

    assert response.status_code == 204
    assert response.headers["access-control-allow-origin"] == SITE
    assert "POST" in response.headers["access-control-allow-methods"]
    assert response.headers["access-control-allow-headers"].lower() == "content-type"
    assert "Origin" in response.headers["vary"]


@pytest.mark.parametrize(
    "origin",
    [
        "https://www.univ.example.evil.example",
        "https://evil-www.univ.example",
        "https://univ.example",
        "https://a.www.univ.example",
        "http://www.univ.example",
        "https://www.univ.example:8443",
        "https://www.univ.example:443",
        "https://www.univ.example/",
        "https://WWW.univ.example",
        "https://www.univ.example https://evil.example",
        "null",
        "*",
        "",
        "file://",
        "http://localhost",
        "http://localhost:3001",
    ],
)
def test_any_other_origin_is_refused(client: TestClient, origin: str) -> None:
    plain = client.post("/api/v1/ask", json={"question": "stage"}, headers={"origin": origin})
    preflight = client.options("/api/v1/ask", headers={"origin": origin, **PREFLIGHT})

    for response in (plain, preflight):
        assert not [name for name in response.headers if name.startswith("access-control-")]
        assert "Origin" in response.headers["vary"]


@pytest.mark.parametrize("path", ["/", "/ask", "/api/v1/staff/answers", "/staff/", "/livez"])
def test_nothing_but_the_public_api_is_opened(client: TestClient, path: str) -> None:
    for response in (
        client.get(path, headers={"origin": SITE}),
        client.options(path, headers={"origin": SITE, **PREFLIGHT}),
    ):
        assert not [name for name in response.headers if name.startswith("access-control-")]


def test_a_response_to_nobody_in_particular_varies_by_origin_too(client: TestClient) -> None:
    assert "Origin" in client.get("/api/v1/programmes").headers["vary"]
