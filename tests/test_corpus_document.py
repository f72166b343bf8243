"""Composing a document."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Block, Document, compose, row_line
from corpus.element import Close, Element, Fact, Heading, Items, Page, Paragraph, Table

words = st.text(alphabet="abcé :-.", min_size=1).map(lambda t: " ".join(t.split())).filter(bool)
elements = st.lists(
    st.one_of(
        st.builds(Heading, st.integers(1, 6), words, st.none() | words),
        st.builds(Paragraph, words),
        st.builds(Items, st.lists(words, min_size=1).map(tuple)),
        st.builds(Fact, words, words),
        st.builds(
            Table,
            st.just(()) | st.tuples(words, words),
            st.lists(st.tuples(words, words)).map(tuple),
        ),
        st.builds(Page, st.integers(1, 9)),
    )
)


def as_written(element: Element) -> list[tuple[str, str]]:
    match element:
        case Paragraph(text):
            return [("prose", text)]
        case Items(items):
            return [("list", "\n".join(f"- {item}" for item in items))]
        case Fact(label, value):
            return [("fact", f"{label} : {value}")]
        case Table(header, rows):
            return [("row", row_line(header, row)) for row in rows]
    return []


@given(elements)
def test_every_element_stands_in_the_text_where_its_block_says(parts: list[Element]) -> None:
    text, sections = compose(parts)

    blocks = [block for section in sections for block in section.blocks]
    written = [(block.kind, text[block.start : block.end]) for block in blocks]
    assert written == [line for part in parts for line in as_written(part)]
    assert all(text[a.end : b.start].strip() or b.start - a.end == 2 for a, b in pairwise(blocks))


def test_a_section_has_the_headings_above_it() -> None:
    parts = [
        Heading(1, "Master"),
        Heading(2, "Admission"),
        Heading(3, "Dates"),
        Paragraph("En mars."),
        Heading(2, "Stage"),
        Paragraph("Obligatoire."),
    ]

    _, sections = compose(parts)

    assert [section.headings for section in sections] == [
        ("Master", "Admission", "Dates"),
        ("Master", "Stage"),
    ]


def test_an_anchor_is_the_nearest_one_above_never_a_sibling_s() -> None:
    parts = [
        Heading(2, "Admission", "admission"),
        Heading(3, "Dates", "dates"),
        Paragraph("En mars."),
        Heading(3, "Frais"),
        Paragraph("243 €"),
    ]

    _, sections = compose(parts)

    assert [section.anchor for section in sections] == ["dates", "admission"]


def test_a_page_begins_a_new_section() -> None:
    _, sections = compose([Page(1), Paragraph("Un."), Page(2), Paragraph("Deux.")])

    assert [(section.page, section.blocks) for section in sections] == [
        (1, (Block("prose", 0, 3),)),
        (2, (Block("prose", 5, 10),)),
    ]


def test_a_row_reads_alone() -> None:
    assert row_line(("Étape", "Date"), ("Dépôt", "2 mars")) == "Étape : Dépôt ; Date : 2 mars"
    assert row_line(("UE", "Heures", ""), ("UE 1", "", "écrit")) == "UE 1 ; écrit"
    assert row_line((), ("Dépôt", "2 mars")) == "Dépôt ; 2 mars"


def test_a_document_is_known_by_the_checksum_of_its_text() -> None:
    text, sections = compose([Paragraph("Le stage dure 12 semaines.")])

    one = Document("a", "p", "A", text, sections)
    other = Document("b", "p", "B", text, sections)

    assert one.sha256 == other.sha256
    assert len(one.sha256) == 64


def test_what_stands_after_a_closed_section_is_under_the_one_above() -> None:
    text, sections = compose(
        (Heading(1, "Master"), Heading(2, "Qui ?"), Paragraph("Tous."), Close(2), Paragraph("Fin."))
    )

    assert [section.headings for section in sections] == [("Master", "Qui ?"), ("Master",)]
    assert text == "Master\n\nQui ?\n\nTous.\n\nFin."
