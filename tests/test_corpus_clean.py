"""Cleaning text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.clean import clean_line, clean_text, decode, folded
from corpus.reading import UnreadableDocument


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_decoded_from_what_offices_save(encoding: str) -> None:
    assert (
        clean_text(decode("Élève à l’œuvre – 200 €".encode(encoding))) == "Élève à l’œuvre – 200 €"
    )


def test_bytes_outside_windows_1252_are_read_as_latin_1() -> None:
    assert clean_line(decode(b"d\xe9but \x81 fin")) == "début fin"


@pytest.mark.parametrize(
    ("data", "suffix"),
    [(b"%PDF-1.7 ...", ".pdf"), (b"PK\x03\x04...", ".docx"), (b"<!doctype html><p>", ".html")],
)
def test_a_file_of_another_format_is_refused_with_its_suffix(data: bytes, suffix: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        decode(data)

    assert suffix in refused.value.remedy


def test_binary_content_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="binary"):
        decode(b"Stage\x00\x01\x02")


def test_invisible_characters_go_and_spaces_become_plain() -> None:
    text = "Du\u00adrée\u200b\u00a0: 2\u202fans\ufeff \u202e!\U000e0041"

    assert clean_line(text) == "Durée : 2 ans !"


def test_accents_are_composed() -> None:
    assert clean_line("E\u0301tudes") == "Études"


def test_bullets_of_word_are_kept_as_bullets() -> None:
    assert clean_text("\uf0b7 un CV") == "• un CV"


def test_lines_and_indentation_are_kept() -> None:
    assert clean_text("Stage\r\n\t12 semaines  \u2028Fin\r") == "Stage\n    12 semaines\nFin\n"


def test_folded_text_has_no_case_and_no_accents() -> None:
    assert folded("  Les ŒUVRES d’Élise ") == "les oeuvres d'elise"


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_text(text)

    assert clean_text(once) == once
    assert clean_line(once) == clean_line(text)
