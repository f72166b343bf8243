"""More layouts in PDF, for the third set of `tests/layouts.py`, kept as what makes them."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

from reportlab.lib.colors import HexColor, black, white
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    FrameBreak,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

_BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=12, leading=14, spaceAfter=6)
_ITEM = ParagraphStyle("item", parent=_BODY, leftIndent=22, bulletIndent=10, spaceAfter=3)
_TITLE = ParagraphStyle(
    "title", fontName="Helvetica-Bold", fontSize=22, leading=27, alignment=1, spaceAfter=14
)
_FIRST = ParagraphStyle(
    "first", fontName="Helvetica-Bold", fontSize=16, leading=19, spaceBefore=12, spaceAfter=6
)
_SECOND = ParagraphStyle("second", parent=_FIRST, fontSize=13, leading=16, spaceBefore=8)
_GRID = [("GRID", (0, 0), (-1, -1), 0.5, black), ("FONT", (0, 0), (-1, -1), "Times-Roman", 11)]


def _office() -> bytes:
    """A sheet exported from LibreOffice: a table of key facts, lists, cells that wrap."""
    out = io.BytesIO()
    document = BaseDocTemplate(out, pagesize=A4, title="fiche_formation_vf2.odt")

    def edges(canvas: Canvas, _: object) -> None:
        canvas.setFont("Times-Italic", 10)
        canvas.drawRightString(19 * cm, 28.4 * cm, "Faculté des sports et de la danse — 2026/2027")
        canvas.setFont("Times-Roman", 10)
        canvas.drawCentredString(10.5 * cm, 1.4 * cm, f"{canvas.getPageNumber()} / 2")

    frame = Frame(2 * cm, 2.2 * cm, 17 * cm, 25.6 * cm)
    document.addPageTemplates(PageTemplate(frames=[frame], onPage=edges))
    facts = [
        ["Domaine", "Sciences humaines et sociales"],
        ["Durée", "2 ans (4 semestres)"],
        ["Effectif", "24 étudiants en première année"],
        ["Lieu", "Gymnase Alice-Milliat et studio Carlson"],
    ]
    courses = [
        ["Intitulé du cours", "Heures", "Évaluation"],
        ["Anatomie du danseur", "36", "écrit"],
        [Paragraph("Histoire de la danse et des pratiques physiques", _BODY), "24",
         Paragraph("dossier et exposé devant la promotion", _BODY)],
        ["Notation Laban", "30", "pratique"],
    ]  # fmt: skip
    document.build(
        [
            Paragraph("Master Danse et mouvement", _TITLE),
            Table(facts, colWidths=[4 * cm, 12 * cm], style=_GRID),
            Paragraph("Objectifs du master", _FIRST),
            Paragraph(
                "Le master associe la pratique en studio et la recherche. Il prépare aux métiers "
                "de la transmission, de la critique et de la programmation.",
                _BODY,
            ),
            Paragraph("Conditions d'entrée", _FIRST),
            Paragraph("Diplômes", _SECOND),
            *(
                Paragraph(text, _ITEM, bulletText="–")
                for text in (
                    "licence STAPS ou licence arts du spectacle ;",
                    "diplôme d'État de professeur de danse, avec une validation des acquis "
                    "accordée par la commission ;",
                )
            ),
            Paragraph("Épreuve pratique", _SECOND),
            Paragraph("Une variation de trois minutes est présentée le 18 mai 2027.", _BODY),
            Paragraph("Enseignements", _FIRST),
            Paragraph("Semestre 1", _SECOND),
            Table(courses, colWidths=[7 * cm, 2.5 * cm, 6.5 * cm], style=_GRID),
            Paragraph("Semestre 2", _SECOND),
            Paragraph("Un stage de 12 semaines en compagnie ou au conservatoire.", _BODY),
            Paragraph("Renseignements", _FIRST),
            Paragraph("Secrétariat : Yolande Pétrus, 05 57 00 38 38", _BODY),
        ]
    )
    return out.getvalue()


def _article() -> bytes:
    """A syllabus set by LaTeX: a title over two justified columns, numbers, broken words."""
    out = io.BytesIO()
    document = BaseDocTemplate(out, pagesize=A4, title="")
    body = ParagraphStyle(
        "latex", fontName="Times-Roman", fontSize=10, leading=12, alignment=TA_JUSTIFY,
        firstLineIndent=15,
    )  # fmt: skip
    head = ParagraphStyle("head", fontName="Times-Bold", fontSize=14.3, leading=18, spaceBefore=12,
                          spaceAfter=6)  # fmt: skip
    inner = ParagraphStyle("inner", parent=head, fontSize=12, leading=14.5)
    item = ParagraphStyle("item", parent=body, firstLineIndent=0, leftIndent=20, bulletIndent=8)
    title = ParagraphStyle("title", fontName="Times-Roman", fontSize=17.2, leading=22, alignment=1)
    author = ParagraphStyle("author", parent=title, fontSize=12, leading=18)

    def feet(canvas: Canvas, _: object) -> None:
        canvas.setFont("Times-Roman", 10)
        canvas.drawCentredString(10.5 * cm, 1.6 * cm, str(canvas.getPageNumber()))

    columns = [
        Frame(left * cm, 2.5 * cm, 8.2 * cm, 21 * cm, leftPadding=0, rightPadding=0)
        for left in (2, 10.8)
    ]
    top = Frame(2 * cm, 23.7 * cm, 17 * cm, 4 * cm)
    document.addPageTemplates(PageTemplate(frames=[top, *columns], onPage=feet))
    rules = [("LINEABOVE", (0, 0), (-1, 0), 1, black), ("LINEBELOW", (0, 0), (-1, 0), 0.5, black),
             ("LINEBELOW", (0, -1), (-1, -1), 1, black),
             ("FONT", (0, 0), (-1, -1), "Times-Roman", 10)]  # fmt: skip
    marks = [["Épreuve", "Poids"], ["Partiel", "40 %"], ["Examen final", "60 %"]]
    document.build(
        [
            Paragraph("Master Probabilités et statistique", title),
            Paragraph("Livret des cours – année 2026-2027", author),
            FrameBreak(),
            Paragraph("1&nbsp;&nbsp;&nbsp;Présentation", head),
            Paragraph(
                "Le master s'adresse aux étudiants qui se destinent à la recherche ou aux mé-<br/>"
                "tiers de l'actuariat. Il est commun à l'université de Cassagne et à l'École "
                "nationale des données.",
                body,
            ),
            Paragraph("2&nbsp;&nbsp;&nbsp;Cours", head),
            Paragraph("2.1&nbsp;&nbsp;&nbsp;Martingales", inner),
            Paragraph(
                "Le cours compte 36 heures. Les notions d'espérance conditionnelle et de temps "
                "d'arrêt sont introduites avant les théorèmes de convergence. Un polycopié est "
                "distribué.",
                body,
            ),
            Paragraph("2.2&nbsp;&nbsp;&nbsp;Séries temporelles", inner),
            Paragraph("Vingt-quatre heures, dont douze en salle de calcul.", body),
            Paragraph("Le logiciel R est utilisé à chaque séance.", body),
            FrameBreak(),
            Paragraph("3&nbsp;&nbsp;&nbsp;Évaluation", head),
            Paragraph("Chaque cours est évalué selon le tableau 1.", body),
            Spacer(1, 8),
            Table(marks, colWidths=[3.5 * cm, 2 * cm], style=rules),
            Spacer(1, 6),
            Paragraph("Tableau 1 : Poids des épreuves", author),
            Paragraph("4&nbsp;&nbsp;&nbsp;Candidater", head),
            *(
                Paragraph(text, item, bulletText="•")
                for text in (
                    "relevés de notes de licence ;",
                    "lettre de motivation d'une page, en français ou en anglais ;",
                    "nom de deux enseignants qui peuvent être joints.",
                )
            ),
            Paragraph("La commission se réunit les 3 et 4 juin 2027.", body),
        ]
    )
    return out.getvalue()


_ASIDE = (
    ("EN CHIFFRES", ("92 % d'insertion à 6 mois", "18 stagiaires par session")),
    ("DATES", ("Candidatures : 2 mars 2027", "Entretiens : 20 et 21 avril 2027")),
    ("CONTACT", ("Mireille Danglas", "04 67 00 93 93", "du-oeno@montferrier.example")),
)


def _brochure() -> bytes:
    """A brochure: a band with the title, running text on the left, coloured boxes on the right."""
    out = io.BytesIO()
    document = BaseDocTemplate(out, pagesize=A4, title="DU Œnologie et dégustation")
    head = ParagraphStyle("head", fontName="Helvetica-Bold", fontSize=14, leading=18,
                          textColor=HexColor("#7b1e3b"), spaceBefore=10)  # fmt: skip
    body = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13, spaceAfter=5)

    def page(canvas: Canvas, _: object) -> None:
        canvas.saveState()
        canvas.setFillColor(HexColor("#7b1e3b"))
        canvas.rect(0, 26 * cm, 21 * cm, 3.7 * cm, stroke=0, fill=1)
        canvas.setFillColor(white)
        canvas.setFont("Helvetica", 11)
        canvas.drawString(1.5 * cm, 28.6 * cm, "FORMATION CONTINUE")
        canvas.setFont("Helvetica-Bold", 24)
        canvas.drawString(1.5 * cm, 27.2 * cm, "DU Œnologie et dégustation")
        top = 25.0
        for heading, lines in _ASIDE:
            height = 1.4 + 0.6 * len(lines)
            canvas.setFillColor(HexColor("#f3e3e8"))
            canvas.roundRect(13.6 * cm, (top - height) * cm, 6.2 * cm, height * cm, 6, 0, 1)
            canvas.setFillColor(HexColor("#7b1e3b"))
            canvas.setFont("Helvetica-Bold", 11)
            canvas.drawString(14 * cm, (top - 0.8) * cm, heading)
            canvas.setFillColor(black)
            canvas.setFont("Helvetica", 9.5)
            for at, line in enumerate(lines):
                canvas.drawString(14 * cm, (top - 1.5 - 0.6 * at) * cm, line)
            top -= height + 0.7
        canvas.setFont("Helvetica", 7)
        canvas.drawString(
            1.5 * cm, 0.8 * cm, "Montferrier Formation – N° d'activité 91 34 00000 34 – v.3 – "
            "imprimé sur papier recyclé",
        )  # fmt: skip
        canvas.restoreState()

    frame = Frame(1.2 * cm, 2 * cm, 11.8 * cm, 23.4 * cm)
    document.addPageTemplates(PageTemplate(frames=[frame], onPage=page))
    document.build(
        [
            Paragraph("Pour qui ?", head),
            Paragraph(
                "Cavistes, sommeliers, restaurateurs ou amateurs avertis. Aucun diplôme n'est "
                "exigé ; une lettre de motivation est demandée.",
                body,
            ),
            Paragraph("Programme", head),
            Paragraph("<b>Module 1 – La vigne</b>", body),
            Paragraph("Cépages, sols et climats : 21 heures", body),
            Paragraph("<b>Module 2 – La cave</b>", body),
            Paragraph("Vinifications et élevage : 28 heures, dont deux visites", body),
            Paragraph("Comment se déroule la formation ?", head),
            Paragraph("Huit week-ends, du vendredi midi au samedi soir, d'octobre à mai.", body),
            Paragraph("Tarif", head),
            Paragraph("1 980 € – repas non compris", body),
        ]
    )
    return out.getvalue()


_SLIDES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("La première année en bref", (
        "• 25 heures de cours par semaine",
        "• Groupes de TD de 30 étudiants",
        "   – tutorat le mercredi de 13 h à 15 h",
        "• Deux langues vivantes obligatoires",
    )),
    ("Les examens", ("Session 1 : du 8 au 19 janvier 2028", "Session 2 : à partir du 12 juin 2028",
                     "Une note sous 5 est éliminatoire en langue")),
    ("Qui contacter ?", ("Scolarité : bureau A 05", "Relais handicap : Coline Mauve")),
)  # fmt: skip


def _slides() -> bytes:
    """Slides exported at 16:9: a cover, a plan, three slides, a table, one to say goodbye."""
    out = io.BytesIO()
    wide, high = 33.87 * cm, 19.05 * cm
    canvas = Canvas(out, pagesize=(wide, high))
    canvas.setTitle("Présentation PowerPoint")
    number = 0

    def turn(heading: str, lines: tuple[str, ...]) -> None:
        canvas.setFillColor(HexColor("#1b4f72"))
        canvas.setFont("Helvetica", 32)
        canvas.drawString(2.3 * cm, 15.8 * cm, heading)
        canvas.setFillColor(black)
        canvas.setFont("Helvetica", 22)
        for at, line in enumerate(lines):
            left = 2.3 + (1.2 if line.startswith(" ") else 0)
            canvas.drawString(left * cm, (13.4 - 1.4 * at) * cm, line.strip())

    def done() -> None:
        nonlocal number
        number += 1
        canvas.setFillColor(HexColor("#888888"))
        canvas.setFont("Helvetica", 12)
        canvas.drawString(2.3 * cm, 0.9 * cm, "07/09/2026")
        canvas.drawCentredString(wide / 2, 0.9 * cm, "Réunion de rentrée – LEA")
        canvas.drawRightString(wide - 2.3 * cm, 0.9 * cm, str(number))
        canvas.showPage()

    canvas.setFillColor(HexColor("#1b4f72"))
    canvas.setFont("Helvetica", 44)
    canvas.drawCentredString(wide / 2, 11 * cm, "Licence LEA anglais-russe")
    canvas.setFillColor(black)
    canvas.setFont("Helvetica", 24)
    canvas.drawCentredString(wide / 2, 9 * cm, "Réunion de rentrée")
    done()
    for heading, lines in _SLIDES[:2]:
        turn(heading, lines)
        done()
    turn("Les unités du semestre 1", ())
    rows = [["Unité", "Heures", "ECTS"], ["Langue russe", "72", "9"],
            ["Droit commercial", "24", "3"], ["Informatique", "20", "2"]]  # fmt: skip
    # fmt: off
    style = [("FONT", (0, 0), (-1, -1), "Helvetica", 20), ("FONT", (0, 0), (-1, 0),
             "Helvetica-Bold", 20), ("BACKGROUND", (0, 0), (-1, 0), HexColor("#d6eaf8")),
             ("BOTTOMPADDING", (0, 0), (-1, -1), 14), ("TOPPADDING", (0, 0), (-1, -1), 10)]
    # fmt: on
    table = Table(rows, colWidths=[12 * cm, 6 * cm, 6 * cm], style=style)
    table.wrapOn(canvas, wide, high)
    table.drawOn(canvas, 2.3 * cm, 7 * cm)
    done()
    turn(*_SLIDES[2])
    done()
    canvas.setFont("Helvetica", 40)
    canvas.drawCentredString(wide / 2, 10 * cm, "Merci de votre attention")
    done()
    canvas.save()
    return out.getvalue()


def _form() -> bytes:
    """A form: labels on the page, what was filled in stands in its fields; hints to fill in."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setTitle("Demande d'inscription en doctorat")
    form = canvas.acroForm
    canvas.setFont("Helvetica-Bold", 18)
    canvas.drawString(2 * cm, 27.4 * cm, "Inscription en doctorat de lettres")
    canvas.setFont("Helvetica", 10)

    def heading(text: str, at: float) -> None:
        canvas.setFont("Helvetica-Bold", 12)
        canvas.drawString(2 * cm, at * cm, text)
        canvas.setFont("Helvetica", 10)

    heading("Pièces à joindre", 26)
    for at, text in enumerate(
        ("Copie du diplôme de master", "Projet de thèse de cinq pages, visé par le directeur",
         "Attestation de financement, ou lettre sur l'honneur")
    ):  # fmt: skip
        form.checkbox(x=2 * cm, y=(25.1 - 0.8 * at) * cm, size=10, name=f"piece{at}")
        canvas.drawString(2.7 * cm, (25.15 - 0.8 * at) * cm, text)
    heading("Délais", 22.2)
    canvas.drawString(
        2 * cm, 21.5 * cm, "La demande est déposée avant le 15 octobre 2027 à l'école"
    )
    canvas.drawString(2 * cm, 21 * cm, "doctorale. Toute demande incomplète est renvoyée.")
    heading("Votre identité", 19.6)
    for at, label in enumerate(("Nom de naissance", "Prénom", "Numéro INE")):
        canvas.drawString(2 * cm, (18.8 - at) * cm, f"{label} :")
        form.textfield(x=6 * cm, y=(18.6 - at) * cm, width=9 * cm, height=16, name=f"id{at}",
                       tooltip=label)  # fmt: skip
    canvas.drawString(
        2 * cm, 15.6 * cm, "Fait à ............................ le ....../....../......"
    )
    heading("Cadre réservé à l'administration", 14.2)
    for at, (label, said) in enumerate(
        (("École doctorale", "ED 354 Langues, lettres et arts"), ("Droits", "391 euros"))
    ):
        canvas.drawString(2 * cm, (13.4 - at) * cm, f"{label} :")
        form.textfield(x=6 * cm, y=(13.2 - at) * cm, width=9 * cm, height=16, name=f"ad{at}",
                       value=said, fieldFlags="readOnly")  # fmt: skip
    canvas.setFont("Helvetica", 7)
    canvas.drawString(2 * cm, 1.2 * cm, "Réf. DOC-ED-2026-07 – Les données sont traitées pour gérer"
                      " votre dossier.")  # fmt: skip
    canvas.save()
    return out.getvalue()


def _calendar() -> bytes:
    """Fees and dates: a table headed by a band, merged cells, notes under it, a second page."""
    out = io.BytesIO()
    document = BaseDocTemplate(out, pagesize=A4, title="Tarifs et calendrier")

    def edges(canvas: Canvas, _: object) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(2 * cm, 28.7 * cm, "École de commerce de Rivabel")
        canvas.drawString(2 * cm, 1 * cm, "Tarifs votés le 4 mai 2026")
        canvas.drawRightString(19 * cm, 1 * cm, f"p. {canvas.getPageNumber()}")

    frames = [Frame(2 * cm, 2 * cm, 17 * cm, 26 * cm)]
    document.addPageTemplates(
        [PageTemplate(id=name, frames=frames, onPage=edges) for name in ("first", "later")]
    )
    body = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13, spaceAfter=5)
    head = ParagraphStyle("head", fontName="Helvetica-Bold", fontSize=14, leading=18,
                          spaceBefore=14, spaceAfter=6)  # fmt: skip
    fees: list[list[Any]] = [
        ["Cycle", "Année", "Initial", "Alternance"],
        ["Bachelor", "1re", "6 200 €", "–"],
        ["", "2e", "6 400 €", "pris en charge"],
        ["", "3e", "6 600 €", "pris en charge"],
        ["Mastère", "1re", "8 100 €", "pris en charge"],
        ["", "2e", "8 300 €", "pris en charge"],
    ]
    style = [*_GRID, ("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 10),
             ("BACKGROUND", (0, 0), (-1, 0), HexColor("#004466")),
             ("TEXTCOLOR", (0, 0), (-1, 0), white), ("SPAN", (0, 1), (0, 3)),
             ("SPAN", (0, 4), (0, 5)), ("VALIGN", (0, 0), (0, -1), "MIDDLE")]  # fmt: skip
    dates = [
        ["Période", "Cours", "Entreprise"],
        ["Septembre", "du 6 au 17", "du 20 au 30"],
        ["Octobre", "du 4 au 15", "du 18 au 29"],
        ["Novembre", "du 2 au 12", "du 15 au 30"],
    ]
    # fmt: off
    striped = [("LINEBELOW", (0, 0), (-1, 0), 1, black), ("FONT", (0, 0), (-1, 0),
               "Helvetica-Bold", 10), ("BACKGROUND", (0, 2), (-1, 2), HexColor("#eeeeee"))]
    # fmt: on
    document.build(
        [
            NextPageTemplate("later"),
            Paragraph("Tarifs et calendrier 2027", _TITLE),
            Paragraph("Frais de scolarité", head),
            Table(fees, colWidths=[4 * cm, 3 * cm, 4 * cm, 5 * cm], style=style, hAlign="LEFT"),
            Spacer(1, 6),
            Paragraph(
                "Un acompte de 500 € est versé à l'inscription ; il est remboursé en cas "
                "d'échec au baccalauréat.",
                body,
            ),
            Paragraph("Paiement", head),
            Paragraph("En une, trois ou dix fois, par prélèvement.", body),
            Paragraph("Calendrier de l'alternance", head),
            Table(dates, colWidths=[4 * cm, 4 * cm, 5 * cm], style=striped, hAlign="LEFT"),
            Paragraph("Fermetures", head),
            Paragraph("L'école est fermée du 24 décembre au 3 janvier.", body),
        ]
    )  # fmt: skip
    return out.getvalue()


EXPORTS: Mapping[str, Callable[[], bytes]] = {
    "fiche_bureau.pdf": _office,
    "livret_latex.pdf": _article,
    "brochure_encadres.pdf": _brochure,
    "reunion_diapos.pdf": _slides,
    "formulaire.pdf": _form,
    "tarifs_calendrier.pdf": _calendar,
}
