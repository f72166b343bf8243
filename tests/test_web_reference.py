from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient


@pytest.fixture
def described(client: TestClient) -> dict[str, Any]:
    body: dict[str, Any] = client.get("/api/v1/openapi.json").json()
    return body


def test_the_description_is_openapi_3_1_of_the_whole_public_api(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    assert set(described["paths"]) == {
        "/api/v1/ask",
        "/api/v1/search",
        "/api/v1/feedback",
        "/api/v1/programmes",
        "/api/v1/documents",
        "/api/v1/documents/{id}",
        "/api/v1/suggestions",
        "/api/v1/widget",
    }


def test_every_refusal_is_described_as_a_problem(described: dict[str, Any]) -> None:
    for path in described["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                if not status.startswith("2"):
                    assert list(response["content"]) == ["application/problem+json"]
    assert {"413", "415", "422", "429", "503"} <= set(
        described["paths"]["/api/v1/ask"]["post"]["responses"]
    )
    assert "HTTPValidationError" not in described["components"]["schemas"]


def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    def references(value: Any) -> list[str]:
        if isinstance(value, dict):
            own = [value["$ref"]] if "$ref" in value else []
            return own + [each for inner in value.values() for each in references(inner)]
        return (
            [each for inner in value for each in references(inner)]
            if isinstance(value, list)
            else []
        )

    for reference in references(described):
        assert reference.removeprefix("#/components/schemas/") in described["components"]["schemas"]


def test_the_programmes_that_are_known_are_described(described: dict[str, Any]) -> None:
    body = described["components"]["schemas"]["AskBody"]["properties"]["programme"]

    assert body["enum"] == ["parcours-cmc", None]


def test_the_reference_is_a_page_with_our_own_scripts(client: TestClient) -> None:
    page = client.get("/api/v1/docs")

    assert page.template.name == "docs.html"  # type: ignore[attr-defined]
    assert "/api/v1/ask" in page.text
    assert 'id="problem-question-empty"' in page.text
    assert "://" not in page.text.replace("http://127.0.0.1:8000", "")


def test_every_problem_leads_to_its_description(client: TestClient) -> None:
    problem = client.post("/api/v1/ask", json={"question": ""}).json()
    path, _, fragment = problem["type"].partition("#")

    assert f'id="{fragment}"' in client.get(path).text
