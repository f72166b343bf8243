"""Layouts in Word: files of `tests/layouts.py` that are kept as the code that makes them."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import parse_xml
from docx.shared import Pt

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _saved(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _house_style() -> bytes:
    """A handbook in the styles of a house, with numbered lists, a note and a tracked change."""
    document = docx.Document()
    document.core_properties.title = ""
    document.core_properties.modified = datetime(2026, 7, 2, 9, 0)
    chapter = document.styles.add_style("Rubrique formation", WD_STYLE_TYPE.PARAGRAPH)
    chapter.base_style = document.styles["Heading 1"]
    inner = document.styles.add_style("Sous-rubrique formation", WD_STYLE_TYPE.PARAGRAPH)
    inner.base_style = document.styles["Heading 2"]
    document.add_paragraph("Master Droit du sport", style="Title")
    document.add_paragraph(
        "Sommaire", style="TOC Heading" if "TOC Heading" in document.styles else None
    )
    document.add_paragraph("Finalités", style=chapter)
    document.add_paragraph("Former des juristes de clubs, de fédérations et d'agences.")
    document.add_paragraph("Recrutement", style=chapter)
    document.add_paragraph("Calendrier", style=inner)
    for step in (
        "dépôt du dossier avant le 15 avril 2027",
        "oral devant deux enseignants",
        "liste affichée le 11 juin",
    ):
        document.add_paragraph(step, style="List Number")
    document.add_paragraph("Frais", style=inner)
    changed = document.add_paragraph("Les frais d'inscription sont de ")
    changed._p.append(
        parse_xml(
            f'<w:del {_WORD} w:id="1" w:author="A"><w:r><w:delText>243 euros</w:delText></w:r>'
            "</w:del>"
        )
    )
    changed._p.append(
        parse_xml(f'<w:ins {_WORD} w:id="2" w:author="A"><w:r><w:t>254 euros</w:t></w:r></w:ins>')
    )
    changed.add_run(" pour l'année.")
    document.add_paragraph("Stage", style=chapter)
    document.add_paragraph("Six mois dans une structure sportive, de janvier à juin.")
    document.sections[0].header.paragraphs[0].text = "Faculté de droit de Lizerne"
    document.sections[0].footer.paragraphs[0].text = "Version du 2 juillet – page 1"
    return _saved(document)


def _form() -> bytes:
    """A sheet laid out in one table: a label to the left, what it says to the right."""
    document = docx.Document()
    document.core_properties.title = "Fiche diplôme"
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    rows = (
        ("Intitulé", "Licence professionnelle Agriculture biologique"),
        ("Durée", "Un an, 450 heures et 16 semaines de stage"),
        ("Prérequis", "Un BTS agricole, un BUT de biologie ou une L2 de sciences de la vie."),
        ("Compétences visées", "Conduire une conversion\nConseiller un exploitant\n"
         "Organiser une filière courte"),
        ("Modalités d'évaluation", "Contrôle continu dans toutes les unités. Le projet tutoré "
         "donne lieu à un rapport et à une soutenance de vingt minutes. Le stage est évalué par un "
         "jury où siège un professionnel, sur la base d'un mémoire de quarante pages."),
        ("Contact", "Rosalie Thévenet, 02 41 00 73 00"),
    )  # fmt: skip
    for label, value in rows:
        cells = table.add_row().cells
        cells[0].paragraphs[0].add_run(label).bold = True
        lines = value.split("\n")
        cells[1].text = lines[0]
        for line in lines[1:]:
            cells[1].add_paragraph(line, style="List Bullet")
    document.sections[0].footer.paragraphs[0].text = "Document interne – DFVU"
    return _saved(document)


def _by_hand() -> bytes:
    """A letter without styles: capitals and bold for headings, dashes for lists, a merged table."""
    document = docx.Document()
    document.core_properties.title = ""

    def said(text: str, *, bold: bool = False, size: int | None = None) -> Any:
        run = document.add_paragraph().add_run(text)
        run.bold = bold
        if size:
            run.font.size = Pt(size)
        return run

    said("Diplôme d'université Traduction audiovisuelle", bold=True, size=18)
    said("1. PUBLIC ET OBJECTIFS", bold=True, size=13)
    said("Le diplôme s'adresse aux traductrices et traducteurs en exercice.")
    said("2. ORGANISATION", bold=True, size=13)
    said("2.1 Calendrier", bold=True)
    said("Les cours ont lieu le vendredi soir, d'octobre à mai.")
    said("2.2 Contenu", bold=True)
    for item in (
        "sous-titrage (40 heures) ;",
        "doublage (30 heures) ;",
        "audiodescription (20 heures).",
    ):
        said(f"- {item}")
    said("3. TARIFS", bold=True, size=13)
    table = document.add_table(rows=4, cols=3)
    cells = (
        ("Public", "Droits", "Formation"),
        ("Individuel", "254 €", "1 900 €"),
        ("Entreprise", "254 €", "2 700 €"),
    )
    for at, row in enumerate(cells):
        for place, text in enumerate(row):
            table.cell(at, place).paragraphs[0].add_run(text).bold = at == 0
    table.cell(3, 0).merge(table.cell(3, 2)).text = "Paiement possible en trois fois"
    said("4. INSCRIPTION", bold=True, size=13)
    said("Le dossier est à renvoyer avant le 20 septembre à du-tav@univ-lacombe.example.")
    return _saved(document)


def _boxes() -> bytes:
    """A leaflet with a box beside the text, and levels of lists."""
    document = docx.Document()
    document.core_properties.title = "Licence Arts du cirque"
    document.add_heading("Licence Arts du cirque", 0)
    boxed = document.add_paragraph()
    boxed._p.append(
        parse_xml(
            f'<w:r {_WORD} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape>'
            "<v:textbox><w:txbxContent>"
            "<w:p><w:r><w:t>Prochaine audition : samedi 3 avril 2027</w:t></w:r></w:p>"
            "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )
    )
    document.add_heading("Le métier", 1)
    document.add_paragraph(
        "La licence mène au métier d'artiste, de pédagogue ou de porteur de projet."
    )
    document.add_heading("Épreuves d'entrée", 1)
    document.add_paragraph("Les candidats passent :")
    for text, style in (
        ("une épreuve physique", "List Bullet"), ("acrobatie au sol", "List Bullet 2"),
        ("souplesse", "List Bullet 2"), ("un entretien de quinze minutes", "List Bullet"),
    ):  # fmt: skip
        document.add_paragraph(text, style=style)
    document.add_heading("Santé", 1)
    document.add_paragraph("Un certificat médical de moins de trois mois est exigé.")
    document.add_heading("Vie sur place", 1)
    document.add_heading("Logement", 2)
    document.add_paragraph("Douze studios à 240 euros par mois, au-dessus du chapiteau.")
    return _saved(document)


WORDS: Mapping[str, Callable[[], bytes]] = {
    "style_maison.docx": _house_style,
    "fiche_tableau.docx": _form,
    "sans_style.docx": _by_hand,
    "encadre.docx": _boxes,
}
