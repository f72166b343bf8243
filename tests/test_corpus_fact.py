"""Facts in lines."""

import pytest

from corpus.element import Fact, Items
from corpus.fact import fact_of, list_of


@pytest.mark.parametrize(
    ("line", "label", "value"),
    [
        ("Durée : 2 ans", "Durée", "2 ans"),
        ("Lieu: Rennes", "Lieu", "Rennes"),
        ("**Durée** : 2 ans", "Durée", "2 ans"),
        ("Horaires : 10:30 - 12:00", "Horaires", "10:30 - 12:00"),
        ("Site :https://univ.example", "Site", "https://univ.example"),
        (
            "Travaux dirigés de méthodes et d'outils de l'enquête orale : 24 h",
            "Travaux dirigés de méthodes et d'outils de l'enquête orale",
            "24 h",
        ),
    ],
)
def test_a_line_with_a_short_label_is_a_fact(line: str, label: str, value: str) -> None:
    assert fact_of(line) == Fact(label, value)


@pytest.mark.parametrize(
    "line",
    [
        "Les candidatures sont ouvertes à 10:30",
        "https://univ.example/stage",
        "En savoir plus :https://univ.example/admission",
        "Pour les candidatures en master : consulter la plateforme nationale (https://mm.example).",
        "Il faut avoir lu, avant la rentrée, trois des ouvrages suivants : Perec, Sarraute, Duras",
        "Entrée en M2 : avoir validé le M1. Cinq places sont ouvertes.",
        "Pièces à joindre :",
        ": 2 ans",
    ],
)
def test_a_sentence_with_a_colon_is_no_fact(line: str) -> None:
    assert fact_of(line) is None


def test_a_list_of_facts_is_facts() -> None:
    found = list_of(["Durée : 2 ans", "Lieu : Rennes"], introduced=False)

    assert found == (Fact("Durée", "2 ans"), Fact("Lieu", "Rennes"))


def test_a_list_that_a_sentence_introduces_stays_whole() -> None:
    items = ["Action sociale : communale, départementale", "Associations"]

    assert list_of(items, introduced=True) == (Items(tuple(items)),)


def test_a_panel_of_key_facts_is_facts_even_when_introduced() -> None:
    found = list_of(["ECTS : 120", "Durée : 2 ans", "Discipline : son"], introduced=True)

    assert found == (Fact("ECTS", "120"), Fact("Durée", "2 ans"), Fact("Discipline", "son"))


def test_a_list_with_one_colon_in_it_stays_whole() -> None:
    items = ["Réseaux : notions", "Droit", "Contrats"]

    assert list_of(items, introduced=False) == (Items(tuple(items)),)
