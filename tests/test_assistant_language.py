import pytest

from assistant.language import SERVED, detect_language, frame_stems, is_little
from assistant.lexicon import load_lexicon


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("How long is the internship?", "en"),
        ("¿Cuánto dura?", "es"),
        ("Wie lange dauert das Praktikum?", "de"),
        ("Combien de temps dure le stage ?", "fr"),
        ("c koi la durée", "fr"),
    ],
)
def test_little_words_give_a_language_away(question: str, language: str) -> None:
    assert detect_language(question) == language


def test_one_word_of_the_lexicon_is_enough() -> None:
    assert detect_language("internship", load_lexicon().words) == "en"


def test_where_nothing_tells_the_fallback_holds() -> None:
    assert detect_language("420") == "fr"
    assert detect_language("420", fallback="de") == "de"


def test_every_language_served_has_its_words() -> None:
    assert all(frame_stems(language) for language in SERVED)
    assert is_little("le", "fr")
    assert not is_little("stage", "fr")
