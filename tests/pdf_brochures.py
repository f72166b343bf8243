"""More layouts in PDF, for the second set of `tests/layouts.py`, kept as what makes them."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

from reportlab.lib.colors import HexColor, white
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

_BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=11, leading=14.5, spaceAfter=7)
_BULLET = ParagraphStyle("bullet", parent=_BODY, leftIndent=18, bulletIndent=6, spaceAfter=2)
_COVER = ParagraphStyle("cover", fontName="Helvetica-Bold", fontSize=26, leading=32, alignment=1)
_FIRST = ParagraphStyle(
    "first", fontName="Helvetica", fontSize=16, leading=20, textColor=HexColor("#2e74b5"),
    spaceBefore=12, spaceAfter=4,
)  # fmt: skip
_SECOND = ParagraphStyle("second", parent=_FIRST, fontSize=13, leading=16, spaceBefore=6)
_GRID = [("GRID", (0, 0), (-1, -1), 0.5, HexColor("#000000"))]


def _exported() -> bytes:
    """A brochure exported from Word: blue headings of two levels, a table over two pages."""
    out = io.BytesIO()
    document = BaseDocTemplate(
        out, pagesize=A4, title="Microsoft Word - Plaquette_LP_v3.docx", author="dupont"
    )

    def edges(canvas: Canvas, _: object) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.drawString(2.5 * cm, 28.3 * cm, "IUT de Roquevaire | Département GEA")
        canvas.drawRightString(18.5 * cm, 1.3 * cm, f"Page {canvas.getPageNumber()} sur 3")

    frame = Frame(2.5 * cm, 2.2 * cm, 16 * cm, 25.4 * cm)
    document.addPageTemplates(PageTemplate(frames=[frame], onPage=edges))
    rows = [["Module", "Heures", "Coefficient"]]
    rows += [
        [name, hours, weight]
        for name, hours, weight in (
            ("Paie des saisonniers", "40", "4"), ("Droit du travail", "35", "3"),
            ("Gestion des conflits", "21", "2"), ("Tableur avancé", "28", "2"),
            ("Recrutement", "24", "3"), ("Anglais professionnel", "30", "2"),
        )
    ]  # fmt: skip
    document.build(
        [
            Spacer(1, 40),
            Paragraph("Licence professionnelle Gestion de la paie", _COVER),
            Spacer(1, 30),
            Paragraph("La formation", _FIRST),
            Paragraph("Objectifs", _SECOND),
            Paragraph(
                "La licence forme des gestionnaires de paie autonomes, aptes à établir les "
                "bulletins de deux cents salariés et à dialoguer avec les organismes sociaux.",
                _BODY,
            ),
            Paragraph("Rythme", _SECOND),
            Paragraph("L'alternance suit un rythme d'une semaine à l'IUT pour trois.", _BODY),
            Paragraph("Admission", _FIRST),
            Paragraph("Profils attendus", _SECOND),
            *(
                Paragraph(text, _BULLET, bulletText="\u2022")
                for text in (
                    "BTS Comptabilité et gestion",
                    "BUT Gestion des entreprises, parcours ressources humaines, ou tout diplôme "
                    "équivalent reconnu par la commission",
                    "Expérience de trois ans dans un service de paie",
                )
            ),
            Paragraph("Dépôt du dossier", _SECOND),
            Paragraph("Le dossier est déposé en ligne avant le 23 avril 2027.", _BODY),
            Paragraph("Programme", _FIRST),
            Spacer(1, 108),
            Table(rows, colWidths=[8 * cm, 3 * cm, 3 * cm], style=_GRID, repeatRows=1,
                  rowHeights=[26] * len(rows)),
            Paragraph("Évaluation", _SECOND),
            Paragraph(
                "Le contrôle est continu. Une note de projet inférieure à 8 ne se compense pas.",
                _BODY,
            ),
            Paragraph("Nous joindre", _FIRST),
            Paragraph("Secrétariat : Dorine Castelli", _BODY),
            Paragraph("Téléphone : 04 42 00 36 36", _BODY),
        ]
    )  # fmt: skip
    return out.getvalue()


_BOXES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("En bref", "#b03060", ("Durée : 2 ans", "Lieu : Halle aux grains", "Places : 18")),
    ("Les plus", "#2e8b57", ("Un théâtre de 90 places", "Trois tournées par promotion")),
    ("Accès", "#4169e1", ("Audition les 5 et 6 mai 2027", "Scène de trois minutes au choix")),
    ("Cours", "#8b4513", ("Voix et diction : 90 h", "Masque et clown : 60 h")),
    ("Après", "#696969", ("Compagnies, télévision,", "enseignement du théâtre")),
    ("Coût", "#daa520", ("480 € l'année, boursiers", "exonérés")),
)


def _boxes() -> bytes:
    """A leaflet of one page: three boxes in a row, each under a band of colour with white words."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setTitle("Diplôme d'université Art dramatique")
    canvas.setFont("Times-Bold", 24)
    canvas.drawCentredString(10.5 * cm, 27.5 * cm, "Diplôme d'université Art dramatique")
    canvas.setFont("Times-Italic", 12)
    canvas.drawCentredString(10.5 * cm, 26.6 * cm, "Deux ans sur les planches de Montlhéry-Bas")
    for at, (heading, colour, lines) in enumerate(_BOXES):
        left, top = 1.2 + 6.3 * (at % 3), 25 - 8 * (at // 3)
        canvas.setFillColor(HexColor("#f4f4f4"))
        canvas.rect(left * cm, (top - 6) * cm, 5.9 * cm, 6 * cm, stroke=0, fill=1)
        canvas.setFillColor(HexColor(colour))
        canvas.rect(left * cm, (top - 1) * cm, 5.9 * cm, 1 * cm, stroke=0, fill=1)
        canvas.setFillColor(white)
        canvas.setFont("Helvetica-Bold", 12)
        canvas.drawString((left + 0.3) * cm, (top - 0.7) * cm, heading)
        canvas.setFillColor(HexColor("#000000"))
        canvas.setFont("Helvetica", 10)
        for line, text in enumerate(lines):
            canvas.drawString((left + 0.3) * cm, (top - 1.8 - 0.55 * line) * cm, text)
    canvas.setFont("Helvetica", 6.5)
    canvas.drawString(
        1.2 * cm, 0.9 * cm, "Conception : atelier Grisgris. Ne pas jeter sur la voie publique."
    )
    canvas.save()
    return out.getvalue()


def _regulation() -> bytes:
    """A regulation: a contents page, titles and articles in bold of the body's size, footnotes."""
    out = io.BytesIO()
    document = BaseDocTemplate(
        out, pagesize=A4, title="Règlement des études de la licence de droit"
    )
    body = ParagraphStyle("law", fontName="Times-Roman", fontSize=11, leading=13.5, spaceAfter=6)
    part = ParagraphStyle("part", parent=body, fontName="Times-Bold", fontSize=13, alignment=1,
                          leading=16, spaceBefore=10)  # fmt: skip
    article = ParagraphStyle("article", parent=body, fontName="Times-Bold", spaceBefore=6)
    notes = {
        2: ("1 Arrêté du 30 juillet 2018 relatif à la licence.",),
        3: ("2 La demande se fait par courriel au secrétariat.",),
    }

    def feet(canvas: Canvas, _: object) -> None:
        canvas.setFont("Times-Roman", 8)
        canvas.drawCentredString(10.5 * cm, 1 * cm, f"- {canvas.getPageNumber()} -")
        for note in notes.get(canvas.getPageNumber(), ()):
            canvas.line(2.5 * cm, 2.9 * cm, 7 * cm, 2.9 * cm)
            canvas.drawString(2.5 * cm, 2.3 * cm, note)

    frame = Frame(2.5 * cm, 3.2 * cm, 16 * cm, 24 * cm)
    document.addPageTemplates(PageTemplate(frames=[frame], onPage=feet))

    def leaders(text: str, page: int) -> Any:
        return Table([[text, f"{'.' * 40} {page}"]], colWidths=[9 * cm, 7 * cm])

    document.build(
        [
            Paragraph("Règlement des études de la licence de droit", _COVER),
            Spacer(1, 30),
            Paragraph("SOMMAIRE", part),
            leaders("TITRE I - ORGANISATION", 2),
            leaders("Article 1 - Semestres", 2),
            leaders("Article 2 - Assiduité", 2),
            leaders("TITRE II - EXAMENS", 3),
            leaders("Article 3 - Sessions", 3),
            PageBreak(),
            Paragraph("TITRE I - ORGANISATION", part),
            Paragraph("Article 1 - Semestres", article),
            Paragraph(
                "La licence compte six semestres de trente crédits chacun<super>1</super>. Nul ne "
                "peut s'inscrire plus de cinq fois en licence sans l'accord du doyen.",
                body,
            ),
            Paragraph("Article 2 - Assiduité", article),
            Paragraph(
                "La présence aux travaux dirigés est obligatoire. Trois absences injustifiées "
                "dans une matière valent défaillance.",
                body,
            ),
            PageBreak(),
            Paragraph("TITRE II - EXAMENS", part),
            Paragraph("Article 3 - Sessions", article),
            Paragraph(
                "Deux sessions sont organisées chaque année. Un étudiant salarié peut demander un "
                "oral de remplacement<super>2</super> dans les dix jours.",
                body,
            ),
            Paragraph("Article 4 - Consultation des copies", article),
            Paragraph("Les copies se consultent pendant un mois, salle Portalis.", body),
        ]
    )
    return out.getvalue()


def _plan() -> bytes:
    """A plan of units on a wide page: semesters as bands over all columns, then a calendar."""
    out = io.BytesIO()
    document = BaseDocTemplate(out, pagesize=landscape(A4), title="")
    document.addPageTemplates(PageTemplate(frames=[Frame(2 * cm, 1.5 * cm, 25 * cm, 18 * cm)]))
    title = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=18, leading=24)
    rows = [
        ["Unité d'enseignement", "CM", "TD", "ECTS"],
        ["Semestre 1", "", "", ""],
        ["Linguistique générale", "20 h", "18 h", "6"],
        ["Acquisition du langage", "18 h", "12 h", "5"],
        ["Semestre 2", "", "", ""],
        ["Didactique des langues", "24 h", "20 h", "7"],
        ["Stage d'observation", "", "", "3"],
    ]
    bands = [("SPAN", (0, at), (-1, at)) for at in (1, 4)]
    tinted = [("BACKGROUND", (0, at), (-1, at), HexColor("#dddddd")) for at in (1, 4)]
    bold = [("FONT", (0, at), (-1, at), "Helvetica-Bold") for at in (0, 1, 4)]
    heading = ParagraphStyle("heading", parent=title, fontSize=13, leading=18, spaceBefore=12)
    document.build(
        [
            Paragraph("Master Français langue étrangère", title),
            Paragraph("Maquette de première année", heading),
            Table(rows, colWidths=[11 * cm, 3 * cm, 3 * cm, 3 * cm], hAlign="LEFT",
                  style=[*_GRID, *bands, *tinted, *bold]),
            Paragraph("Calendrier", heading),
            Table([["Pré-rentrée", "2 septembre 2027"], ["Examens", "du 10 au 21 janvier 2028"]],
                  colWidths=[5 * cm, 8 * cm], hAlign="LEFT", style=_GRID),
        ]
    )  # fmt: skip
    return out.getvalue()


BROCHURES: Mapping[str, Callable[[], bytes]] = {
    "plaquette_word.pdf": _exported,
    "depliant_cases.pdf": _boxes,
    "reglement.pdf": _regulation,
    "maquette_paysage.pdf": _plan,
}
