import pytest

from assistant.expectation import asked_kind, concepts_shown, kinds_in


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Combien de temps dure le stage ?", "duration"),
        ("combien ça coûte ?", "money"),
        ("c quand la rentrée", "date"),
        ("combien d'étudiants par promotion ?", "number"),
        ("où est le campus", "place"),
        ("How long is the internship?", "duration"),
        ("stage obligatoire ?", None),
    ],
)
def test_a_question_s_own_words_ask_for_a_kind_of_answer(question: str, kind: str | None) -> None:
    assert asked_kind(question) == kind


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("420 heures", {"number", "duration"}),
        ("254 euros par an", {"number", "money"}),
        ("jusqu'au 1er juin 2026", {"number", "date"}),
        ("https://www.monmaster.gouv.fr", {"link", "contact"}),
        ("niveau B2 en anglais", {"language", "level"}),
        ("L'assiduité est rigoureusement respectée.", set()),
    ],
)
def test_a_text_holds_kinds_of_answer(text: str, kinds: set[str]) -> None:
    assert kinds_in(text) == kinds


def test_numbers_and_addresses_name_what_they_are() -> None:
    assert concepts_shown("02 61 91 40 17") == {"phone", "contact"}
    assert concepts_shown("scolarite@univ.example") == {"email", "contact"}
    assert concepts_shown("420 heures de stage") == frozenset()


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("c combien l'inscription", "money"),
        ("C'est combien, l'inscription ?", "money"),
        ("combien pour s'inscrire ?", "money"),
        ("c'est combien de temps, le stage ?", "duration"),
        ("combien d'étudiants ?", "number"),
    ],
)
def test_how_much_with_nothing_counted_asks_for_a_price(question: str, kind: str) -> None:
    assert asked_kind(question) == kind
