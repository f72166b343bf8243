"""Cutting documents into passages."""

from collections.abc import Iterable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus.cut import cut, trail
from corpus.document import Document, compose
from corpus.element import Element, Fact, Heading, Items, Page, Paragraph, Table
from corpus.passage import Passage

phrase = st.text(alphabet="aé. :?", min_size=1, max_size=400).map(lambda t: " ".join(t.split()))
words = phrase.filter(bool)
elements = st.lists(
    st.one_of(
        st.builds(Heading, st.integers(1, 3), words),
        st.builds(Paragraph, words | words.map(lambda t: f"{t} fin. " * 9 + "Fin.")),
        st.builds(Items, st.lists(words, min_size=1, max_size=9).map(tuple)),
        st.builds(Fact, words, words),
        st.builds(Table, st.just(()), st.lists(st.tuples(words)).map(tuple)),
    ),
    max_size=12,
)


def passages(parts: Iterable[Element], title: str = "Master") -> tuple[Passage, ...]:
    text, sections = compose(parts)
    return cut(Document("master/page", "master", title, text, sections))


@given(elements)
def test_passages_are_exact_in_order_and_apart(parts: list[Element]) -> None:
    text, sections = compose(parts)
    document = Document("d", "p", "Titre", text, sections)

    found = cut(document)

    assert all(passage.text == text[passage.start : passage.end] for passage in found)
    assert all(passage.text == passage.text.strip() != "" for passage in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert [passage.id for passage in found] == [f"d#{n + 1}" for n in range(len(found))]


def test_a_list_stays_with_the_sentence_that_introduces_it() -> None:
    found = passages([Paragraph("Il faut :"), Items(("un CV ;", "une lettre."))])

    assert [(p.kind, p.text) for p in found] == [("list", "Il faut :\n\n- un CV ;\n- une lettre.")]


def test_only_the_last_sentence_of_a_long_paragraph_introduces_a_list() -> None:
    about = "Le master forme à la collecte et à la restitution des sources sonores. " * 5

    found = passages([Paragraph(f"{about}Il faut :"), Items(("un CV", "une lettre"))])

    assert [p.kind for p in found] == ["prose", "list"]
    assert found[0].text == about.strip()
    assert found[1].text == "Il faut :\n\n- un CV\n- une lettre"


def test_a_sentence_that_does_not_introduce_the_list_is_left_alone() -> None:
    found = passages([Paragraph("Le stage est obligatoire."), Items(("un CV", "une lettre"))])

    assert [p.kind for p in found] == ["prose", "list"]


def test_a_long_list_is_split_at_its_items_each_under_its_sentence() -> None:
    items = tuple(f"compétence {n} : " + "mener un entretien enregistré, " * 6 for n in range(20))
    items = tuple(item.strip() for item in items)

    found = passages([Heading(2, "Compétences"), Paragraph("On apprend à :"), Items(items)])

    assert len(found) > 1
    assert all(p.headings == ("Master", "Compétences", "On apprend à :") for p in found)
    assert all(len(p.text) <= 1900 for p in found)
    assert found[0].text.startswith("On apprend à :\n\n- compétence 0")
    assert all(line.startswith("- ") for p in found[1:] for line in p.text.split("\n"))


def test_facts_and_rows_are_a_passage_each() -> None:
    table = Table(("Étape", "Date"), (("Dépôt", "2 mars"), ("Réponse", "3 juin")))

    found = passages([Fact("Durée", "2 ans"), Fact("ECTS", "120"), table])

    assert [(p.kind, p.text) for p in found] == [
        ("fact", "Durée : 2 ans"),
        ("fact", "ECTS : 120"),
        ("row", "Étape : Dépôt ; Date : 2 mars"),
        ("row", "Étape : Réponse ; Date : 3 juin"),
    ]


def test_facts_and_rows_carry_the_sentence_that_introduces_them() -> None:
    found = passages(
        [
            Paragraph("Les tarifs changent. Hors de l'Union européenne :"),
            Fact("Licence", "2 850 €"),
            Fact("Master", "3 879 €"),
            Paragraph("Ils sont annuels."),
            Fact("CVEC", "105 €"),
        ]
    )

    assert [p.headings for p in found] == [
        ("Master",),
        ("Master", "Hors de l'Union européenne :"),
        ("Master", "Hors de l'Union européenne :"),
        ("Master",),
        ("Master",),
    ]


def test_short_paragraphs_side_by_side_are_one_passage() -> None:
    long = "Le master forme à la collecte et à la restitution des sources sonores. " * 3

    found = passages([Paragraph("En mars."), Paragraph("En avril."), Paragraph(long.strip())])

    assert [p.text for p in found] == ["En mars.\n\nEn avril.", long.strip()]


def test_a_long_paragraph_is_split_at_the_ends_of_its_sentences() -> None:
    sentence = "Le master forme à la collecte et à la restitution des sources sonores."

    found = passages([Paragraph(" ".join([sentence] * 30))])

    assert len(found) > 1
    assert all(300 < len(p.text) <= 900 and p.text.endswith("sonores.") for p in found)


def test_headings_begin_with_the_title_and_repeat_nothing() -> None:
    parts = [Heading(1, "MASTER"), Heading(2, "Stage"), Heading(3, "stage"), Paragraph("Oui.")]

    assert passages(parts)[0].headings == ("Master", "Stage")
    assert trail("Master", ("Admission", "Stage")) == ("Master", "Admission", "Stage")


def test_a_heading_with_nothing_below_gives_no_passage() -> None:
    found = passages([Heading(2, "Programme"), Heading(2, "Stage"), Paragraph("Oui.")])

    assert [p.headings for p in found] == [("Master", "Stage")]


def test_a_passage_knows_its_document_programme_page_and_anchor() -> None:
    found = passages([Page(3), Heading(2, "Stage", "stage"), Paragraph("Oui.")])[0]

    assert (found.id, found.document, found.programme) == ("master/page#1", "master/page", "master")
    assert (found.page, found.anchor) == (3, "stage")
