"""More layouts in Word, for the third set of `tests/layouts.py`, kept as what makes them."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _blank() -> Document:
    document = docx.Document()
    document.core_properties.title = ""
    return document


def _saved(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _filled(document: Document, rows: Sequence[Sequence[str]], style: str = "Table Grid") -> None:
    table = document.add_table(rows=0, cols=len(rows[0]), style=style)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _styled() -> bytes:
    """A sheet with real styles: numbered headings, a merged head of a table, a note at the foot."""
    document = _blank()
    document.add_paragraph("Fiche RNCP – annexe descriptive", style="Subtitle")
    document.add_paragraph("Licence Sciences pour la santé", style="Title")
    document.add_heading("1. Cadre général", 1)
    _filled(document, (("Domaine", "Sciences, technologies, santé"), ("Crédits", "180 ECTS")))
    document.add_heading("2. Enseignements", 1)
    document.add_heading("2.1 Première année", 2)
    table = document.add_table(rows=4, cols=4, style="Table Grid")
    said = (("Unité", "Volume", "", "ECTS"), ("", "CM", "TD", ""), ("Physiologie", "30", "18", "6"),
            ("Éthique du soin", "12", "10", "3"))  # fmt: skip
    for at, row in enumerate(said):
        for cell, text in zip(table.rows[at].cells, row, strict=True):
            cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 3).merge(table.cell(1, 3))
    document.add_heading("2.2 Stage", 2)
    document.add_paragraph("Cinq semaines en établissement de santé, entre mai et juillet.")
    document.add_heading("3. Accès", 1)
    document.add_paragraph("Sont examinés :")
    document.add_paragraph("les notes de spécialité", style="List Number")
    document.add_paragraph("l'engagement associatif", style="List Number")
    paragraph = document.add_paragraph("Une option accès santé est proposée à 90 étudiants.")
    paragraph.add_run(" Elle ouvre deux fois l'accès à maïeutique.").italic = True
    document.add_heading("4. Suivi", 1)
    document.add_paragraph("Référente : Anne-Lise Quéméner", style="Intense Quote")
    document.add_paragraph("Tutorat : 2 heures chaque jeudi")
    document.sections[0].header.paragraphs[0].text = "UFR Santé – document de travail"
    document.sections[0].footer.paragraphs[0].text = "Version du 12/10/2026"
    return _saved(document)


def _centred(document: Document, text: str, size: int, colour: str = "") -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.bold, run.font.size = True, Pt(size)
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)


def _bare() -> bytes:
    """A note without styles: headings underlined or in capitals, lists by hand, tabs."""
    document = _blank()
    _centred(document, "INSTITUT DU TOURISME DE PORNAVAL", 11)
    _centred(document, "BTS Tourisme", 20, "C00000")
    _centred(document, "Note aux familles – rentrée 2027", 12)
    for heading, lines in (
        ("HORAIRES", ("Les cours ont lieu de 8 h 15 à 17 h 30, sauf le mercredi après-midi.",)),
        ("LANGUES VIVANTES", ("Deux langues sont obligatoires :", "- anglais",
                              "- allemand, espagnol ou breton", "- une troisième en option")),
        ("STAGES", ("Durée :\t14 semaines sur deux ans", "Convention :\tsignée un mois avant")),
    ):  # fmt: skip
        run = document.add_paragraph().add_run(heading)
        run.bold = run.underline = True
        for line in lines:
            document.add_paragraph(line)
    run = document.add_paragraph().add_run("Frais à prévoir")
    run.bold = run.underline = True
    document.add_paragraph("Uniforme d'accueil : 140 € environ")
    document.add_paragraph("Voyage d'étude : 380 €, payables en quatre fois")
    run = document.add_paragraph().add_run("Contacts")
    run.bold = run.underline = True
    paragraph = document.add_paragraph()
    paragraph.add_run("Professeure principale : ").bold = True
    paragraph.add_run("Mme Tiphaine Kervella")
    paragraph = document.add_paragraph()
    paragraph.add_run("Vie scolaire : ").bold = True
    paragraph.add_run("02 98 00 57 57")
    document.add_paragraph()
    paragraph = document.add_paragraph("Fait à Pornaval, le 1er juin 2027")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return _saved(document)


def _told(cell: _Cell, heading: str, lines: Sequence[str]) -> None:
    first = cell.paragraphs[0]
    paragraph = cell.add_paragraph() if first.text else first
    run = paragraph.add_run(heading)
    run.bold, run.font.size = True, Pt(13)
    for line in lines:
        cell.add_paragraph(line)


def _columns() -> bytes:
    """A leaflet laid out in a table without lines: a narrow column of facts beside the text."""
    document = _blank()
    table = document.add_table(rows=2, cols=2)
    title = table.cell(0, 0).merge(table.cell(0, 1))
    run = title.paragraphs[0].add_run("Certificat Lutherie guitare")
    run.bold, run.font.size = True, Pt(24)
    side, main = table.rows[1].cells
    side.width, main.width = Cm(5), Cm(12)
    _told(side, "Durée", ("10 mois", "1 050 heures"))
    _told(side, "Lieu", ("Atelier des Forges", "Mirecourt-le-Vieux"))
    _told(side, "Contact", ("Ambre Vuillaume", "03 29 00 61 61"))
    _told(main, "Le métier", ("Le luthier fabrique, règle et restaure des instruments à cordes "
                              "pincées. Il travaille seul ou en petit atelier.",))  # fmt: skip
    _told(main, "La formation", ("Chaque stagiaire construit deux guitares, l'une classique, "
                                 "l'autre folk.",))  # fmt: skip
    for text in ("dessin technique", "vernis au tampon"):
        main.add_paragraph(text, style="List Bullet")
    _told(main, "Entrer en formation", ("Un essai de trois jours à l'établi a lieu en avril. "
                                        "Dix places.",))  # fmt: skip
    inner = main.add_table(rows=0, cols=2)
    for row in (("Situation", "Prix"), ("Particulier", "9 600 €"), ("Apprenti", "gratuit")):
        for cell, text in zip(inner.add_row().cells, row, strict=True):
            cell.text = text
    main.add_paragraph()
    document.add_paragraph("La formation n'ouvre qu'à partir de six inscrits.")
    return _saved(document)


def _revised() -> bytes:
    """A guide being corrected: tracked changes, fields, a remark that is hidden, a table."""
    document = _blank()
    document.add_heading("Guide du stage – Master Communication", 0)
    document.add_heading("Calendrier", 1)
    body = document.element.body
    changed = (
        f'<w:p {_WORD}><w:r><w:t xml:space="preserve">Le stage commence le </w:t></w:r>'
        '<w:del w:id="1" w:author="x"><w:r><w:delText>3 mars</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="x"><w:r><w:t>7 février</w:t></w:r></w:ins>'
        '<w:r><w:t xml:space="preserve"> et dure vingt-deux semaines.</w:t></w:r>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>À revoir avec Paul.</w:t></w:r></w:p>"
    )
    body.insert_element_before(parse_xml(changed), "w:sectPr")
    field = (
        f'<w:p {_WORD}><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF _Ref1 '
        '\\h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>'
        'L\'annexe 2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t '
        'xml:space="preserve"> donne la liste des entreprises partenaires.</w:t></w:r></w:p>'
    )
    body.insert_element_before(parse_xml(field), "w:sectPr")
    document.add_heading("Rapport", 1)
    document.add_paragraph("Longueur", style="List Bullet")
    document.add_paragraph("quarante pages hors annexes", style="List Bullet 2")
    document.add_paragraph("Remise", style="List Bullet")
    document.add_paragraph("en ligne, le 1er septembre 2027 à midi", style="List Bullet 2")
    document.add_heading("Notation", 1)
    _filled(document, (("Partie", "Coefficient"), ("Rapport écrit", "3"), ("Soutenance", "2")),
            "Light List Accent 1")  # fmt: skip
    document.add_heading("Foire aux questions", 1)
    for question, answer in (
        ("Puis-je partir à l'étranger ?", "Oui, avec l'accord du tuteur, avant le 10 décembre."),
        ("Suis-je payé ?", "Au-delà de deux mois, au moins 4,35 € de l'heure."),
    ):
        document.add_paragraph().add_run(question).bold = True
        document.add_paragraph(answer)
    return _saved(document)


DOSSIERS: Mapping[str, Callable[[], bytes]] = {
    "annexe_rncp.docx": _styled,
    "note_familles.docx": _bare,
    "depliant_colonnes.docx": _columns,
    "guide_corrige.docx": _revised,
}
