import pytest

from assistant.lexicon import load_lexicon
from assistant.spelling import Spelling

SPELLING = Spelling(load_lexicon().words)
VOCABULARY = frozenset({"gemapi", "mediation", "culturelle"})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("c koi la durée du stage ?", "c est quoi la durée du stage ?"),
        ("la mediaton culturelle", "la mediation culturelle"),
        ("dure le gemapy", "dure le gemapi"),
    ],
)
def test_phone_spelling_and_slips_are_mended(typed: str, meant: str) -> None:
    assert SPELLING.corrected(typed, VOCABULARY) == meant


@pytest.mark.parametrize("right", ["L'inscription", "zorglub", "Médiation culturelle ?", "420 h"])
def test_what_is_right_or_like_nothing_known_stays_as_typed(right: str) -> None:
    assert SPELLING.corrected(right, VOCABULARY) == right


def test_a_word_is_only_mended_into_one_that_is_known() -> None:
    assert SPELLING.corrected("gemapy", frozenset()) == "gemapy"


def test_a_phone_form_that_the_corpus_has_is_a_word() -> None:
    assert SPELLING.corrected("koi", frozenset({"koi"})) == "koi"


def test_a_correction_does_not_depend_on_the_order_in_which_words_are_held() -> None:
    # More words one slip away than any cut would keep: the commonest is taken, else the first.
    near = [f"stag{letter}x" for letter in "abcdefghijklmnopqrstuvwxyz"]
    one = Spelling(["stages"]).corrected("stagx", frozenset(near))
    other = Spelling(["stages"]).corrected("stagx", frozenset(reversed(near)))
    assert one == other == "stagax"
