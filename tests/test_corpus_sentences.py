"""Sentences."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def test_sentences_end_at_their_full_stops() -> None:
    assert split("Le stage dure 12 semaines. Est-il payé ? Oui ! Il l’est…") == [
        "Le stage dure 12 semaines.",
        "Est-il payé ?",
        "Oui !",
        "Il l’est…",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "M. Tissier et Mme. Morel reçoivent le lundi.",
        "Les langues (p. ex. Anglais ou allemand) sont libres.",
        "L'art. L. 612-3 du code s'applique.",
        "Le n. 4 de la rue J. Lesage est fermé.",
        "Les étudiant.e.s et les professionnel.le.s sont reçu.e.s.",
        "Chargé.e de mission, Chef.fe de projet ou Coordonnateur.rice.",
        "Voir https://univ.example/Admission.html ou a.Morel@univ.example pour la suite.",
        "Les frais sont de 1 200,50 € ou de 1.200 €.",
        "Le stage compte 2 j. de préparation et 3 sem. de terrain.",
        "Les dossiers... ne sont pas rendus.",
        "Le master (voir p. 4) est ouvert.",
    ],
)
def test_a_dot_inside_a_sentence_does_not_end_it(sentence: str) -> None:
    assert split(f"{sentence} Fin.") == [sentence, "Fin."]


def test_closing_quotes_and_parentheses_stay_with_their_sentence() -> None:
    assert split("Il dit : « Venez. » Nous venons. (C'est tout.) Merci.") == [
        "Il dit : « Venez. »",
        "Nous venons.",
        "(C'est tout.)",
        "Merci.",
    ]


def test_a_group_named_by_a_letter_may_end_a_sentence() -> None:
    assert split("Choisir le groupe A. Les cours ont lieu le soir.") == [
        "Choisir le groupe A.",
        "Les cours ont lieu le soir.",
    ]


def test_a_year_may_end_a_sentence_and_a_number_may_open_a_line() -> None:
    assert split("Le master ouvre en 2026. Il dure 2 ans.\n1. Déposer le dossier") == [
        "Le master ouvre en 2026.",
        "Il dure 2 ans.",
        "1. Déposer le dossier",
    ]


def test_each_item_of_a_list_is_its_own() -> None:
    assert split("Il faut :\n\n- un CV ;\n- une lettre.") == [
        "Il faut :",
        "- un CV ;",
        "- une lettre.",
    ]


@given(st.text(alphabet=st.sampled_from(list("aAbé 1.?!…»«\")(\n-:;,@/’'"))))
def test_sentences_cover_all_that_is_not_white_space_in_order(text: str) -> None:
    spans = sentences(text)

    assert all(start < end and text[start:end] == text[start:end].strip() for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())
