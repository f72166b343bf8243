"""Reading CDM-fr files."""

from pathlib import Path

import pytest

from corpus.clean import folded
from corpus.cut import cut
from corpus.element import Element, Fact, Heading, Items, Paragraph, Table
from corpus.library import document_from
from corpus.passage import Passage
from corpus.reader import read
from corpus.reading import UnreadableDocument

FILES = Path(__file__).parent / "data" / "documents" / "cdm"


def passages(name: str) -> tuple[Passage, ...]:
    document = document_from("p/d", read((FILES / name).read_bytes(), ".xml"))
    found = cut(document)
    assert all(document.text[p.start : p.end] == p.text for p in found)
    return found


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        (
            "licence_anglais.xml",
            [
                ("Niveau : Licence", "Licence Anglais"),
                ("Crédits ECTS : 180", "Licence Anglais"),
                ("Composante : Faculté des langues", "Licence Anglais"),
                ("diversité du monde anglophone", "Présentation"),
                ("- traduction", "Présentation"),
                ("https://anglais.univ-valmont.example/", "Présentation"),
                ("Domaine : Arts, lettres, langues", "Présentation"),
                ("Dans le secteur privé : traduction, édition", "Débouchés professionnels"),
                ("Master Monde anglophone", "Poursuite d'études"),
                ("argumenter en anglais", "Objectifs et compétences"),
                ("en 2e année : première année validée", "Conditions d'accès et prérequis"),
                ("scolarite@univ-valmont.example", "Conditions d'accès et prérequis"),
                ("Enseignement à distance : Aucun", "Modalités d'enseignement"),
                ("Formation en alternance : Non", "Modalités d'enseignement"),
                ("Contrôle continu", "Règlement et contrôle des connaissances"),
                ("Sylvie Marchal, 22 rue des Tilleuls, 67999 VALMONT, 03 88 00 00 02", "Contacts"),
                ("03 88 00 00 43", "Informations complémentaires"),
                ("22 rue des Tilleuls, 67999 VALMONT", "Faculté des langues"),
            ],
        ),
        (
            "master_eau.xml",
            [
                ("Diplôme : Master", "Master Droit de l'eau"),
                ("Durée : 4 semestres", "Master Droit de l'eau"),
                ("Langue d'enseignement : Français, Anglais", "Master Droit de l'eau"),
                ("1 quai du Canal 71000 Morvane", "Master Droit de l'eau"),
                ("Capacité d'accueil : 25", "Master Droit de l'eau"),
                ("Date limite de candidature : 24 mars 2027", "Master Droit de l'eau"),
                ("chargé de mission", "Débouchés professionnels"),
                ("sur dossier", "Conditions d'admission"),
                ("sur dossier", "Admission"),
                ("licence de droit", "Conditions d'accès et prérequis"),
                ("du lundi au mercredi", "Organisation de la formation"),
                ("Public : Formation initiale ; Montant : 254 euros", "Frais"),
                ("Secrétariat des masters, 03 85 00 00 00", "Contacts"),
                ("droit@univ-morvane.example", "Contacts"),
                ("Crédits ECTS : 6", "Contentieux de l'eau"),
                ("Crédits ECTS : 6", "Enseignements"),
                ("Un écrit de trois heures", "Contrôle des connaissances"),
            ],
        ),
    ],
)
def test_every_fact_is_in_a_passage_under_its_heading(
    name: str, facts: list[tuple[str, str]]
) -> None:
    found = passages(name)

    missing = [
        (text, heading)
        for text, heading in facts
        if not any(folded(text) in folded(p.text) and heading in p.headings for p in found)
    ]
    assert missing == []


@pytest.mark.parametrize("unsaid", ["LSNS", "VALMONT_PR", "English-speaking", "EAU501", "langue ;"])
def test_codes_and_other_languages_are_left_out(unsaid: str) -> None:
    texts = [p.text for name in ("licence_anglais.xml", "master_eau.xml") for p in passages(name)]

    assert not any(unsaid in text for text in texts)


def test_the_file_says_what_it_is() -> None:
    metadata = read((FILES / "master_eau.xml").read_bytes(), ".xml").metadata

    assert (metadata.title, metadata.language, metadata.updated) == (
        *("Master Droit de l'eau", "fr", "2026-09-12"),
    )
    assert metadata.url == "https://formations.univ-morvane.example/master-droit-eau"


def elements(markup: str) -> tuple[Element, ...]:
    page = f"<CDM><program id='p'><programName>Master</programName>{markup}</program></CDM>"
    return read(page.encode(), ".xml").elements[1:]


def test_text_blocks_keep_their_markup() -> None:
    found = elements(
        "<targetGroup><header>Qui ?</header><p>Tous.</p><list><listItem>juristes</listItem>"
        "<listItem>ingénieurs</listItem></list><table><tr><th>A</th><th>B</th></tr>"
        "<tr><td>1</td><td>2</td></tr></table></targetGroup>"
    )

    assert found == (
        Heading(2, "Public visé"),
        Heading(4, "Qui ?"),
        Paragraph("Tous."),
        Items(("juristes", "ingénieurs")),
        Table(("A", "B"), (("1", "2"),)),
    )


def test_a_long_value_is_a_section() -> None:
    long = "La formation dure deux ans en rythme normal. Elle peut être suivie en quatre ans. " * 3

    assert elements(f"<programDuration>{long}</programDuration>") == (
        Heading(2, "Durée"),
        Paragraph(long.strip()),
    )


def test_what_an_exporter_adds_is_read_under_its_own_name() -> None:
    found = elements("<rythmeAlternance>Deux semaines sur trois en entreprise.</rythmeAlternance>")

    assert found == (
        Heading(2, "Rythme alternance"),
        Paragraph("Deux semaines sur trois en entreprise."),
    )


def test_courses_that_refer_to_each_other_are_read_once() -> None:
    page = (
        "<CDM><program id='p'><programName>Master</programName><refProgram ref='p'/>"
        "<refCourse ref='c'/></program><course id='c'><courseName>Droit</courseName>"
        "<credits ECTScredits='3'/><refCourse ref='c'/><refProgram ref='p'/></course></CDM>"
    )

    found = read(page.encode(), ".xml").elements

    assert found == (
        *(Heading(1, "Master"), Heading(2, "Enseignements"), Heading(3, "Droit")),
        Fact("Crédits ECTS", "3"),
    )


BOMB = b'<!DOCTYPE CDM [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><CDM>&b;</CDM>'
OUTSIDE = b'<!DOCTYPE CDM [<!ENTITY x SYSTEM "file:///etc/hostname">]><CDM>&x;</CDM>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (BOMB, "entities"),
        (OUTSIDE, "entities"),
        (BOMB.decode().encode("utf-16"), "entities"),
        (b"<CDM>" + b"<a>" * 200_000, "nested"),
        (b"<CDM><program>", "not well-formed"),
        (b"<CDM><program/></CDM", "not well-formed"),
        (b"<rss><channel/></rss>", "not CDM-fr"),
        (b"<CDM><properties/></CDM>", "no programme"),
        (b"%PDF-1.7 x", "a .pdf file"),
        (b"Le stage dure 12 semaines.", "not well-formed"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason) as refused:
        read(data, ".xml")

    assert refused.value.remedy
