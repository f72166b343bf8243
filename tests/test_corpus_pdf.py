"""Reading PDF files."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    ListFlowable,
    ListItem,
    PageBreak,
    PageTemplate,
    Table,
)
from reportlab.platypus import Paragraph as Set

from corpus.clean import folded
from corpus.cut import cut
from corpus.element import Fact, Heading, Items, Page, Paragraph
from corpus.element import Table as Rows
from corpus.library import document_from
from corpus.pdf import read_pdf
from corpus.reader import read
from corpus.reading import UnreadableDocument

STYLES = getSampleStyleSheet()
SHEET = "Fiche formation Licence professionnelle Bio-industries"
FILES = Path(__file__).parent / "data" / "documents" / "pdf"


def text(words: str, style: str = "BodyText") -> Set:
    return Set(words, STYLES[style])


def handbook() -> bytes:
    """A handbook with numbered chapters, running heads, a table and a list."""
    out = io.BytesIO()
    document = BaseDocTemplate(out, pagesize=A4, title="Microsoft Word - livret.docx", lang="fr-FR")

    def frame(canvas: Canvas, _: object) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(2 * cm, 28.5 * cm, "Université de Brévant - Livret 2026")
        canvas.drawRightString(19 * cm, 1 * cm, f"Page {canvas.getPageNumber()} / 3")

    document.addPageTemplates(
        PageTemplate(frames=[Frame(2 * cm, 2 * cm, 17 * cm, 25.5 * cm)], onPage=frame)
    )
    items = (
        "un CV ;",
        "une lettre de motivation d'une page, qui explique le projet professionnel et les raisons "
        "du choix de la formation parmi toutes celles qui existent ;",
        "les relevés de notes.",
    )
    document.build(
        [
            text("Master Archives et société", "Title"),
            text("1. Présentation", "Heading1"),
            text(
                "Le master forme des archivistes, capables de collecter et de classer les "
                "documents des organisations, de leur production à leur conservation. " * 3
            ),
            text("<b>Durée :</b> 4 semestres"),
            text("<b>Lieu :</b> Campus des Ormes"),
            text("2. Admission", "Heading1"),
            text("2.1 Pièces du dossier", "Heading2"),
            text("Le dossier comprend :"),
            ListFlowable([ListItem(text(item)) for item in items], bulletType="bullet"),
            text("2.2 Calendrier", "Heading2"),
            Table(
                [
                    ["Étape", "Date", "Lieu"],
                    ["Dépôt des dossiers", "du 3 au 28 mars 2027", "en ligne"],
                    ["Entretiens", "12 mai 2027", "Bâtiment L"],
                ]
            ),
            PageBreak(),
            text("3. Stage", "Heading1"),
            text("Le stage dure seize semaines au minimum. " * 12),
            PageBreak(),
            text("4. Contact", "Heading1"),
            text("Secrétariat : 02 99 00 00 00<br/>archives@brevant.example"),
        ]
    )
    return out.getvalue()


def leaflet() -> bytes:
    """A leaflet in two columns, set line by line, with words cut at the ends of lines."""
    left = [
        *(
            "La licence professionnelle accueille des étu-",
            "diantes et des étudiants de tous les hori-",
        ),
        *(
            "zons, y compris en reprise d'études. Les rendez-",
            "vous d'orientation ont lieu chaque mercredi",
        ),
        *(
            "après-midi dans les locaux de l'institut, sans",
            "inscription préalable et sans condition d'âge.",
        ),
        *(
            "Le cursus associe des cours, des projets et",
            "des périodes en entreprise de deux semaines.",
        ),
        *(
            "Chaque étudiant choisit deux options parmi",
            "les six que propose l'équipe pédagogique.",
        ),
    ]
    right = [
        *(
            "Les candidatures sont reçues du 1er février au",
            "15 avril 2027 sur la plateforme régionale. La",
        ),
        *(
            "commission examine les dossiers en mai et reçoit",
            "les candidats retenus pour un entretien de vingt",
        ),
        *(
            "minutes, en présence ou à distance. Les résultats",
            "sont publiés au plus tard le 10 juin 2027 sur la",
        ),
        *(
            "même plateforme, avec une liste complémentaire",
            "qui reste ouverte jusqu'à la fin du mois d'août.",
        ),
        *(
            "Le nombre de places est fixé à vingt-huit pour",
            "l'ensemble des publics, alternants compris.",
        ),
    ]
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont("Times-Bold", 20)
    canvas.drawString(60, 770, "Licence professionnelle Métiers du bois, site de Lormont")
    for x, heading, lines in ((60, "La formation", left), (310, "Candidater", right)):
        canvas.setFont("Times-Bold", 13)
        canvas.drawString(x, 730, heading)
        canvas.setFont("Times-Roman", 10.5)
        for at, line in enumerate(lines):
            canvas.drawString(x, 712 - 13 * at, line)
    canvas.setFont("Times-Bold", 13)
    canvas.drawString(60, 540, "Chiffres")
    canvas.setFont("Times-Roman", 10.5)
    for at, (label, value) in enumerate(
        [("Insertion à six mois", "87 %"), ("Taux de réussite", "94 %"), ("Coût", "gratuit")]
    ):
        canvas.drawString(60, 520 - 16 * at, label)
        canvas.drawString(240, 520 - 16 * at, value)
    canvas.save()
    return out.getvalue()


def printed() -> bytes:
    """A page printed from a browser, with its running heads."""
    return (FILES / "livret.pdf").read_bytes()


def sheet() -> bytes:
    """A sheet with facts in a table, headings in capitals, two columns in its middle."""
    return (FILES / "fiche.pdf").read_bytes()


def blank(pages: int = 1) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    for _ in range(pages):
        canvas.rect(50, 50, 300, 300, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def encrypted() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(handbook())))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("build", "facts"),
    [
        (
            handbook,
            [
                ("de leur production à leur conservation", "1. Présentation", 1),
                ("Durée : 4 semestres", "1. Présentation", 1),
                ("Lieu : Campus des Ormes", "Master Archives et société", 1),
                ("parmi toutes celles qui existent ;", "2.1 Pièces du dossier", 1),
                ("les relevés de notes", "2. Admission", 1),
                (
                    "Étape : Entretiens ; Date : 12 mai 2027 ; Lieu : Bâtiment L",
                    "2.2 Calendrier",
                    1,
                ),
                ("seize semaines au minimum", "3. Stage", 2),
                ("Secrétariat : 02 99 00 00 00", "4. Contact", 3),
            ],
        ),
        (
            leaflet,
            [
                ("des étudiantes et des étudiants de tous les horizons", "La formation", 1),
                ("Les rendez-vous d'orientation ont lieu chaque mercredi", "La formation", 1),
                ("les six que propose", "La formation", 1),
                ("du 1er février au 15 avril 2027", "Candidater", 1),
                ("fixé à vingt-huit", "Candidater", 1),
                ("Taux de réussite : 94 %", "Chiffres", 1),
                ("Coût : gratuit", "Chiffres", 1),
            ],
        ),
        (
            printed,
            [
                (
                    "Lieu : Campus de Valmont, bâtiment Source",
                    "Livret du master Eau et territoires",
                    1,
                ),
                ("avec une attention particulière", "Présentation", 1),
                ("licence de géographie", "Conditions d'accès", 1),
                ("lorsqu'ils ont été délivrés", "Admission", 1),
                (
                    "Étape : Dépôt des dossiers ; Dates : du 25 février au 24 mars 2027 ; "
                    "Remarque : sur la plateforme nationale, avec toutes les pièces demandées",
                    *("Calendrier", 1),
                ),
                ("254 euros", "Frais", 1),
                ("20 semaines", "Stage", 2),
            ],
        ),
        (
            sheet,
            [
                ("Durée : 1 an (60 ECTS)", SHEET, 1),
                ("Rythme : Alternance : 2 semaines à la faculté, 3 semaines en", SHEET, 1),
                ("réseau d'une trentaine", "1 – OBJECTIFS", 1),
                ("BUT Génie biologique (2e année validée)", "Étudiantes et étudiants", 1),
                ("L2 Sciences de la vie", "2 – CONDITIONS D'ACCÈS", 1),
                ("04 71 00 00 00", "Reprise d'études", 1),
                ("avant le 15 septembre", "Reprise d'études", 1),
                ("la moitié du volume horaire et se déroulent par groupes", "3 – PROGRAMME", 1),
                ("Un mémoire de quarante pages est rédigé puis soutenu", "3 – PROGRAMME", 1),
                ("UE2 ; Intitulé : Génie des procédés et bioréacteurs", "3 – PROGRAMME", 1),
                ("Heures : 60 ; ECTS : 8", "3 – PROGRAMME", 1),
                ("92 % des diplômés", "4 – DÉBOUCHÉS", 2),
                ("Mme Anne Vidal, Bâtiment C", "4 – DÉBOUCHÉS", 2),
            ],
        ),
    ],
)
def test_every_fact_is_in_a_passage_under_its_heading_on_its_page(
    build: Callable[[], bytes], facts: Sequence[tuple[str, str, int]]
) -> None:
    document = document_from("p/d", read(build(), ".pdf"))
    passages = cut(document)

    missing = [
        fact
        for fact in facts
        if not any(
            folded(fact[0]) in folded(p.text) and fact[1] in p.headings and p.page == fact[2]
            for p in passages
        )
    ]
    assert missing == []
    assert all(document.text[p.start : p.end] == p.text for p in passages)


@pytest.mark.parametrize(
    ("build", "running"),
    [(handbook, ("Brévant -", "Page")), (printed, ("file:", "11/24/26")), (sheet, ("d’Aubrac –",))],
)
def test_running_heads_and_page_numbers_are_left_out(
    build: Callable[[], bytes], running: Sequence[str]
) -> None:
    document = document_from("p/d", read(build(), ".pdf"))

    assert not any(words in document.text for words in running)


def test_a_document_says_what_it_is() -> None:
    metadata = read_pdf(handbook()).metadata

    assert (metadata.title, metadata.language) == ("Master Archives et société", "fr")
    assert metadata.updated


def test_headings_stand_as_deep_as_they_look() -> None:
    found = read_pdf(handbook()).elements

    assert [(e.level, e.text) for e in found if isinstance(e, Heading)] == [
        *((1, "Master Archives et société"), (2, "1. Présentation"), (2, "2. Admission")),
        *((3, "2.1 Pièces du dossier"), (3, "2.2 Calendrier"), (2, "3. Stage"), (2, "4. Contact")),
    ]


def drawn(*pages: Sequence[tuple[float, float, float, str, str]]) -> bytes:
    """A file of pages of text: where it stands, its size, its font and its words."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for page in pages:
        for x, y, size, font, words in page:
            canvas.setFont(font, size)
            canvas.drawString(x, y, words)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


SENTENCE = (
    "Le stage de fin d'études dure au moins vingt semaines et se déroule dans une entreprise ou"
)


def test_a_paragraph_that_a_page_cuts_stays_whole() -> None:
    first = [
        (60.0, 700.0, 11.0, "Helvetica", "Le stage est payé."),
        (60.0, 660.0, 11.0, "Helvetica", SENTENCE),
    ]
    found = read_pdf(drawn(first, [(60, 780, 11, "Helvetica", "une collectivité.")])).elements

    assert found == (
        Page(1),
        Paragraph("Le stage est payé."),
        Paragraph(f"{SENTENCE} une collectivité."),
        Page(2),
    )


def test_lines_with_a_label_and_its_value_are_facts() -> None:
    found = read_pdf(
        drawn(
            [
                (60, 700, 11, "Helvetica", SENTENCE + " une collectivité."),
                (60, 660, 11, "Helvetica-Bold", "Capacité"),
                (200, 660, 11, "Helvetica", "24 places"),
                (60, 640, 11, "Helvetica", "Rythme : une semaine sur deux"),
            ]
        )
    ).elements

    assert found[2:] == (Fact("Capacité", "24 places"), Fact("Rythme", "une semaine sur deux"))


def test_rows_whose_cells_take_several_lines_stay_rows() -> None:
    cells = [
        *((60, 600, "Étape"), (200, 600, "Date"), (330, 600, "Remarque")),
        *((60, 575, "Dépôt des"), (200, 575, "du 3 au 28"), (330, 575, "en ligne")),
        *((60, 562, "dossiers"), (200, 562, "mars 2027")),
        *((60, 537, "Résultats"), (200, 537, "4 juin 2027"), (330, 537, "par courriel")),
    ]
    found = read_pdf(
        drawn(
            [(60, 700, 11, "Helvetica", SENTENCE + " une collectivité.")]
            + [(x, y, 10, "Helvetica", words) for x, y, words in cells]
        )
    ).elements

    assert found[-1] == Rows(
        ("Étape", "Date", "Remarque"),
        (
            ("Dépôt des dossiers", "du 3 au 28 mars 2027", "en ligne"),
            ("Résultats", "4 juin 2027", "par courriel"),
        ),
    )


def test_a_table_of_contents_is_left_out() -> None:
    found = read_pdf(
        drawn(
            [
                (60, 700, 16, "Helvetica-Bold", "Sommaire"),
                (60, 670, 11, "Helvetica", "Admission ............................... 2"),
                (60, 650, 11, "Helvetica", "Stage ............................... 3"),
                (60, 600, 16, "Helvetica-Bold", "Admission"),
                (60, 570, 11, "Helvetica", "L'admission se fait sur dossier, puis entretien."),
            ]
        )
    ).elements

    assert [e.text for e in found if isinstance(e, Heading | Paragraph)] == [
        "Admission",
        "L'admission se fait sur dossier, puis entretien.",
    ]


def test_dashes_and_numbers_make_lists() -> None:
    lines = [
        "Il faut :",
        "- un CV ;",
        "- une lettre ;",
        "1. déposer le dossier",
        "2. passer l'oral",
    ]
    found = read_pdf(
        drawn([(60, 700 - 14 * at, 11, "Helvetica", line) for at, line in enumerate(lines)])
    ).elements

    assert found[1:] == (
        Paragraph("Il faut :"),
        Items(("un CV ;", "une lettre ;")),
        Items(("déposer le dossier", "passer l'oral")),
    )


def test_pages_without_text_are_noted() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(handbook())))
    writer.append(PdfReader(io.BytesIO(blank())))
    out = io.BytesIO()
    writer.write(out)

    assert read_pdf(out.getvalue()).notes == ("No text on page(s) 4: pictures are not read.",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (encrypted(), "encrypted"),
        (blank(3), "no text"),
        (handbook()[:2500], "incomplete"),
        (b"%PDF-1.7\n" + b"x" * 500 + b"\n%%EOF\n", "damaged"),
        (handbook().replace(b"/Kids", b"/Kidz").replace(b"/Pages", b"/Pagez"), "damaged"),
        (b"Le stage dure 12 semaines.", "no PDF"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason) as refused:
        read(data, ".pdf")

    assert refused.value.remedy


BOLD = "Helvetica-Bold"


def test_boxes_side_by_side_are_read_one_after_the_other() -> None:
    found = read_pdf(
        drawn(
            [
                (60, 700, 10, "Helvetica", SENTENCE + " une collectivité."),
                *((60, 600, 12, BOLD, "Les plus"), (230, 600, 12, BOLD, "Coût")),
                (60, 570, 10, "Helvetica", "Un théâtre"),
                (230, 570, 10, "Helvetica", "480 €, les"),
                (60, 555, 10, "Helvetica", "Durée : 2 ans"),
                (230, 555, 10, "Helvetica", "boursiers exonérés"),
                (60, 540, 10, "Helvetica", "Places : 18"),
            ]
        )
    ).elements

    assert [each.text for each in found if isinstance(each, Heading)] == ["Les plus", "Coût"]
    at = found.index(Heading(2, "Coût"))
    assert Fact("Places", "18") in found[:at]
    assert Paragraph("480 €, les boursiers exonérés") in found[at:]


def test_a_cell_halfway_down_its_rows_is_said_in_each() -> None:
    cells = [*((60, 600, "Cycle"), (200, 600, "Année"), (330, 600, "Droits")),
             *((200, 580, "1re"), (330, 580, "600 €")), (60, 570, "Bachelor"),
             *((200, 560, "2e"), (330, 560, "700 €")),
             *((60, 540, "Mastère"), (200, 540, "1re"), (330, 540, "800 €"))]  # fmt: skip
    found = read_pdf(
        drawn(
            [(60, 700, 11, "Helvetica", SENTENCE + " une collectivité.")]
            + [(x, y, 10, BOLD if y == 600 else "Helvetica", words) for x, y, words in cells]
        )
    ).elements

    assert found[-1] == Rows(
        ("Cycle", "Année", "Droits"),
        (("Bachelor", "1re", "600 €"), ("Bachelor", "2e", "700 €"), ("Mastère", "1re", "800 €")),
    )


def test_what_was_filled_in_a_form_is_its_label_s_and_empty_fields_are_nothing() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(60, 700, SENTENCE + " une collectivité.")
    for at, (label, said) in enumerate((("Droits", "391 euros"), ("Votre nom", ""))):
        canvas.drawString(60, 600 - 30 * at, f"{label} :")
        canvas.acroForm.textfield(x=170, y=594 - 30 * at, width=250, height=18, value=said)
    canvas.save()

    assert read_pdf(out.getvalue()).elements[2:] == (Fact("Droits", "391 euros"),)


def test_titles_of_columns_set_large_head_a_table_of_figures() -> None:
    rows = (("Module", "Heures"), ("Paie", "40"), ("Droit", "35"), ("Gestion", "21"))
    places = ((60.0, 600.0), (60.0, 582.0), (60.0, 566.0), (60.0, 550.0))
    cells = [
        (x + 170 * at, y, 12.0 if y == 600 else 10.0, BOLD if y == 600 else "Helvetica", row[at])
        for (x, y), row in zip(places, rows, strict=True)
        for at in (0, 1)
    ]
    found = read_pdf(
        drawn([(60, 700, 10, "Helvetica", SENTENCE + " une collectivité."), *cells])
    ).elements

    assert found[-1] == Rows(rows[0], rows[1:])
