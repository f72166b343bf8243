from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document, compose
from corpus.element import Element, Fact, Heading, Items, Page, Paragraph, Table
from web.document_view import Line, View, find_passage, view_of


def _document(*elements: Element) -> Document:
    text, sections = compose(elements)
    return Document("parcours/page", "parcours", "Le stage", text, sections)


def _text(line: Line) -> str:
    return "".join(run.text for run in line)


def _marked(view: View) -> str:
    return "|".join(
        run.text
        for part in view.parts
        for row in part.rows
        for line in row
        for run in line
        if run.marked
    )


PAGE = _document(
    Heading(1, "Le stage"),
    Paragraph("Le stage dure 420 heures. Il est obligatoire."),
    Heading(2, "Organisation"),
    Items(("une semaine de cours par mois ;", "trois semaines en stage.")),
    Fact("Durée", "420 heures"),
    Fact("Lieu", "Rennes"),
    Heading(3, "Calendrier"),
    Table(("Semestre", "Stage"), (("1", "non"), ("2", "oui"))),
)


def test_a_document_is_shown_by_its_parts_under_its_headings() -> None:
    parts = view_of(PAGE).parts

    assert [(part.kind, part.title) for part in parts] == [
        ("prose", ""),
        ("heading", "Organisation"),
        ("list", ""),
        ("facts", ""),
        ("heading", "Calendrier"),
        ("table", ""),
    ]
    assert [_text(row[0]) for row in parts[2].rows] == [
        "une semaine de cours par mois ;",
        "trois semaines en stage.",
    ]
    assert [tuple(map(_text, row)) for row in parts[3].rows] == [
        ("Durée", "420 heures"),
        ("Lieu", "Rennes"),
    ]


def test_the_title_is_not_said_twice() -> None:
    assert "Le stage" not in [part.title for part in view_of(PAGE).parts]


def test_rows_become_a_table_again() -> None:
    table = view_of(PAGE).parts[-1]

    assert table.titles == ("Semestre", "Stage")
    assert [tuple(map(_text, row)) for row in table.rows] == [("1", "non"), ("2", "oui")]


def test_rows_with_empty_cells_keep_their_columns() -> None:
    page = _document(
        Table(("Contrat", "Rythme", "Lieu"), (("CDD", "", "Rennes"), ("CDI", "4/1", "Brest")))
    )
    (table,) = view_of(page).parts

    assert [tuple(map(_text, row)) for row in table.rows] == [
        ("CDD", "", "Rennes"),
        ("CDI", "4/1", "Brest"),
    ]


def test_rows_without_titles_are_shown_as_lines() -> None:
    page = _document(Table((), (("Licence", "3 ans"), ("Master", "2 ans"))))
    (rows,) = view_of(page).parts

    assert rows.kind == "rows"
    assert _text(rows.rows[0][0]) == "Licence ; 3 ans"


def test_the_passage_is_marked_in_prose() -> None:
    view = view_of(PAGE, "420 heures. Il")

    assert view.found is True
    assert _marked(view) == "420 heures. Il"


def test_white_space_does_not_matter() -> None:
    assert _marked(view_of(PAGE, "  420\n heures.   Il ")) == "420 heures. Il"


def test_a_passage_of_several_blocks_is_marked_in_each() -> None:
    quote = PAGE.text[PAGE.text.index("obligatoire") : PAGE.text.index("trois")]

    assert _marked(view_of(PAGE, quote)) == "obligatoire.|une semaine de cours par mois ;"


def test_a_passage_inside_a_fact_is_marked_in_its_value() -> None:
    assert _marked(view_of(PAGE, "Durée : 420 heures")) == "Durée|420 heures"


def test_words_that_are_no_longer_there_are_told() -> None:
    assert view_of(PAGE, "560 heures").found is False
    assert view_of(PAGE, "   ").found is None
    assert view_of(PAGE).found is None


def test_addresses_become_links_and_nothing_else_does() -> None:
    page = _document(
        Paragraph(
            "Voir https://www.monmaster.gouv.fr/, écrire à scolarite@univ.example. "
            "javascript:alert(1) data:text/html,x"
        )
    )
    runs = [run for run in view_of(page).parts[0].rows[0][0] if run.href]

    assert [(run.text, run.href) for run in runs] == [
        ("https://www.monmaster.gouv.fr/", "https://www.monmaster.gouv.fr/"),
        ("scolarite@univ.example", "mailto:scolarite@univ.example"),
    ]


def test_a_new_page_of_a_file_is_told() -> None:
    page = _document(Page(1), Paragraph("Une page."), Page(2), Paragraph("La suivante."))

    assert [part.title for part in view_of(page).parts if part.kind == "page"] == ["1", "2"]


_WORDS = (
    st.text(alphabet="abé .;:-\n", min_size=1, max_size=30)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)


@given(st.lists(_WORDS, min_size=1, max_size=5), st.data())
def test_any_quote_of_the_text_is_found_where_its_words_stand(
    paragraphs: list[str], data: st.DataObject
) -> None:
    page = _document(*map(Paragraph, paragraphs))
    start = data.draw(st.integers(0, len(page.text) - 1))
    end = data.draw(st.integers(start + 1, len(page.text)))
    quote = page.text[start:end]

    found = find_passage(page.text, quote)

    if not quote.split():
        assert found is None
    else:
        assert found is not None
        assert page.text[slice(*found)].split() == quote.split()


@given(st.lists(_WORDS, min_size=1, max_size=5), st.text(max_size=20))
def test_every_character_of_a_paragraph_is_shown_once(paragraphs: list[str], words: str) -> None:
    view = view_of(_document(*map(Paragraph, paragraphs)), words)

    assert [_text(row[0]) for part in view.parts for row in part.rows] == paragraphs
