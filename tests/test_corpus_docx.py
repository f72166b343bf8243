"""Reading Word documents."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn

from corpus.clean import folded
from corpus.cut import cut
from corpus.docx import LARGEST_XML, read_docx
from corpus.element import Close, Fact, Heading, Items, Paragraph, Table
from corpus.library import document_from
from corpus.reader import read
from corpus.reading import Reading, UnreadableDocument

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def empty():
    document = docx.Document()
    document.core_properties.title = ""
    return document


def brochure() -> bytes:
    """A brochure with styles, as a communication office writes it."""
    document = docx.Document()
    document.core_properties.author = "Service communication"
    document.core_properties.title = "Microsoft Word - brochure_v3"
    document.core_properties.modified = datetime(2026, 9, 3, 10, 0)
    document.core_properties.language = "fr-FR"
    document.add_paragraph("Master Archives et société", style="Title")
    document.add_heading("Présentation", 1)
    document.add_paragraph("Le master forme des archivistes pour les secteurs public et privé.")
    label = document.add_paragraph()
    label.add_run("Durée : ").bold = True
    label.add_run("4 semestres")
    label = document.add_paragraph()
    label.add_run("Lieu").bold = True
    label.add_run("\tCampus des Ormes")
    document.add_heading("Admission", 1)
    document.add_heading("Pièces du dossier", 2)
    document.add_paragraph("Le dossier comprend :")
    for item in ("un CV ;", "une lettre de motivation."):
        document.add_paragraph(item, style="List Bullet")
    document.add_heading("Calendrier", 2)
    table = document.add_table(rows=3, cols=2)
    for row, cells in zip(
        table.rows,
        [("Étape", "Date"), ("Dépôt", "28 mars 2027"), ("Résultats", "12 mai 2027")],
        strict=True,
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.paragraphs[0].add_run(text).bold = text in ("Étape", "Date")
    document.sections[0].header.paragraphs[0].text = "Université de Brévant"
    document.sections[0].footer.paragraphs[0].text = "Page 1 sur 4"
    return saved(document)


def memo() -> bytes:
    """A note without styles: headings in bold, facts in a table, breaks."""
    document = empty()
    document.add_paragraph().add_run("Note aux candidats").bold = True
    document.add_paragraph("Les épreuves ont lieu en juin.")
    document.add_paragraph().add_run("Frais").bold = True
    table = document.add_table(rows=3, cols=2)
    for row, cells in zip(
        table.rows,
        [("Inscription", "254 euros"), ("CVEC", "105 euros"), ("Remboursement", "LONG")],
        strict=True,
    ):
        row.cells[0].text, row.cells[1].text = cells
    value = table.rows[2].cells[1]
    value.text = "Il est possible jusqu'au 30 septembre. " * 8
    value.add_paragraph("une attestation ;", style="List Bullet")
    value.add_paragraph("un RIB.", style="List Bullet")
    last = document.add_paragraph().add_run("Secrétariat")
    last.bold = True
    contact = document.add_paragraph("Mme Lenoir")
    contact.runs[0].add_break(WD_BREAK.LINE)
    contact.add_run("02 99 11 22 33")
    return saved(document)


def syllabus() -> bytes:
    """A table of courses with merged cells and semesters, in landscape."""
    document = empty()
    document.add_heading("Maquette de la licence Eau", 0)
    table = document.add_table(rows=5, cols=3)
    rows = [
        ("UE", "Cours", "ECTS"),
        ("Semestre 1", "", ""),
        ("UE 1", "Hydrologie", "6"),
        ("", "Chimie", "3"),
        ("UE 2", "Anglais", "3"),
    ]
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(1, 2))
    table.cell(2, 0).merge(table.cell(3, 0))
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))
    return saved(document)


def passages(data: bytes) -> list[tuple[str, tuple[str, ...]]]:
    document = document_from("p/d", read(data, ".docx"))
    found = cut(document)
    assert all(document.text[p.start : p.end] == p.text for p in found)
    return [(p.text, p.headings) for p in found]


@pytest.mark.parametrize(
    ("build", "facts"),
    [
        (
            brochure,
            [
                ("archivistes", "Présentation"),
                ("Durée : 4 semestres", "Présentation"),
                ("Lieu : Campus des Ormes", "Master Archives et société"),
                ("une lettre de motivation", "Pièces du dossier"),
                ("une lettre de motivation", "Admission"),
                ("Étape : Dépôt ; Date : 28 mars 2027", "Calendrier"),
            ],
        ),
        (
            memo,
            [
                ("épreuves ont lieu en juin", "Note aux candidats"),
                ("Inscription : 254 euros", "Frais"),
                ("jusqu'au 30 septembre", "Remboursement"),
                ("un RIB", "Remboursement"),
                ("Mme Lenoir, 02 99 11 22 33", "Secrétariat"),
            ],
        ),
        (
            syllabus,
            [
                ("UE 1 ; Cours : Hydrologie ; ECTS : 6", "Semestre 1"),
                ("UE 1 ; Cours : Chimie ; ECTS : 3", "Semestre 1"),
                ("Anglais", "Maquette de la licence Eau"),
            ],
        ),
    ],
)
def test_every_fact_is_in_a_passage_under_its_heading(
    build: Callable[[], bytes], facts: list[tuple[str, str]]
) -> None:
    found = passages(build())

    missing = [
        (text, heading)
        for text, heading in facts
        if not any(folded(text) in folded(t) and heading in headings for t, headings in found)
    ]
    assert missing == []


def test_headers_and_footers_are_left_out() -> None:
    assert not any("Brévant" in text or "Page" in text for text, _ in passages(brochure()))


def test_the_document_says_what_it_is() -> None:
    metadata = read_docx(brochure()).metadata

    assert metadata.title == "Master Archives et société"
    assert (metadata.language, metadata.updated) == ("fr", "2026-09-03")


def test_the_title_is_above_the_headings() -> None:
    found = read_docx(brochure()).elements

    assert [(e.level, e.text) for e in found if isinstance(e, Heading)] == [
        (1, "Master Archives et société"),
        (2, "Présentation"),
        (2, "Admission"),
        (3, "Pièces du dossier"),
        (3, "Calendrier"),
    ]


def test_tables_and_lists_are_elements() -> None:
    found = read_docx(brochure()).elements

    assert Items(("un CV ;", "une lettre de motivation.")) in found
    assert found[-1] == Table(
        ("Étape", "Date"), (("Dépôt", "28 mars 2027"), ("Résultats", "12 mai 2027"))
    )


def test_what_follows_a_long_row_is_not_in_its_section() -> None:
    assert Close(3) in read_docx(memo()).elements


def test_without_styles_the_first_line_in_bold_is_the_title() -> None:
    metadata = read_docx(memo()).metadata

    assert (metadata.title, metadata.language, metadata.updated) == (
        *("Note aux candidats", "fr", None),
    )


def body_of(markup: str) -> Reading:
    document = empty()
    for node in parse_xml(f"<w:body {NAMESPACES}>{markup}</w:body>"):
        document.element.body.insert(len(document.element.body) - 1, node)
    return read_docx(saved(document))


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_what_was_struck_deleted_or_hidden_is_left_out() -> None:
    found = body_of(
        f"<w:p>{run('Les frais sont de ')}{run('180', '<w:strike/>')}"
        f"<w:del w:id='1' w:author='a'><w:r><w:delText>170</w:delText></w:r></w:del>"
        f"<w:ins w:id='2' w:author='a'>{run('254')}</w:ins>{run(' euros.')}"
        f"{run('À vérifier', '<w:vanish/>')}</w:p>"
    )

    assert found.elements == (Paragraph("Les frais sont de 254 euros."),)
    assert found.notes == ("Hidden text is left out: «À vérifier»",)


def test_nested_lists_fold_into_their_items() -> None:
    def item(text: str, depth: int) -> str:
        numbering = f"<w:numPr><w:ilvl w:val='{depth}'/><w:numId w:val='3'/></w:numPr>"
        return f"<w:p><w:pPr>{numbering}</w:pPr>{run(text)}</w:p>"

    found = body_of(item("S1", 0) + item("droit", 1) + item("eau", 1) + item("S2", 0))

    assert found.elements == (Items(("S1 : droit ; eau", "S2")),)


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent><w:p>{run('Rentrée : 6 septembre')}</w:p></w:txbxContent>"
    found = body_of(
        f"<w:p>{run('Texte.')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
        f"<wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )

    assert found.elements == (Paragraph("Texte."), Fact("Rentrée", "6 septembre"))


def test_a_table_of_contents_is_left_out() -> None:
    document = empty()
    style = document.styles.add_style("toc 1", 1)
    document.add_paragraph("Admission\t3", style=style)
    document.add_heading("Admission", 1)
    document.add_paragraph("Sur dossier.")

    assert read_docx(saved(document)).elements == (
        Heading(1, "Admission"),
        Paragraph("Sur dossier."),
    )


def test_a_link_shows_its_address() -> None:
    document = empty()
    paragraph = document.add_paragraph("Candidater sur ")
    relation = document.part.relate_to("https://depot.example", "hyperlink", is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    link.append(paragraph.add_run("la plateforme")._r)
    paragraph._p.append(link)

    assert read_docx(saved(document)).elements == (
        Paragraph("Candidater sur la plateforme (https://depot.example)"),
    )


def changed(data: bytes, name: str, content: bytes) -> bytes:
    """The document with one of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return out.getvalue()


def test_a_document_that_would_grow_too_large_is_refused_before_it_is_unpacked() -> None:
    bomb = changed(brochure(), "word/document.xml", b" " * (LARGEST_XML + 1))

    assert len(bomb) < 200_000
    with pytest.raises(UnreadableDocument, match="32 MB once unpacked"):
        read_docx(bomb)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 500, "password"),
        (b"%PDF-1.7 x", "a .pdf file"),
        (b"Le stage dure 12 semaines.", "no Word document"),
        (brochure()[:3000], "damaged or incomplete"),
        (changed(brochure(), "word/document.xml", b"<w:document"), "damaged or incomplete"),
        (changed(brochure(), "[Content_Types].xml", b""), "damaged or incomplete"),
        (
            changed(
                brochure(),
                "word/document.xml",
                b'<!DOCTYPE d [<!ENTITY a "aaaa">]><document>&a;</document>',
            ),
            "damaged or incomplete",
        ),
        (saved(empty()), "No text was found"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason) as refused:
        read(data, ".docx")

    assert refused.value.remedy


def test_another_archive_is_no_document() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("notes.txt", "Texte.")

    with pytest.raises(UnreadableDocument, match="zip archive"):
        read_docx(out.getvalue())
