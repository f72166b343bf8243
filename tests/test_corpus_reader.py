"""The door into the corpus."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import compose
from corpus.element import Fact, Heading, Items, Page, Paragraph, Table
from corpus.reader import READERS, read
from corpus.reading import UnreadableDocument


@pytest.mark.parametrize("suffix", [".md", ".MD", ".txt", ".Txt"])
def test_a_file_is_read_by_its_suffix_in_any_case(suffix: str) -> None:
    assert read("Durée : 2 ans\n".encode(), suffix).elements == (Fact("Durée", "2 ans"),)


@pytest.mark.parametrize("suffix", ["", ".exe", "md"])
def test_an_unknown_suffix_is_refused_with_the_known_ones(suffix: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read("Durée : 2 ans".encode(), suffix)

    assert all(known in refused.value.remedy for known in READERS)


@pytest.mark.parametrize("data", [b"", b" \n\t\n"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableDocument, match="empty"):
        read(data, ".txt")


@pytest.mark.parametrize("text", ["# Master\n\n## Admission\n", "---\ntitle: Master\n---\n"])
def test_a_file_without_content_is_refused(text: str) -> None:
    with pytest.raises(UnreadableDocument, match="No content"):
        read(text.encode(), ".md")


lines = st.lists(
    st.sampled_from(
        [
            *(
                "",
                "",
                "# Master",
                "Stage",
                "Durée : 2 ans",
                "- un CV ;",
                "  • ECTS",
                "    120 crédits",
            ),
            *(
                "1. Dépôt",
                "a) oui",
                "Il faut :",
                "Le stage est obligatoire. Il dure 2 mois.",
                "====",
            ),
            *("| a | b |", "|---|---|", "> cité", "**Rythme**", "2 semaines", "•", "420h", "```"),
            *(
                "<p>",
                "<!--",
                "-->",
                "[a](https://b.example)",
                "**a",
                "b**",
                "![](",
                "\u200b",
                "-",
                ">",
            ),
            *(
                "Étape    Date    Lieu",
                "STAGE",
                "Partager",
                "Accueil > Master",
                "et la suite",
                "---",
            ),
        ]
    )
    | st.text(max_size=20)
)


@pytest.mark.parametrize("suffix", [".md", ".txt"])
@given(parts=lines)
def test_whatever_the_text_it_is_read_into_clean_elements_or_refused(
    suffix: str, parts: list[str]
) -> None:
    try:
        reading = read("\n".join(parts).encode("utf-8", "replace"), suffix)
    except UnreadableDocument:
        return

    texts = [text for element in reading.elements for text in texts_of(element)]
    assert all(text == " ".join(text.split()) for text in texts)
    assert all(text for element in reading.elements for text in texts_of(element)[:1])
    assert compose(reading.elements)[0].strip()


def texts_of(element: object) -> tuple[str, ...]:
    match element:
        case Heading(_, text) | Paragraph(text):
            return (text,)
        case Items(items):
            return items
        case Fact(label, value):
            return label, value
        case Table(_, rows):
            return tuple(cell for row in rows for cell in row if cell)
        case Page(_):
            return ()
    raise AssertionError(element)
