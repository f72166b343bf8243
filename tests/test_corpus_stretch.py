from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.reader import read
from corpus.stretch import Stretch, dumped, parsed


def shown(html: str) -> list[tuple[str, bool, bool, int]]:
    reading = read(f"<html><body><p>Une page.</p>{html}</body></html>".encode(), ".html")
    assert reading.shown is not None
    return [(s.text, s.sure, s.joined, s.fold) for s in parsed(reading.shown)[1:]]


def test_blocks_and_breaks_end_a_stretch() -> None:
    html = "<div>Stage<p>Il dure<br>420 heures.</p></div>"

    assert [text for text, *_ in shown(html)] == ["Stage", "Il dure", "420 heures."]


def test_words_in_bold_within_a_line_are_part_of_it() -> None:
    html = "<p>Le <strong>stage</strong> dure.</p><p><b>Lieu</b> Rennes</p>"

    assert [text for text, *_ in shown(html)] == ["Le stage dure.", "Lieu", "Rennes"]


def test_a_box_in_a_line_is_joined_to_the_text_it_touches() -> None:
    assert shown("<p>Durée<span>2 ans</span> <span>ou 3</span></p>") == [
        ("Durée", True, False, 0),
        ("2 ans", True, True, 0),
        ("ou 3", True, False, 0),
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<p class='d-none d-md-block'>Texte</p>",
        "<p aria-hidden='true'>Texte</p>",
        "<p class='sr-only'>Texte</p>",
        "<button>Texte</button>",
        "<button aria-controls='x'>+</button><div id='x'>Texte</div>",
        "<style>.old{opacity:0}</style><p class='old'>Texte</p>",
    ],
)
def test_what_may_be_hidden_is_not_sure(html: str) -> None:
    assert [sure for text, sure, *_ in shown(html) if text == "Texte"] == [False]


@pytest.mark.parametrize(
    "html",
    [
        "<p style='display: none'>Texte</p>",
        "<p hidden>Texte</p>",
        "<noscript>Texte</noscript>",
        "<script>Texte</script>",
        "<!-- Texte -->",
    ],
)
def test_what_is_not_displayed_is_left_out(html: str) -> None:
    assert "Texte" not in [text for text, *_ in shown(html)]


def test_an_open_panel_is_shown() -> None:
    html = "<button aria-controls='x'>Voir</button><div id='x' class='active'>Texte</div>"

    assert ("Texte", True, False, 0) in shown(html)


def test_what_folds_away_is_numbered() -> None:
    html = (
        "<details><summary>Un</summary>Texte<details><summary>Deux</summary>Reste</details>"
        "</details><div hidden=until-found>Fin</div>"
    )

    assert [(text, fold) for text, _, _, fold in shown(html)] == [
        ("Un", 0),
        ("Texte", 1),
        ("Deux", 1),
        ("Reste", 2),
        ("Fin", 3),
    ]


def test_other_formats_show_no_page() -> None:
    assert read(b"# Stage\n\nUn texte.", ".md").shown is None


_STRETCHES = st.lists(
    st.builds(
        Stretch,
        st.text("ab ?+1é", max_size=9).map(str.strip),
        st.booleans(),
        st.booleans(),
        st.integers(0, 12),
    )
)


@given(_STRETCHES)
def test_stretches_survive_being_written(stretches: list[Stretch]) -> None:
    assert list(parsed(dumped(stretches))) == stretches


def test_a_text_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="no stretch"):
        parsed("abc")
