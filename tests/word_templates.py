"""More layouts in Word, for the second set of `tests/layouts.py`, kept as what makes them."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _blank() -> Document:
    document = docx.Document()
    document.core_properties.title = ""
    return document


def _saved(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _appended(document: Document, xml: str) -> None:
    document.element.body.insert_element_before(parse_xml(xml), "w:sectPr")


def _french(document: Document, name: str, identifier: str, level: int) -> Any:
    """A heading style as a French Word names it, told by its outline level alone."""
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)

    style.element.set(qn("w:styleId"), identifier)
    style.element.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {_WORD} w:val="{level}"/>'))
    style.font.size = Pt(16 - 2 * level)
    return style


def _covered() -> bytes:
    """A guide: a cover, contents in a content control, styles `Titre 1` to `Titre 3`."""
    document = _blank()
    first = _french(document, "Titre 1", "Titre1", 0)
    second = _french(document, "Titre 2", "Titre2", 1)
    third = _french(document, "Titre 3", "Titre3", 2)
    document.add_paragraph("Université de Quiberlac")
    document.add_paragraph("Master Océanographie", style="Title")
    document.add_paragraph("Livret d'accueil", style="Subtitle")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    entries = (("Le master", 2), ("Campagnes en mer", 2), ("Embarquer", 3), ("Règles de vie", 4))
    lines = "".join(
        f"<w:p><w:r><w:t>{text}</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>{page}</w:t></w:r></w:p>"
        for text, page in entries
    )
    _appended(
        document,
        f'<w:sdt {_WORD}><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Table des "
        f"matières</w:t></w:r></w:p>{lines}</w:sdtContent></w:sdt>",
    )
    document.add_paragraph("Le master", style=first)
    document.add_paragraph("Le master étudie les courants, la vie et les fonds de l'océan.")
    document.add_paragraph("Parcours", style=second)
    for text in ("Physique de l'océan : 25 étudiants", "Biologie marine : 30 étudiants"):
        document.add_paragraph(text, style="List Bullet")
    document.add_paragraph("Campagnes en mer", style=first)
    document.add_paragraph("Embarquer", style=second)
    document.add_paragraph("Avant le départ", style=third)
    document.add_paragraph("Une visite médicale d'aptitude est passée en novembre.")
    document.add_paragraph("À bord", style=third)
    document.add_paragraph("Les quarts durent quatre heures. Le navire part le 8 mars 2027.")
    document.add_paragraph("Règles de vie", style=first)
    table = document.add_table(rows=0, cols=3)
    for row in (("Lieu", "Ouverture", "Accès"), ("Aquarium", "8 h à 18 h", "badge"),
                ("Salle de tri", "24 h sur 24", "sur inscription")):  # fmt: skip
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
    document.sections[0].header.paragraphs[0].text = "Livret d'accueil 2026-2027"
    document.sections[0].footer.paragraphs[0].text = "Imprimé par la reprographie centrale"
    return _saved(document)


def _control(said: str, *, empty: bool = False) -> str:
    holder = "<w:showingPlcHdr/>" if empty else ""
    return (
        f"<w:sdt><w:sdtPr><w:text/>{holder}</w:sdtPr><w:sdtContent><w:r><w:t>{said}</w:t></w:r>"
        "</w:sdtContent></w:sdt>"
    )


def _controls() -> bytes:
    """A form filled in: what was typed stands in content controls, one was left at its hint."""
    document = _blank()
    document.add_paragraph("Licence Sciences de l'éducation", style="Title")
    document.add_heading("Fiche d'identité", 1)
    for label, said, empty in (
        ("Composante : ", "Institut de pédagogie de Varzy", False),
        ("Durée : ", "6 semestres", False),
        ("Partenaire : ", "Cliquez ici pour entrer du texte.", True),
        ("Régime : ", "présentiel ou à distance", False),
    ):
        _appended(
            document,
            f'<w:p {_WORD}><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{label}</w:t></w:r>'
            f"{_control(said, empty=empty)}</w:p>",
        )
    document.add_heading("Description", 1)
    _appended(
        document,
        f"<w:sdt {_WORD}><w:sdtPr><w:richText/></w:sdtPr><w:sdtContent>"
        "<w:p><w:r><w:t>La licence réunit histoire, sociologie et psychologie de l'école."
        "</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>Soixante heures d'observation en classe sont prévues.</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>",
    )
    document.add_heading("Unités", 1)
    _appended(
        document,
        f"<w:tbl {_WORD}><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>"
        + "".join(
            "<w:tr>" + "".join(f"<w:tc><w:p>{cell}</w:p></w:tc>" for cell in row) + "</w:tr>"
            for row in (
                ("<w:r><w:t>Unité</w:t></w:r>", "<w:r><w:t>Crédits</w:t></w:r>"),
                (_control("Sociologie de l'école"), _control("7")),
                (_control("Handicap et inclusion"), _control("4")),
            )
        )
        + "</w:tbl>",
    )
    document.add_heading("Contact", 1)
    contact = document.add_paragraph("Écrire à ")
    contact._p.append(
        parse_xml(
            f'<w:hyperlink {_WORD} w:anchor="x"><w:r><w:t>educ@univ-varzy.example</w:t></w:r>'
            "</w:hyperlink>"
        )
    )
    contact.add_run(", bureau de Perrine Aubrac.")
    return _saved(document)


def _tabbed() -> bytes:
    """A sheet with tabs between label and value, numbered headings of a house, hidden words."""
    document = _blank()
    section = document.styles.add_style("Chapitre DFVU", WD_STYLE_TYPE.PARAGRAPH)
    section.element.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {_WORD} w:val="0"/>'))
    inner = document.styles.add_style("Paragraphe DFVU", WD_STYLE_TYPE.PARAGRAPH)
    inner.element.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {_WORD} w:val="1"/>'))
    document.add_paragraph("DEUST Métiers de la forme", style="Title")
    for line in ("Durée\t2 ans", "Crédits\t120", "Site\tComplexe sportif de Lanvallay"):
        document.add_paragraph(line)
    document.add_paragraph("1. Sélection", style=section)
    document.add_paragraph("1.1. Tests physiques", style=inner)
    document.add_paragraph("Un test navette et un test de force, le 12 mai 2027.")
    document.add_paragraph("1.2. Dossier", style=inner)
    document.add_paragraph("Le dossier comporte un certi\u00adficat médical et une lettre.")
    hidden = document.add_paragraph().add_run("Note interne : revoir le barème avec le conseil.")
    hidden.font.hidden = True
    document.add_paragraph("2. Études", style=section)
    document.add_paragraph("Les cours de cardio et de musculation occupent dix heures par semaine.")
    for text in ("première année : 540 heures,", "seconde année : 480 heures et stage,"):
        document.add_paragraph(f"\u2012\t{text}")
    last = document.add_paragraph("Le stage dure 200 heures")
    last.add_run().add_break()
    last.add_run("en club ou en entreprise.")
    document.sections[0].first_page_header.paragraphs[0].text = "Modèle DFVU n° 14"
    document.sections[0].different_first_page_header_footer = True
    return _saved(document)


TEMPLATES: Mapping[str, Callable[[], bytes]] = {
    "livret_garde.docx": _covered,
    "fiche_controles.docx": _controls,
    "fiche_tabulations.docx": _tabbed,
}
