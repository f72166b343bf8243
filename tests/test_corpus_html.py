"""Reading HTML pages."""

import json
from functools import cache
from pathlib import Path

import pytest

from corpus.clean import folded
from corpus.cut import cut
from corpus.document import Document
from corpus.library import document_from
from corpus.passage import Passage
from corpus.reader import read
from corpus.reading import Reading

PAGES = Path(__file__).parent / "data" / "documents" / "html"
EXPECTED = json.loads((PAGES / "expected.json").read_text(encoding="utf-8"))

# What no page says of its programme: menus, banners, footers.
FURNITURE = (
    *("mentions légales", "plan du site", "cookie", "aller au contenu", "vous êtes ici"),
    *("facebook", "twitter", "actualités", "articles récents", "similaires", "tous droits"),
    *("rechercher sur", "retour à l'accueil", "haut de page", "newsletter", "wordpress"),
)
FURNITURE_LINES = ("accueil", "menu", "partager", "imprimer", "connexion", "précédent", "suivant")


@cache
def page(name: str) -> Reading:
    return read((PAGES / name).read_bytes(), ".html")


def document(name: str) -> Document:
    return document_from(f"pages/{name}", page(name))


def holds(passage: Passage, text: str, heading: str) -> bool:
    return folded(text) in folded(passage.text) and folded(heading) in map(folded, passage.headings)


@pytest.mark.parametrize("name", EXPECTED)
def test_every_fact_is_in_a_passage_under_its_heading(name: str) -> None:
    passages = cut(document(name))

    missing = [
        (text, heading)
        for text, heading in EXPECTED[name]["facts"]
        if not any(holds(passage, text, heading) for passage in passages)
    ]

    assert missing == []


@pytest.mark.parametrize("name", EXPECTED)
def test_no_passage_holds_furniture_or_hidden_text(name: str) -> None:
    unwanted = [*FURNITURE, *EXPECTED[name].get("never", [])]

    found = [
        (word, passage.text)
        for passage in cut(document(name))
        for word in unwanted
        if folded(word) in folded(" / ".join((passage.text, *passage.headings)))
    ]
    found += [
        (line, passage.text)
        for passage in cut(document(name))
        for line in (*passage.text.split("\n"), *passage.headings)
        if folded(line) in map(folded, FURNITURE_LINES)
    ]

    assert found == []


@pytest.mark.parametrize("name", EXPECTED)
def test_offsets_are_exact(name: str) -> None:
    text = document(name).text

    assert all(text[p.start : p.end] == p.text for p in cut(document(name)))


@pytest.mark.parametrize("name", EXPECTED)
def test_the_page_says_what_it_is(name: str) -> None:
    metadata = page(name).metadata

    assert {
        key: getattr(metadata, key) for key in ("title", "url", "language", "updated")
    } == EXPECTED[name]["metadata"]


@pytest.mark.parametrize("name", EXPECTED)
def test_hidden_text_is_reported(name: str) -> None:
    notes = " ".join(page(name).notes)

    assert all(text in notes for text in EXPECTED[name].get("noted", []))
    assert bool(notes) == bool(EXPECTED[name].get("noted"))
