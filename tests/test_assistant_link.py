from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.link import passage_url
from assistant.page import letters_of, page_of
from corpus.document import Document, compose
from corpus.element import Page, Paragraph
from corpus.library import document_from
from corpus.reader import read

URL = "https://www.univ.example/master"


def page(html: str, url: str = URL) -> Document:
    reading = read(f"<html><body><h1>Master</h1>{html}</body></html>".encode(), ".html")
    return document_from("master", replace(reading, metadata=replace(reading.metadata, url=url)))


def link(document: Document, words: str, after: str = "") -> str:
    start = document.text.index(words, document.text.index(after))
    return passage_url(document, start, start + len(words))


def directive(html: str, words: str, after: str = "") -> str | None:
    address, _, found = link(page(html), words, after).partition("#:~:text=")
    return found if address == URL else None


def test_words_that_stand_once_on_their_page_are_linked_to() -> None:
    assert directive("<p>Le stage dure 420 heures.</p>", "Le stage dure 420 heures.") == (
        "Le%20stage%20dure%20420%20heures."
    )


def test_signs_of_the_directive_are_written_so_that_they_are_none() -> None:
    words = "rendez-vous, C & D"

    assert directive(f"<p>Un {words.replace('&', '&amp;')} ici.</p>", words) == (
        "rendez%2Dvous%2C%20C%20%26%20D"
    )


def test_of_long_quotes_the_first_and_last_words_are_enough() -> None:
    words = "Le stage commence en janvier " + "et se poursuit " * 12 + "jusqu'au mois de juin."

    assert directive(f"<p>{words}</p>", words) == (
        "Le%20stage%20commence%20en,jusqu%27au%20mois%20de%20juin."
    )


def test_a_quote_of_several_blocks_is_a_range() -> None:
    html = "<dl><dt>Durée</dt><dd>2 ans</dd></dl>"

    assert directive(html, "Durée : 2 ans") == "Dur%C3%A9e,2%20ans"


def test_repeated_words_are_told_apart_by_their_neighbours() -> None:
    html = "<h2>Licence</h2><p>Trois ans.</p><h2>Doctorat</h2><p>Trois ans.</p><p>Voilà.</p>"

    assert directive(html, "Trois ans.", "Licence") == "Licence-,Trois%20ans."
    assert directive(html, "Trois ans.", "Doctorat") == "Doctorat-,Trois%20ans."


@pytest.mark.parametrize(
    "html",
    [
        "<footer><p>Le stage dure 420 heures.</p></footer>",
        "<p class='d-md-none'>LE STAGE DURE 420 HEURES.</p>",
        "<p>Le&nbsp;stage dure</p><p>420 heures.</p>",
    ],
)
def test_words_that_may_be_found_elsewhere_need_a_neighbour(html: str) -> None:
    found = directive(f"<p>Le stage dure 420 heures.</p>{html}", "Le stage dure 420 heures.")

    assert found == "Master-,Le%20stage%20dure%20420%20heures."


def test_what_nothing_tells_apart_is_shown_in_our_own_view() -> None:
    html = "<p>Oui, bien sûr.</p>" * 40
    document = page(html)
    middle = document.text.index("Oui", len(document.text) // 2)

    assert passage_url(document, middle, middle + 14).startswith("/documents/master?q=Oui%2C%20bie")


def test_words_in_a_closed_panel_are_shown_in_our_own_view() -> None:
    html = "<button aria-expanded='false' aria-controls='x'>Stage</button><div id='x' hidden>"

    assert directive(f"{html}<p>Le stage dure 420 heures.</p></div>", "420 heures") is None


def test_a_range_does_not_leave_what_is_folded_away() -> None:
    html = "<details><summary>Stage</summary><p>Il dure 420 heures.</p></details><p>Fin.</p>"

    assert directive(html, "Il dure 420 heures.") == "Il%20dure%20420%20heures."
    assert directive(html, "Il dure 420 heures.\n\nFin.") is None


def test_an_address_that_the_document_adds_is_no_word_of_the_page() -> None:
    html = "<p>Écrire à <a href='mailto:s@univ.example'>la scolarité</a> avant juin.</p>"

    assert directive(html, "Écrire à la scolarité (s@univ.example) avant juin.") == (
        "%C3%89crire%20%C3%A0,avant%20juin."
    )


def test_a_fragment_of_the_pages_own_address_goes() -> None:
    document = page("<p>Deux ans.</p>", f"{URL}#stage")

    assert link(document, "Deux ans.") == f"{URL}#:~:text=Deux%20ans."


def test_a_restated_document_is_shown_in_our_own_view() -> None:
    reading = read(f"---\nurl: {URL}\n---\n# Stage\n\nDeux ans.".encode(), ".md")

    assert link(document_from("stage", reading), "Deux ans.") == (
        "/documents/stage?q=Deux%20ans.#passage"
    )


def test_a_page_without_an_address_is_shown_in_our_own_view() -> None:
    reading = read(b"<html><body><p>Deux ans de cours.</p></body></html>", ".html")

    assert link(document_from("page", reading), "Deux ans").startswith("/documents/page?")


def test_a_pdf_file_on_the_web_is_opened_at_the_page() -> None:
    elements = (Page(1), Paragraph("Une."), Page(2), Paragraph("Deux ans."))
    text, sections = compose(elements)
    document = Document("guide", "master", "Guide", text, sections, url="https://u.example/g.pdf")

    assert link(document, "Deux ans.") == "https://u.example/g.pdf#page=2"
    assert link(replace(document, url=None), "Deux ans.").startswith("/documents/guide?")


def test_our_own_view_is_told_which_of_the_same_words_is_meant() -> None:
    text, sections = compose((Paragraph("Deux ans. Deux ans."),))
    document = Document("guide", "master", "Guide", text, sections)

    assert passage_url(document, 0, 9) == "/documents/guide?q=Deux%20ans.#passage"
    assert passage_url(document, 10, 19) == "/documents/guide?q=Deux%20ans.&at=10#passage"


_WORD = st.text("abé-&,.", min_size=1, max_size=4)
_HTML = st.lists(st.lists(_WORD, min_size=1, max_size=6).map(" ".join), min_size=1, max_size=6)


@given(_HTML, st.data())
def test_a_directive_stands_on_the_page_once(paragraphs: list[str], data: st.DataObject) -> None:
    html = "".join(f"<p>{text.replace('&', '&amp;')}</p>" for text in ["Une page.", *paragraphs])
    document = page(html)
    start = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(start + 1, len(document.text)))

    url = passage_url(document, start, end)

    parts = urlsplit(url)
    if not parts.netloc:
        assert parse_qs(parts.query, keep_blank_values=True)["q"]
        return
    texts = parts.fragment.removeprefix(":~:text=").split(",")
    letters = page_of(document.shown or "").letters
    whole = texts if texts[-1].startswith("-") else texts[: 2 if texts[0].endswith("-") else 1]
    assert letters.count(letters_of(unquote("".join(whole)))) == 1
    assert letters_of(document.text[start:end]) in letters
