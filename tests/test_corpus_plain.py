"""Reading plain text."""

import re
import textwrap
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.element import Element, Fact, Heading, Items, Paragraph, Table
from corpus.plain import read_plain

PAGE = Path(__file__).parent / "data" / "pages" / "master-patrimoine-sonore.txt"
PROSE = "Le master forme à la collecte et à la restitution des sources sonores."


def elements(text: str) -> tuple[Element, ...]:
    return read_plain(text.encode()).elements


def test_a_page_copied_from_a_site_is_read_as_a_person_reads_it() -> None:
    reading = read_plain(PAGE.read_bytes())

    assert reading.metadata.updated == "2026-09-03"
    assert reading.elements == (
        Heading(
            1,
            "Arts, lettres et communication – "
            "Master Patrimoine sonore, parcours Collecte et restitution",
        ),
        Fact("ECTS", "120 crédits"),
        Fact("Durée", "2 ans"),
        Fact("Composante", "Département des arts du son"),
        Fact("Langue(s) d'enseignement", "Français"),
        Heading(2, "Présentation"),
        Paragraph(
            "Le master forme à la collecte, à la description et à la restitution de documents "
            "sonores : récits, chants, paysages, bruits de métiers. Il s’adresse à des "
            "étudiant.e.s curieux.ses des voix et des lieux."
        ),
        Heading(2, "Objectifs"),
        Paragraph("À la fin du master, les diplômé.es savent :"),
        Items(
            (
                "mener un entretien enregistré,",
                "décrire un fonds et rédiger une notice selon les normes en vigueur,",
                "monter une écoute publique.",
            )
        ),
        Heading(2, "Admission"),
        Heading(3, "Conditions d'admission"),
        Paragraph(
            "Une licence en sciences humaines, en arts ou en information est demandée. "
            "La lecture de la musique n’est pas exigée."
        ),
        Paragraph("En savoir plus :https://www.univ-brevenne.example/admission"),
        Heading(3, "Calendrier des candidatures"),
        Fact("Ouverture des candidatures", "25 février 2027"),
        Fact("Clôture des candidatures", "24 mars 2027"),
        Heading(2, "Programme"),
        Heading(2, "Les + de la formation ?"),
        Heading(2, "Stage"),
        Fact("Stage", "Obligatoire"),
        Fact("Durée du stage", "12 semaines / master 2"),
        Paragraph(
            "Le stage se déroule dans un centre d’archives, une radio ou un musée. "
            "Deux voies sont possibles :"
        ),
        Items(
            (
                "un stage de 12 semaines d’affilée, de mars à mai ;",
                "deux stages de 6 semaines, l’un en M1 et l’autre en M2.",
            )
        ),
        Paragraph("La convention est signée avant le 15 février."),
        Heading(2, "Alternance"),
        Fact("Type de contrat", "Contrat d’apprentissage"),
        Heading(2, "Et après ?"),
        Heading(3, "Débouchés professionnels"),
        Paragraph("Les diplômé.es deviennent, par exemple :"),
        Items(("chargé.e de collecte,", "archiviste du son,", "réalisateur.rice radio.")),
        Heading(3, "Insertion professionnelle"),
        Fact("Taux d'insertion à 30 mois", "86 %"),
        Heading(2, "Contact(s)"),
        Fact("Responsable du master", "Armelle Tissier, armelle.tissier@univ-brevenne.example"),
        Fact("Secrétariat", "Bureau C 14, 02 61 91 55 10"),
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda page: page.replace("\n", "\r\n"),
        lambda page: page.replace("\n\n", "\n\n\n"),
        lambda page: page.replace(" ", "\u00a0"),
        lambda page: re.sub(r"\n\s*\n", "\n", page),
        lambda page: re.sub(r"(?m)^ +", "", page),
        lambda page: re.sub(r"(?m)^\s*[•-] ", "* ", page),
        lambda page: unicodedata.normalize("NFD", page),
        lambda page: "\n".join(
            textwrap.fill(line, 78) if len(line) > 78 else line for line in page.split("\n")
        ),
    ],
    ids=["crlf", "spread", "no-break", "dense", "flush", "stars", "decomposed", "wrapped"],
)
def test_a_page_is_read_alike_however_it_was_copied(change: Callable[[str], str]) -> None:
    page = PAGE.read_text(encoding="utf-8")

    assert read_plain(change(page).encode()).elements == read_plain(page.encode()).elements


def test_headings_need_no_common_name() -> None:
    found = elements(f"Master Son\n\nCe que vous ferez\n\n{PROSE}\n\nNos studios\n\n{PROSE}")

    assert found == (
        Heading(1, "Master Son"),
        Heading(2, "Ce que vous ferez"),
        Paragraph(PROSE),
        Heading(2, "Nos studios"),
        Paragraph(PROSE),
    )


def test_headings_in_capitals_stand_above_the_others() -> None:
    found = elements(
        f"DU SON\n\nLE PROJET\n\n{PROSE}\n\nSujets\n\n{PROSE}\n\n"
        f"L'ÉQUIPE\n\n{PROSE}\n\nLIEUX\n\n{PROSE}"
    )

    levels = {e.text: e.level for e in found if isinstance(e, Heading)}
    assert levels == {"DU SON": 1, "LE PROJET": 2, "Sujets": 3, "L'ÉQUIPE": 2, "LIEUX": 2}


def test_a_series_of_headings_stands_on_one_level() -> None:
    found = elements(
        "Master Son\n\nProgramme\n\nMaster 1\n\nSemestre 1\n\n- Droit\n- Son\n\nSemestre 2\n\n"
        "- Radio\n- Écoute\n\nMaster 2 (310 heures)\n\nSemestre 3\n\n- Stage\n- Mémoire"
    )

    levels = {e.text: e.level for e in found if isinstance(e, Heading)}
    assert levels == {
        "Master Son": 1,
        "Programme": 2,
        "Master 1": 3,
        "Semestre 1": 4,
        "Semestre 2": 4,
        "Master 2 (310 heures)": 3,
        "Semestre 3": 4,
    }


@pytest.mark.parametrize(
    "text",
    [
        "  • Durée\n\n    2 ans\n\n  • Lieu\n\n    Rennes",
        "• Durée\n  2 ans\n• Lieu\n  Rennes",
        "Durée\n\n2 ans\n\nLieu\n\nRennes",
        "Durée\n2 ans\nLieu\nRennes",
        "Durée : 2 ans\nLieu : Rennes",
        "- Durée : 2 ans\n- Lieu : Rennes",
        "Durée\t2 ans\nLieu\tRennes",
    ],
)
def test_key_facts_are_read_however_they_are_laid_out(text: str) -> None:
    found = elements(f"Master Son\n\n{text}\n\nPrésentation\n\n{PROSE}")

    assert found == (
        Heading(1, "Master Son"),
        Fact("Durée", "2 ans"),
        Fact("Lieu", "Rennes"),
        Heading(2, "Présentation"),
        Paragraph(PROSE),
    )


@pytest.mark.parametrize("verdict", ["Obligatoire", "Facultatif", "Oui, en M2"])
def test_a_section_of_one_word_is_a_fact_under_its_heading(verdict: str) -> None:
    found = elements(f"Master Son\n\nStage\n\n{verdict}\n\nProgramme\n\n{PROSE}")

    assert found[1:3] == (Heading(2, "Stage"), Fact("Stage", verdict))


def test_a_question_is_a_heading_and_what_follows_its_answer() -> None:
    found = elements(f"Master Son\n\n{PROSE}\n\nQuand postuler ?\n\nEn mars\n\nStage\n\n{PROSE}")

    assert found[2:4] == (Heading(2, "Quand postuler ?"), Paragraph("En mars"))


@pytest.mark.parametrize(
    "text",
    [
        "Il faut :\n- un CV ;\n- une lettre.",
        "Il faut :\n\n• un CV ;\n\n• une lettre.",
        "Il faut :\n\n1. un CV ;\n2. une lettre.",
        "Il faut :\nun CV ;\nune lettre.",
        "Il faut :\n\na) un CV ;\n\nb) une lettre.",
    ],
)
def test_lists_are_read_however_they_are_laid_out(text: str) -> None:
    found = elements(f"Master Son\n\nStage\n\n{text}\n\n{PROSE}")

    assert found[2:] == (
        Paragraph("Il faut :"),
        Items(("un CV ;", "une lettre.")),
        Paragraph(PROSE),
    )


def test_a_list_without_any_sign_is_read_as_a_list() -> None:
    found = elements(
        f"Master Son\n\nDébouchés\n\nPreneur de son\n\nArchiviste\n\nMonteuse\n\nStage\n\n{PROSE}"
    )

    assert found[1:3] == (
        Heading(2, "Débouchés"),
        Items(("Preneur de son", "Archiviste", "Monteuse")),
    )


def test_columns_are_a_table() -> None:
    found = elements(
        f"Master Son\n\n{PROSE}\n\nÉtape\tDate\tLieu\nDépôt\t2 mars\ten ligne\nOral\t3 juin\tB 12"
    )

    assert found[2] == Table(
        ("Étape", "Date", "Lieu"), (("Dépôt", "2 mars", "en ligne"), ("Oral", "3 juin", "B 12"))
    )


def test_numbered_chapters_are_headings() -> None:
    found = elements(
        f"Master Son\n\n1. Stage\n\n{PROSE}\n\n1.1 Durée\n\n{PROSE}\n\n2. Lieux\n\n{PROSE}"
    )

    assert [e for e in found if isinstance(e, Heading)] == [
        Heading(1, "Master Son"),
        Heading(2, "Stage"),
        Heading(3, "Durée"),
        Heading(2, "Lieux"),
    ]


def test_a_lone_line_with_nothing_below_is_not_lost_as_a_heading() -> None:
    found = elements(f"Master Son\n\nStage\n\n{PROSE}\n\nBonne rentrée à tous")

    assert found[-1] == Paragraph("Bonne rentrée à tous")


def test_a_page_without_a_title_has_none() -> None:
    assert elements(f"Présentation\n\n{PROSE}") == (Heading(2, "Présentation"), Paragraph(PROSE))


def test_an_institution_is_not_part_of_the_title() -> None:
    found = elements("Master Son\n\nUniversité de Brévenne\n\nDurée : 2 ans")

    assert found == (
        Heading(1, "Master Son"),
        Paragraph("Université de Brévenne"),
        Fact("Durée", "2 ans"),
    )


def test_front_matter_is_read_in_plain_text_too() -> None:
    reading = read_plain(
        b"---\nupdated: 2026-01-02\n---\nStage\n\nObligatoire\n\nMis \xc3\xa0 jour"
    )

    assert reading.metadata.updated == "2026-01-02"


def test_numbered_parts_are_headings_of_two_levels() -> None:
    found = elements(
        "LICENCE\n\nI - ACCÈS\n\nA. Bac\nUn dossier.\nB. Reprise\nUn CV.\n\nII - COÛT\n\n9 €."
    )

    assert [each for each in found if isinstance(each, Heading)][1:] == [
        Heading(2, "ACCÈS"), Heading(3, "A. Bac"), Heading(3, "B. Reprise"), Heading(2, "COÛT"),
    ]  # fmt: skip


def test_a_table_is_read_by_its_columns_where_a_title_nearly_reaches_the_next() -> None:
    rows = ("Unité                    Heures ECTS", "Thermique du bâtiment    120    12",
            "Réseaux de chaleur       64     8")  # fmt: skip

    assert elements("Master\n\nProgramme\n\n" + "\n".join(rows))[-1] == Table(
        ("Unité", "Heures", "ECTS"),
        (("Thermique du bâtiment", "120", "12"), ("Réseaux de chaleur", "64", "8")),
    )


def test_a_dump_is_read_without_its_buttons_links_and_captions() -> None:
    found = elements(
        "   #[1]Flux\n\nMaster Eau\n\n   [BUTTON] Partager [2]Imprimer\n   Écrire à [3]la"
        " scolarité, qui répond sous deux jours.\n\nReferences\n\n   Visible links:\n   1. https://a.example/f\n"
        "   2. https://a.example/p\n   3. mailto:s@a.example\n"
    )

    assert found == (
        Heading(1, "Master Eau"),
        Paragraph("Écrire à la scolarité, qui répond sous deux jours."),
    )


def test_values_further_in_than_their_labels_are_theirs() -> None:
    found = elements("Master Eau\n\nLangues\n    Français, anglais\nCampus\n    Campus des Pins\n")

    assert found[1:] == (Fact("Langues", "Français, anglais"), Fact("Campus", "Campus des Pins"))


def test_letters_before_the_items_of_a_list_head_nothing() -> None:
    found = elements("Master\n\nÀ joindre :\nA. Copie du diplôme\nB. Relevés\nC. Projet\n\nMerci.")

    assert [each for each in found if isinstance(each, Heading)] == [Heading(1, "Master")]
