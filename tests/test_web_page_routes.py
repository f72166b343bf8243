from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.settings import Settings
from web.app import create_app


def _context(response: Any) -> dict[str, Any]:
    context: dict[str, Any] = response.context
    return context


def test_the_home_page_is_the_first_programmes(client: TestClient) -> None:
    response = client.get("/")

    assert response.template.name == "home.html"  # type: ignore[attr-defined]
    assert _context(response)["programme"].id == "parcours-cmc"
    assert 'href="/documents/parcours-cmc/stage"' in response.text
    assert '<script src="/widget.js" data-programme="parcours-cmc"' in response.text


def test_the_form_is_a_page_of_its_own(client: TestClient) -> None:
    response = client.get("/ask?programme=parcours-cmc")

    assert response.template.name == "ask.html"  # type: ignore[attr-defined]
    assert _context(response)["programme"].id == "parcours-cmc"
    assert "Combien de temps dure le stage ?" in response.text


def test_the_notice_stands_before_the_first_input(client: TestClient) -> None:
    for language, notice in (("fr", "C’est une machine qui répond"), ("en", "A machine answers")):
        page = client.get(f"/ask?language={language}").text

        assert page.index(notice) < min(page.index("<textarea"), page.index("<button"))


def test_the_page_speaks_the_chosen_language_else_the_browsers(client: TestClient) -> None:
    english = {"accept-language": "en"}

    assert '<html lang="fr"' in client.get("/").text
    assert '<html lang="en"' in client.get("/", headers=english).text
    assert '<html lang="fr"' in client.get("/?language=fr", headers=english).text
    assert "How long is the internship?" in client.get("/ask?language=en").text


def test_a_language_that_was_chosen_is_kept_by_links(client: TestClient) -> None:
    page = client.get("/?language=en").text

    assert 'href="/documents/parcours-cmc/stage?language=en"' in page
    assert 'href="/?language=fr"' in page


def test_without_scripts_the_form_is_answered_by_a_page(client: TestClient, journal: Any) -> None:
    response = client.post(
        "/ask", data={"question": "Combien de temps dure le stage ?", "language": "fr"}
    )

    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    assert _context(response)["reply"].status == "answered"
    assert "420 heures" in response.text
    assert "Voir dans le document" in response.text
    assert journal.records[0].channel == "page"


def test_the_conversation_goes_on_in_the_next_form(client: TestClient, desk: Any) -> None:
    client.post(
        "/ask", data={"question": "Et en alternance ?", "history": ["Le stage ?", "Où ?", " "]}
    )
    page = client.post("/ask", data={"question": "Stage ?", "history": ["a"] * 20}).text

    assert desk.asked[0][0].history == ("Le stage ?", "Où ?")
    form = page[page.index('id="ask"') :]
    assert form[: form.index("</form>")].count('name="history"') == 20


@pytest.mark.parametrize(
    ("question", "status"),
    [("Quel salaire ?", "partial"), ("Une cantine ?", "unanswered")],
)
def test_what_is_not_said_shows_the_contact(client: TestClient, question: str, status: str) -> None:
    response = client.post("/ask", data={"question": question})

    assert f'class="reply {status}"' in response.text
    assert 'href="mailto:scolarite@univ.example"' in response.text


def test_choices_ask_the_same_question_about_one_programme(client: TestClient) -> None:
    page = client.post("/ask", data={"question": "Question ambiguë"}).text

    assert '<button name="programme" value="parcours-cmc">' in page
    assert '<input type="hidden" name="question" value="Question ambiguë">' in page


@pytest.mark.parametrize(
    ("question", "words"),
    [("  ", "Écrivez votre question"), ("long " * 101, "raccourcissez-la")],
)
def test_a_question_that_is_refused_is_kept_in_the_form(
    client: TestClient, question: str, words: str
) -> None:
    response = client.post("/ask", data={"question": question})

    assert response.status_code == 422
    assert words in response.text
    kept = re.search(r"<textarea[^>]*>([^<]*)</textarea>", response.text)
    assert kept is not None
    assert unescape(kept[1]) == question


def test_an_unknown_programme_is_refused_on_the_page(client: TestClient) -> None:
    response = client.post("/ask", data={"question": "stage", "programme": "atlantide"})

    assert response.status_code == 422
    assert "atlantide" in response.text


def test_a_question_never_travels_in_an_address(client: TestClient) -> None:
    response = client.get("/ask?question=stage", follow_redirects=False)

    assert response.status_code == 303
    assert response.headers["location"] == "/ask"
    assert 'action="/ask#reply"' in client.get("/ask").text
    assert 'method="get"' not in client.get("/ask").text


@pytest.mark.parametrize("content_type", ["text/plain", "multipart/form-data; boundary=x", ""])
def test_the_form_is_urlencoded(client: TestClient, content_type: str) -> None:
    response = client.post(
        "/ask", content=b"question=stage", headers={"content-type": content_type}
    )

    assert response.status_code == 415


@pytest.mark.parametrize("body", [b"question=%ff%00%ED%A0%80", b"&&&=", b"question", b"a=1&" * 100])
def test_an_odd_form_is_never_a_fault(client: TestClient, body: bytes) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}

    assert client.post("/ask", content=body, headers=headers).status_code in (200, 422)


SCRIPTS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7777 * 7 }}",
    "'-alert(1)-'",
]


@pytest.mark.parametrize("payload", SCRIPTS)
def test_what_was_typed_is_shown_as_text(client: TestClient, payload: str) -> None:
    for data in (
        {"question": payload},
        {"question": payload * 30},
        {"question": "stage", "history": payload},
    ):
        page = client.post("/ask", data=data).text

        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "54439" not in page


def test_a_document_is_a_page_with_the_passage_marked(client: TestClient) -> None:
    page = client.get("/documents/parcours-cmc/alternance?q=420%20heures").text

    assert '<mark id="passage" tabindex="-1">420 heures</mark>' in page
    assert "Le passage cité est surligné." in page
    assert "Mis à jour le 1er septembre 2026" in page
    assert page.count('id="passage"') == 1


def test_a_citations_link_lands_on_its_words(client: TestClient) -> None:
    body = client.post("/api/v1/ask", json={"question": "Combien de temps dure le stage ?"}).json()

    for citation in body["citations"]:
        page = client.get(citation["url"])
        assert _context(page)["view"].found is True


def test_a_passage_that_is_gone_is_told_on_top(client: TestClient) -> None:
    page = client.get("/documents/parcours-cmc/alternance?q=560%20heures").text

    assert page.index("n’est plus dans ce document") < page.index("Type de contrat")
    assert "<mark" not in page


def test_a_document_leads_to_its_source(client: TestClient) -> None:
    page = client.get("/documents/parcours-cmc/admission").text

    assert "https://www.univ-rennes2.fr/formation/inscriptions-candidatures/master" in page
    assert "Ouvrir la page source" in page


def test_with_several_programmes_one_can_be_chosen(
    desk: Any, journal: Any, settings: Settings
) -> None:
    desk.programmes = {**desk.programmes, "licence": "Licence : musicologie"}
    client = TestClient(create_app(desk, journal, settings))

    page = client.get("/ask").text
    assert '<option value="parcours-cmc" selected>' in page
    assert '<option value="">toutes les formations</option>' in page
    assert 'href="/ask?programme=licence"' in page
    assert 'href="/?programme=licence"' in client.get("/").text
    other = client.get("/?programme=licence")
    assert _context(other)["programme"].title == "Licence"
    client.post("/ask", data={"question": "stage", "programme": ""})
    assert desk.asked[0][0].programme is None


def test_without_documents_the_page_says_so(desk: Any, journal: Any, settings: Settings) -> None:
    page = TestClient(create_app(type(desk)(()), journal, settings)).get("/")

    assert page.status_code == 200
    assert "Aucune documentation" in page.text


@pytest.mark.settings(privacy_url="https://univ.example/vie-privee")
def test_the_privacy_notice_is_linked(client: TestClient) -> None:
    assert 'href="https://univ.example/vie-privee"' in client.get("/").text
