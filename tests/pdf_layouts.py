"""Layouts in PDF: files of `tests/layouts.py` that are kept as the code that makes them."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

from reportlab.lib.colors import HexColor, white
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    FrameBreak,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Table,
)

pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))  # comes with reportlab; has ligatures

_BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=10, leading=12.5, spaceAfter=5)
_JUSTIFIED = ParagraphStyle("justified", parent=_BODY, alignment=TA_JUSTIFY)
_SECTION = ParagraphStyle(
    "section", fontName="Helvetica-Bold", fontSize=13, leading=17, spaceBefore=9
)
_INNER = ParagraphStyle(
    "inner", fontName="Helvetica-Bold", fontSize=10.5, leading=14, spaceBefore=5
)
_TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=20, leading=25, spaceAfter=10)


def _two_columns() -> bytes:
    """A leaflet: a title over two columns, words broken at the line end, a foot on each page."""
    out = io.BytesIO()
    document = BaseDocTemplate(out, pagesize=A4, title="Master Patrimoine bâti", lang="fr-FR")

    def feet(canvas: Canvas, _: object) -> None:
        canvas.setFont("Helvetica", 7)
        canvas.drawCentredString(
            10.5 * cm, 1 * cm, "www.univ-corbigny.example - document non contractuel"
        )
        canvas.drawRightString(19.5 * cm, 1 * cm, str(canvas.getPageNumber()))

    frames = [
        Frame(1.5 * cm, 24.5 * cm, 18 * cm, 3.5 * cm),
        Frame(1.5 * cm, 2 * cm, 8.6 * cm, 22 * cm),
        Frame(10.9 * cm, 2 * cm, 8.6 * cm, 22 * cm),
    ]
    document.addPageTemplates(PageTemplate(frames=frames, onPage=feet))
    document.build(
        [
            Paragraph("Master Patrimoine bâti", _TITLE),
            Paragraph("Conservation, restauration, transmission", _BODY),
            FrameBreak(),
            Paragraph("Objectifs", _SECTION),
            Paragraph(
                "Le master forme des spécialistes de la restauration des édifices anciens, "
                "capa-<br/>"
                "bles de dialoguer avec les artisans et les architectes. Les enseigne-<br/>"
                "ments associent chantier-école, relevé et histoire des techniques.",
                _BODY,
            ),
            Paragraph("Admission", _SECTION),
            Paragraph("Publics", _INNER),
            Paragraph("Titulaires d'une licence d'histoire de l'art ou d'architecture.", _BODY),
            Paragraph("Dates", _INNER),
            Paragraph("Le dossier est à remettre avant le 28 mars 2027.", _BODY),
            FrameBreak(),
            Paragraph("Programme", _SECTION),
            Paragraph("• Droit du patrimoine : 30 heures", _BODY),
            Paragraph("• Pathologie des pierres : 42 heures", _BODY),
            Paragraph(
                "• Chantier-école : cinq semaines au prieuré de Corbigny, de mai à juin", _BODY
            ),
            Paragraph("Contact", _SECTION),
            Paragraph(
                "Hélène Marsac<br/>03 86 00 42 17<br/>patrimoine@univ-corbigny.example", _BODY
            ),
        ]
    )
    return out.getvalue()


def _guide() -> bytes:
    """A guide of several pages: a cover, contents with leaders, running head and foot, a table."""
    out = io.BytesIO()
    document = BaseDocTemplate(out, pagesize=A4, title="guide_v7_DEF", lang="fr-FR")

    def head(canvas: Canvas, _: object) -> None:
        canvas.setFont("Helvetica-Oblique", 8)
        canvas.drawString(2 * cm, 28.4 * cm, "Guide des études - Licence de philosophie")
        canvas.drawString(2 * cm, 1.2 * cm, "Université de Sénanque - Service communication")
        canvas.drawRightString(19 * cm, 1.2 * cm, f"{canvas.getPageNumber()}/5")

    whole = Frame(2 * cm, 2 * cm, 17 * cm, 25.5 * cm)
    document.addPageTemplates(
        [
            PageTemplate("cover", frames=[Frame(2 * cm, 8 * cm, 17 * cm, 12 * cm)]),
            PageTemplate("inner", frames=[whole], onPage=head),
        ]
    )
    marks = [
        ["Note", "Mention"],
        ["12 à 13,99", "Assez bien"],
        ["14 à 15,99", "Bien"],
        ["16 et plus", "Très bien"],
    ]
    units = [
        ["Code", "Intitulé", "Heures", "ECTS"],
        ["PHI101", "Histoire de la philosophie antique", "48", "6"],
        ["PHI102", "Logique formelle", "36", "5"],
        ["PHI103", "Texte philosophique en langue étrangère", "24", "3"],
    ]
    grid = [
        ("GRID", (0, 0), (-1, -1), 0.5, HexColor("#888888")),
        ("FONT", (0, 0), (-1, 0), "Helvetica-Bold"),
    ]
    document.build(
        [
            Paragraph("Guide des études", _TITLE),
            Paragraph("Licence de philosophie", _SECTION),
            Paragraph("Année universitaire 2026-2027", _BODY),
            NextPageTemplate("inner"),
            PageBreak(),
            Paragraph("Table des matières", _SECTION),
            Paragraph("1. Le cursus " + "." * 60 + " 3", _BODY),
            Paragraph("1.1 Première année " + "." * 54 + " 3", _BODY),
            Paragraph("2. Les examens " + "." * 58 + " 4", _BODY),
            PageBreak(),
            Paragraph("1. Le cursus", _SECTION),
            Paragraph(
                "La licence s'étend sur trois ans. La ré\ufb02exion personnelle y est "
                "sollicitée dès le premier semestre, et un éventail \ufb01able d'options permet"
                " de se spécialiser en "
                "philosophie des sciences, en esthétique ou en éthique appliquée.",
                ParagraphStyle("ligatures", parent=_JUSTIFIED, fontName="Vera"),
            ),
            Paragraph("1.1 Première année", _INNER),
            Table(units, colWidths=[2.2 * cm, 9 * cm, 2 * cm, 2 * cm], style=grid, hAlign="LEFT"),
            PageBreak(),
            Paragraph("2. Les examens", _SECTION),
            Paragraph(
                "Chaque semestre comporte une session d'examens en janvier ou en mai. Une seconde "
                "chance est organisée fin juin pour les étudiants ajournés. Toute absence doit "
                "être "
                "justifiée dans un délai de cinq jours auprès du secrétariat.",
                _JUSTIFIED,
            ),
            Paragraph("2.1 Mentions", _INNER),
            Table(marks, colWidths=[4 * cm, 5 * cm], style=grid, hAlign="LEFT"),
            Paragraph("2.2 Fraude", _INNER),
            Paragraph(
                "Les téléphones sont éteints et déposés à l'entrée de la salle. "
                "Une suspicion de fraude",
                _JUSTIFIED,
            ),
            PageBreak(),
            Paragraph(
                "est signalée au procès-verbal et transmise à la section disciplinaire.", _JUSTIFIED
            ),
            Paragraph("3. Adresses utiles", _SECTION),
            Paragraph("<b>Scolarité :</b> bureau D 12, ouvert le matin", _BODY),
            Paragraph("<b>Bibliothèque :</b> 40 000 volumes, ouverte jusqu'à 20 h", _BODY),
        ]
    )
    return out.getvalue()


def _sheet() -> bytes:
    """A sheet with a coloured band, a box of key facts at the side and sections beside it."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setTitle("Fiche BUT Génie thermique")
    canvas.setFillColor(HexColor("#00508c"))
    canvas.rect(0, 26.2 * cm, 21 * cm, 3.5 * cm, stroke=0, fill=1)
    canvas.setFillColor(white)
    canvas.setFont("Helvetica-Bold", 22)
    canvas.drawString(1.5 * cm, 27.6 * cm, "BUT Génie thermique et énergie")
    canvas.setFillColor(HexColor("#e8f0f8"))
    canvas.rect(1 * cm, 9 * cm, 5.6 * cm, 16 * cm, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#000000"))
    y = 24.2
    for label, value in (
        ("DURÉE", "6 semestres"), ("CRÉDITS", "180 ECTS"), ("LIEU", "IUT de Maurienne"),
        ("PLACES", "52 en première année"), ("ALTERNANCE", "possible en 3e année"),
    ):  # fmt: skip
        canvas.setFont("Helvetica-Bold", 9)
        canvas.drawString(1.4 * cm, y * cm, label)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(1.4 * cm, (y - 0.55) * cm, value)
        y -= 1.5
    y = 24.2
    sections = (
        (
            "Les débouchés",
            (
                "Technicien en bureau d'études thermiques, conseiller en rénovation",
                "énergétique, responsable d'exploitation de chaufferie.",
            ),
        ),
        (
            "Le recrutement",
            (
                "Sur dossier Parcoursup, baccalauréat général ou STI2D. Un entretien est",
                "proposé aux candidats en réorientation.",
            ),
        ),
        (
            "La pédagogie",
            (
                "Un tiers de travaux pratiques, 600 heures de projets, 26 semaines de stage",
                "sur les trois années.",
            ),
        ),
    )
    for heading, lines in sections:
        canvas.setFont("Helvetica-Bold", 13)
        canvas.setFillColor(HexColor("#00508c"))
        canvas.drawString(7.4 * cm, y * cm, heading)
        canvas.setFillColor(HexColor("#000000"))
        canvas.setFont("Helvetica", 10)
        for line in lines:
            y -= 0.6
            canvas.drawString(7.4 * cm, y * cm, line)
        y -= 1.3
    canvas.setFont("Helvetica", 7)
    canvas.drawCentredString(
        10.5 * cm,
        1 * cm,
        "IUT de Maurienne - 15 rue des Forges - 73300 Arvan - iut-maurienne.example",
    )
    canvas.save()
    return out.getvalue()


def _slides() -> bytes:
    """Slides of an information meeting: a title each, bullets, the same foot on all of them."""
    out = io.BytesIO()
    width, height = landscape(A4)
    canvas = Canvas(out, pagesize=(width, height))
    canvas.setTitle("Réunion d'information")
    slides = (
        ("Master Chimie verte", ("Réunion d'information du 12 janvier 2027",)),
        (
            "Candidater",
            (
                "Plateforme ouverte du 17 février au 16 mars",
                "Deux lettres de recommandation",
                "Aucun frais de dossier",
            ),
        ),
        (
            "L'année en alternance",
            (
                "Trois jours en entreprise, deux jours à l'université",
                "Rémunération dès le premier mois",
            ),
        ),
        ("Après le master", ("80 % d'emploi à six mois", "Une thèse pour un diplômé sur cinq")),
    )
    for number, (title, bullets) in enumerate(slides, 1):
        canvas.setFont("Helvetica-Bold", 30)
        canvas.drawString(2 * cm, height - 3.5 * cm, title)
        canvas.setFont("Helvetica", 18)
        for at, bullet in enumerate(bullets):
            sign = "- " if number > 1 else ""
            canvas.drawString(2.5 * cm, height - (6 + 1.4 * at) * cm, f"{sign}{bullet}")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(2 * cm, 1 * cm, "UFR de chimie - Journée du lycéen")
        canvas.drawRightString(width - 2 * cm, 1 * cm, f"{number} / {len(slides)}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


PDFS: Mapping[str, Callable[[], bytes]] = {
    "deux_colonnes.pdf": _two_columns,
    "guide.pdf": _guide,
    "fiche_bandeau.pdf": _sheet,
    "diapositives.pdf": _slides,
}
