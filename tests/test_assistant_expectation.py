import pytest

from assistant.expectation import concepts_shown, kinds_in


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("420 heures", {"number", "duration"}),
        ("254 euros par an", {"number", "money"}),
        ("jusqu'au 1er juin 2026", {"number", "date"}),
        ("https://www.monmaster.gouv.fr", {"link", "contact"}),
        ("niveau B2 en anglais", {"language", "level"}),
        ("le certificat est passé en L2", {"period", "level"}),
        ("L'assiduité est rigoureusement respectée.", set()),
    ],
)
def test_a_text_holds_kinds_of_answer(text: str, kinds: set[str]) -> None:
    assert kinds_in(text) == kinds


def test_numbers_and_addresses_name_what_they_are() -> None:
    assert concepts_shown("02 61 91 40 17") == {"phone", "contact"}
    assert concepts_shown("scolarite@univ.example") == {"email", "contact"}
    assert concepts_shown("420 heures de stage") == frozenset()
