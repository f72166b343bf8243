from __future__ import annotations

import pytest
from starlette.testclient import TestClient

WIDGET = "/api/v1/widget"


def test_a_conversation_begins_with_the_notice_a_contact_and_questions(client: TestClient) -> None:
    body = client.get(WIDGET, params={"programme": "parcours-cmc", "language": "fr"}).json()

    assert body["notice"].startswith("C’est une machine qui répond")
    assert body["contact"]["email"] == "scolarite@univ.example"
    assert body["suggestions"][0] == "Combien de temps dure le stage ?"
    assert body["privacy_url"] is None


@pytest.mark.settings(privacy_url="https://univ.example/vie-privee")
def test_it_speaks_english_and_names_the_privacy_notice(client: TestClient) -> None:
    body = client.get(WIDGET, params={"language": "en"}).json()

    assert body["notice"].startswith("A machine answers")
    assert body["suggestions"] == ["How long is the internship?", "How long is the programme?"]
    assert body["privacy_url"] == "https://univ.example/vie-privee"


def test_an_unknown_programme_is_refused(client: TestClient) -> None:
    assert client.get(WIDGET, params={"programme": "atlantide"}).status_code == 422
