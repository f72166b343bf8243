from dataclasses import replace

import pytest

from assistant.answer import Citation
from assistant.quote import citation, quoted_run
from corpus.document import Document
from corpus.element import Fact, Heading, Items, Paragraph, Table
from corpus.passage import Passage
from tests.desks import cmc_index, query_of
from tests.samples import document_of, evidence_of, passages_of

PADDING = "Les séances se suivent au fil du semestre et chacun avance à son rythme. " * 5
LONG = f"{PADDING}La durée minimale du stage est de 420 heures. {PADDING}".strip()


def quoted(question: str, document: Document, passage: Passage) -> Citation:
    query, section = query_of(question), passages_of(document)
    run = quoted_run(query, evidence_of(query, passage), section)
    return citation(document, passage, run)


def test_a_quote_is_exactly_what_stands_in_the_document() -> None:
    for passage in cmc_index().passages:
        document = cmc_index().documents[passage.document]
        query = query_of("Combien de temps dure le stage ?")
        section = cmc_index().section(passage)
        cited = citation(document, passage, quoted_run(query, evidence_of(query, passage), section))

        assert cited.quote == document.text[cited.start : cited.end] != ""


def test_long_prose_is_quoted_around_its_best_sentence() -> None:
    document = document_of(Heading(1, "Stage"), Paragraph(LONG))
    (passage,) = passages_of(document)
    cited = quoted("Combien de temps dure le stage ?", document, passage)

    assert "La durée minimale du stage est de 420 heures." in cited.quote
    assert len(cited.quote) <= 480 < len(passage.text)
    assert passage.start <= cited.start < cited.end <= passage.end
    assert cited.quote[0].isupper()
    assert cited.quote.endswith(".")


def test_short_prose_is_quoted_whole() -> None:
    document = document_of(Paragraph("Le stage est obligatoire. Il dure 420 heures."))
    (passage,) = passages_of(document)

    assert quoted("Le stage est-il obligatoire ?", document, passage).quote == passage.text


def test_a_list_is_quoted_whole_however_long() -> None:
    document = document_of(Items(tuple(f"Le secteur numéro {n} du champ" for n in range(40))))
    (passage,) = passages_of(document)

    assert quoted("Quels secteurs ?", document, passage).quote == passage.text


def test_facts_of_one_section_are_quoted_together_when_a_list_is_asked_for() -> None:
    document = document_of(
        Heading(1, "Matières"),
        Paragraph("Voici les matières."),
        Fact("Semestre 1", "droit"),
        Fact("Semestre 2", "gestion"),
    )
    _, first, second = passages_of(document)
    query = replace(query_of("Quelles sont les matières ?"), expects="list")
    run = quoted_run(query, evidence_of(query, second), passages_of(document))

    assert run == (first.start, second.end)
    alone = replace(query, expects="number")
    assert quoted_run(alone, evidence_of(alone, second), passages_of(document)) == (
        second.start,
        second.end,
    )


def test_of_a_section_that_is_too_long_the_row_alone_is_quoted() -> None:
    rows = tuple((f"Cours {n}", "une matière de ce semestre") for n in range(60))
    document = document_of(Table(("Cours", "Contenu"), rows))
    found = passages_of(document)
    query = replace(query_of("Quels sont les cours ?"), expects="list")

    assert quoted_run(query, evidence_of(query, found[7]), found) == (
        found[7].start,
        found[7].end,
    )


def test_a_passage_that_stands_elsewhere_is_never_cited() -> None:
    document = document_of(Paragraph("Le stage dure 420 heures."))
    (passage,) = passages_of(document)
    changed = replace(passage, text="Le stage dure 560 heures.")

    with pytest.raises(ValueError, match="does not stand in stage"):
        citation(document, changed, (changed.start, changed.end))
