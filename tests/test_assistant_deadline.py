from __future__ import annotations

from datetime import date

from assistant.deadline import Deadline, deadlines
from corpus.element import Fact, Heading, Items, Paragraph, Table
from tests.samples import document_of

TODAY = date(2027, 3, 1)


def told(*elements: object, today: date = TODAY) -> list[tuple[str, str, str]]:
    found = deadlines([document_of(*elements)], today)  # type: ignore[arg-type]
    return [(each.date.isoformat(), each.when, each.quote) for each in found]


def test_a_date_is_past_or_comes_within_thirty_days() -> None:
    elements = [
        Paragraph("La réunion a lieu le 28 février 2027. Le jury se réunit le 31 mars 2027."),
        Paragraph("La rentrée est fixée au 1er avril 2027."),
    ]

    assert told(*elements) == [
        ("2027-02-28", "past", "La réunion a lieu le 28 février 2027."),
        ("2027-03-31", "soon", "Le jury se réunit le 31 mars 2027."),
    ]


def test_today_is_not_past() -> None:
    assert told(Paragraph("Clôture le 1er mars 2027.")) == [
        ("2027-03-01", "soon", "Clôture le 1er mars 2027.")
    ]


def test_a_period_is_told_when_its_end_is_near_or_past() -> None:
    period = Fact("Candidature", "du 17 février au 20 mars 2027")

    assert told(period, today=date(2027, 1, 1)) == []
    assert told(period, today=date(2027, 2, 1))[0][:2] == ("2027-02-17", "soon")
    assert told(period)[0][:2] == ("2027-03-20", "soon")
    assert told(period, today=date(2027, 3, 21))[0][:2] == ("2027-03-20", "past")


def test_items_facts_and_rows_are_told_one_by_one_with_their_place() -> None:
    document = document_of(
        Heading(1, "Admission"),
        Heading(2, "Calendrier"),
        Items(("dossier : 2 mars 2027", "entretien : 4 juin 2027")),
        Table(("Étape", "Date"), (("Résultats", "15/03/2027"), ("Rentrée", "01/09/2027"))),
    )

    found = deadlines([document], TODAY)

    assert [each.quote for each in found] == [
        "dossier : 2 mars 2027",
        "Étape : Résultats ; Date : 15/03/2027",
    ]
    for each in found:
        assert document.text[each.start : each.end] == each.quote
        assert (each.document, each.headings) == ("stage", ("Admission", "Calendrier"))


def test_programmes_stand_together_and_the_earliest_date_comes_first() -> None:
    documents = [
        document_of(Paragraph("Le 3 mars 2027, puis rien."), id="b"),
        document_of(Paragraph("Le 2 mars 2027, puis rien."), id="a"),
    ]

    assert [each.document for each in deadlines(documents, TODAY)] == ["a", "b"]


def test_what_has_no_date_or_an_impossible_one_is_not_told() -> None:
    assert told(Paragraph("Le stage dure 420 heures. Fin le 31/02/2027.")) == []
    assert deadlines([], TODAY) == ()


def test_a_deadline_says_whose_it_is() -> None:
    (found,) = deadlines([document_of(Paragraph("Clôture le 2 mars 2027."))], TODAY)

    assert isinstance(found, Deadline)
    assert (found.programme, found.title) == ("parcours-cmc", "Stage")
