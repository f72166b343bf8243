import re
from typing import get_args

import pytest

from assistant.answer import Reason
from assistant.phrases import PHRASES, phrase


def test_every_phrase_is_there_in_both_languages() -> None:
    for key, said in PHRASES.items():
        assert set(said) == {"fr", "en"}, key
        assert all(text == text.strip() != "" for text in said.values()), key
        assert said["fr"] != said["en"], key
        assert not any("  " in text for text in said.values()), key


@pytest.mark.parametrize("reason", get_args(Reason))
def test_every_reason_of_a_refusal_can_be_said(reason: str) -> None:
    assert phrase(reason, "fr")
    assert phrase(reason, "en")


@pytest.mark.parametrize(
    "intent",
    ["greeting", "thanks", "goodbye", "wellbeing", "identity", "abilities", "praise", "complaint"],
)
def test_every_courtesy_can_be_returned(intent: str) -> None:
    assert phrase(intent, "fr")


def test_no_phrase_states_anything_of_a_programme() -> None:
    for said in PHRASES.values():
        assert not any(re.search(r"\d|€", text) for text in said.values())


def test_another_language_than_french_is_met_in_english() -> None:
    assert phrase("thanks", "de") == phrase("thanks", "en") != phrase("thanks", "fr")
