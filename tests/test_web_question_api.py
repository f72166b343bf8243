from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

ASK = "/api/v1/ask"


def _ask(client: TestClient, question: str, **more: Any) -> dict[str, Any]:
    response = client.post(ASK, json={"question": question, **more})
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def test_an_answer_has_exactly_the_fields_of_the_contract(client: TestClient) -> None:
    body = _ask(client, "Combien de temps dure le stage ?")

    assert set(body) == {
        "id", "status", "reason", "language", "answer", "segments", "citations", "suggestions",
        "choices", "contact", "notice", "generated", "model", "index", "took_ms",
    }  # fmt: skip
    assert set(body["citations"][0]) == {
        "number", "programme", "document", "title", "headings", "quote", "start", "end", "url",
        "updated", "kind", "language",
    }  # fmt: skip
    assert set(body["segments"][0]) == {"text", "citation"}
    assert body["status"] == "answered"
    assert body["contact"] is None
    assert body["generated"] is False
    assert body["model"] is None
    assert body["index"] == "20261124-fake"


def test_a_quote_is_the_documents_text_between_its_offsets(client: TestClient) -> None:
    for citation in _ask(client, "Combien de temps dure le stage ?")["citations"]:
        document = client.get(f"/api/v1/documents/{citation['document']}").json()

        assert document["text"][citation["start"] : citation["end"]] == citation["quote"]


def test_a_partial_answer_has_citations_a_reason_and_the_contact(client: TestClient) -> None:
    body = _ask(client, "Quel salaire pendant l'alternance ?")

    assert body["status"] == "partial"
    assert body["reason"] == "not_documented"
    assert body["citations"]
    assert body["contact"] == {
        "label": "Secrétariat de la formation",
        "email": "scolarite@univ.example",
        "url": None,
    }


def test_an_abstention_has_a_reason_the_contact_and_suggestions(client: TestClient) -> None:
    body = _ask(client, "Y a-t-il une cantine ?")

    assert body["status"] == "unanswered"
    assert body["reason"] == "not_documented"
    assert body["contact"]["email"] == "scolarite@univ.example"
    assert body["suggestions"]
    assert body["citations"] == []


def test_an_ambiguous_question_carries_the_choices(client: TestClient) -> None:
    body = _ask(client, "Question ambiguë")

    assert body["status"] == "clarify"
    assert body["choices"][0]["programme"] == "parcours-cmc"
    assert body["choices"][0]["title"].startswith("Parcours Chargé.e.s")


def test_smalltalk_carries_nothing_else_and_is_recorded(client: TestClient, journal: Any) -> None:
    body = _ask(client, "Bonjour")

    assert body["status"] == "smalltalk"
    assert (body["citations"], body["suggestions"], body["contact"]) == ([], [], None)
    assert journal.records[0].status == "smalltalk"


def test_the_notice_says_that_a_machine_answers_in_both_languages(client: TestClient) -> None:
    assert "machine" in _ask(client, "stage", language="fr")["notice"]
    assert "machine answers" in _ask(client, "stage", language="en")["notice"]
    assert "personal data" in _ask(client, "stage", language="en-GB")["notice"]


def test_the_desk_is_asked_what_was_sent(client: TestClient, desk: Any) -> None:
    _ask(
        client,
        "  Et en alternance ?  ",
        programme="parcours-cmc",
        language="fr-FR",
        history=["Quelles sont les conditions d'admission ?", "  "],
    )

    asked, today = desk.asked[0]
    assert asked.question == "Et en alternance ?"
    assert asked.programme == "parcours-cmc"
    assert asked.language == "fr"
    assert asked.history == ("Quelles sont les conditions d'admission ?",)
    assert today.isoformat() == "2026-11-24"


def test_a_language_that_is_not_served_is_left_to_be_detected(
    client: TestClient, desk: Any
) -> None:
    _ask(client, "stage", language="de")

    assert desk.asked[0][0].language is None


def test_what_was_shown_is_recorded_under_the_replys_id(client: TestClient, journal: Any) -> None:
    body = _ask(client, "Combien de temps dure le stage ?", programme="parcours-cmc")

    record = journal.records[0]
    assert record.id == body["id"]
    assert record.question == "Combien de temps dure le stage ?"
    assert record.programme == "parcours-cmc"
    assert record.answer["citations"][0]["quote"] == body["citations"][0]["quote"]
    assert (record.channel, record.asked_in) == ("api", "fr")


def test_an_answer_is_given_while_the_journal_is_out(client: TestClient, journal: Any) -> None:
    journal.out = True

    assert _ask(client, "Combien de temps dure le stage ?")["status"] == "answered"


def test_answers_are_never_cached(client: TestClient) -> None:
    response = client.post(ASK, json={"question": "stage"})

    assert response.headers["cache-control"] == "no-store"


def test_search_lists_passages_best_first(client: TestClient) -> None:
    hits = client.post("/api/v1/search", json={"question": "stage", "k": 3}).json()["hits"]

    assert [hit["rank"] for hit in hits] == [1, 2, 3]
    assert set(hits[0]) == {
        "rank", "document", "programme", "title", "headings", "text", "start", "end", "url",
    }  # fmt: skip
    document = client.get(f"/api/v1/documents/{hits[0]['document']}").json()
    assert document["text"][hits[0]["start"] : hits[0]["end"]] == hits[0]["text"]


def test_search_never_tells_raw_scores(client: TestClient) -> None:
    text = client.post("/api/v1/search", json={"question": "stage"}).text

    assert "score" not in text
    assert "similarity" not in text
    assert "bm25" not in text


@pytest.mark.parametrize("k", [0, 51, -1, 1.5, "5", True, None, 10**30, [5]])
def test_k_is_a_whole_number_from_1_to_50(client: TestClient, k: Any) -> None:
    response = client.post("/api/v1/search", json={"question": "stage", "k": k})

    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == "#/k"


def test_k_may_be_written_as_json_schema_allows(client: TestClient) -> None:
    assert client.post("/api/v1/search", json={"question": "stage", "k": 5.0}).status_code == 200


def test_feedback_is_kept_and_replaced(client: TestClient, journal: Any) -> None:
    identity = _ask(client, "stage")["id"]

    for helpful in (True, False):
        body = {"id": identity, "helpful": helpful, "comment": " Merci "}
        response = client.post("/api/v1/feedback", json=body)
        assert response.status_code == 204
        assert response.content == b""

    assert journal.opinions == {identity: (False, "Merci")}


def test_feedback_on_an_unknown_answer_is_404(client: TestClient) -> None:
    response = client.post("/api/v1/feedback", json={"id": "nobody", "helpful": True})

    assert response.status_code == 404
    assert response.json()["type"].endswith("#problem-no-answer")


def test_feedback_is_503_while_the_journal_is_out(client: TestClient, journal: Any) -> None:
    identity = _ask(client, "stage")["id"]
    journal.out = True

    response = client.post("/api/v1/feedback", json={"id": identity, "helpful": True})

    assert response.status_code == 503
    assert response.headers["retry-after"] == "5"


def test_the_same_question_gives_the_same_answer(client: TestClient) -> None:
    replies = [_ask(client, "Combien de temps dure le stage ?") for _ in range(5)]
    for reply in replies:
        del reply["id"], reply["took_ms"]

    assert len({json.dumps(reply) for reply in replies}) == 1
