import pytest
import wordfreq

from assistant.frequency import common_words, frequency, is_word, listed, rarity
from assistant.language import SERVED


@pytest.mark.parametrize("language", SERVED)
def test_the_lists_are_those_that_wordfreq_reads(language: str) -> None:
    assert listed(language) == wordfreq.get_frequency_list(language, wordlist="small")


def test_a_rare_word_says_more_than_a_common_one() -> None:
    assert 0 < rarity("de", "fr") < rarity("moment", "fr") < rarity("gemapi", "fr") == 1


def test_a_word_common_in_french_says_little_in_any_language() -> None:
    assert rarity("moment", "en") <= rarity("moment", "fr")


def test_words_that_people_use_are_known() -> None:
    assert is_word("moment", "fr")
    assert is_word("moment", "en")
    assert not is_word("zorglub", "fr")
    assert "stage" in common_words("fr")


def test_an_unknown_word_has_no_frequency() -> None:
    assert frequency("zorglub") == 0 < frequency("moment")
