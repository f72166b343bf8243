"""Word documents (.docx) to elements."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Any

from corpus.clean import clean_line, signature
from corpus.document import compose
from corpus.element import Heading
from corpus.reading import Metadata, Reading, UnreadableDocument
from corpus.tongue import believable
from corpus.word_body import WordBody
from corpus.word_paragraph import Paragraphs, W, styles_of

LARGEST_XML = 32 * 1024 * 1024  # bytes of one part, unzipped; parsed, it takes ten times as much
LARGEST_PACKAGE = 256 * 1024 * 1024  # bytes of all parts, unzipped (pictures are most of it)
MOST_PARTS = 5000

# Titles that a word processor or a template writes by itself.
_NO_TITLE = re.compile(
    r"(?:microsoft word\b|document ?\d*$|sans titre|untitled|word document|mod[eè]le\b|template\b)"
)


def read_docx(data: bytes) -> Reading:
    """Read a Word document; raises `UnreadableDocument` when it is none or cannot be opened."""
    _check(data)
    document = _opened(data)
    part = document.part
    links = {
        name: relation.target_ref for name, relation in part.rels.items() if relation.is_external
    }
    styles = styles_of(document.styles.element)
    paragraphs = Paragraphs(styles, links)
    body = document.element.body
    titled = any(
        paragraph.style.level == 0 and paragraph.lines
        for node in body.iterchildren(f"{W}p")
        if (paragraph := paragraphs.read(node))
    )
    reader = WordBody(paragraphs, titled=titled)
    elements = reader.elements(body)
    if not elements:
        raise UnreadableDocument(
            "No text was found in the Word document: it may hold pictures only.",
            "Write the text in the document itself, or save it as a PDF with its text.",
        )
    notes = tuple(f"Hidden text is left out: «{text[:80]}»" for text in reader.hidden[:10])
    text, _ = compose(elements)
    first = next((e.text for e in elements if isinstance(e, Heading) and e.level == 1), None)
    return Reading(_metadata(document, text, first if titled else None, first), elements, notes)


def _damaged() -> UnreadableDocument:
    return UnreadableDocument(
        "The Word document is damaged or incomplete.",
        "Open it in a word processor, save it again as .docx, or send it once more.",
    )


def _check(data: bytes) -> None:
    """Refuse what is no Word document, or would grow too large, before it is unpacked."""
    found = signature(data)
    if found == ".doc":
        raise UnreadableDocument(
            "The document is protected by a password, or of Word 97 to 2003 (.doc).",
            "Open it in a word processor and save it as .docx without a password.",
        )
    if found != ".docx":
        what = f"a {found} file" if found else "no Word document"
        raise UnreadableDocument(
            f"The content is {what}.", f"Give the file its own suffix{f' ({found})' * bool(found)}."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _damaged() from error
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or not any(n.startswith("word/") for n in names):
        raise UnreadableDocument(
            "The content is a zip archive, not a Word document.",
            "Unpack it, or save the document as .docx.",
        )
    xml = max(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    whole = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or whole > LARGEST_PACKAGE or xml > LARGEST_XML:
        raise UnreadableDocument(
            f"The Word document grows to {max(whole, xml) // (1024 * 1024)} MB once unpacked.",
            "Split it, or remove what makes it so large.",
        )


def _opened(data: bytes) -> Any:
    from docx import Document
    from docx.opc.exceptions import OpcError
    from lxml import etree

    try:
        document = Document(io.BytesIO(data))
        if document.element.body is None:
            raise _damaged()
        return document
    except (OpcError, KeyError, ValueError, etree.LxmlError, zipfile.BadZipFile, zlib.error) as e:
        raise _damaged() from e
    except (OSError, EOFError, AttributeError, NotImplementedError, RuntimeError) as e:
        raise _damaged() from e


def _metadata(document: Any, text: str, title: str | None, first: str | None) -> Metadata:
    properties = document.core_properties
    given = clean_line(properties.title or "")
    if not given or _NO_TITLE.match(given.lower()):
        given = ""
    # The template that python-docx starts from is dated; a document made so is not.
    modified = None if properties.author == "python-docx" else properties.modified
    return Metadata(
        title=title or given or first,
        language=believable(_language(document, clean_line(properties.language or "")), text),
        updated=modified.date().isoformat() if modified else None,
    )


def _language(document: Any, given: str) -> str | None:
    """The document's language, else that of its default style."""
    defaults = document.styles.element.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    if not given and defaults is not None:
        given = defaults.get(f"{W}val") or ""
    code = re.match(r"([A-Za-z]{2,3})(?:[-_]|\Z)", given)
    return code[1].lower() if code else None
