"""PDF files to elements."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Sequence
from typing import Any

from corpus.clean import clean_line
from corpus.document import compose
from corpus.element import Heading, Page
from corpus.pdf_column import in_columns
from corpus.pdf_frame import without_frame
from corpus.pdf_layout import Layout
from corpus.pdf_text import Line, lines_of
from corpus.reading import Metadata, Reading, UnreadableDocument
from corpus.tongue import believable

MOST_PAGES = 1000
_FEWEST_CHARACTERS = 15  # a page; fewer on average, and its text is in pictures
# Titles that a program writes by itself.
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint)|diapositive|document ?\d*$|sans titre|untitled|slide \d)"
    r"|\.(?:docx?|odt|indd|pptx?|pdf|qxd|rtf|html?)\b",
    re.I,
)
_LETTERS = 0.5  # of the characters that a text has at least as letters, digits or spaces


def read_pdf(data: bytes) -> Reading:
    """Read a PDF file; raises `UnreadableDocument` when it has no text that can be taken out."""
    if not data.lstrip()[:1024].startswith(b"%PDF-") and b"%PDF-" not in data[:1024]:
        raise UnreadableDocument("The content is no PDF.", "Give the file its own suffix.")
    if data.rfind(b"%%EOF") < len(data) // 2:
        raise UnreadableDocument(
            "The PDF is incomplete: its end is missing.", "Download or send the file once more."
        )
    # What pypdf finds odd in a file is no news for whoever reads a service's log.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = _opened(data)
    pages = _pages(reader)
    _check_text(pages)
    layout = Layout([in_columns(page) for page in without_frame(pages)])
    elements = layout.elements()
    text, _ = compose(elements)
    bare = [number for number, page in enumerate(pages, 1) if not page]
    notes: tuple[str, ...] = ()
    if bare:
        listed = ", ".join(map(str, bare[:20]))
        notes = (f"No text on page(s) {listed}: pictures are not read.",)
    if all(isinstance(element, Page) for element in elements):
        raise _scanned()
    named = (each for each in elements if isinstance(each, Heading) and each.level == 1)
    title = next((each.text for each in named), None) if layout.headings.has_title else None
    return Reading(_metadata(reader, title, text), elements, notes)


def _opened(data: bytes) -> Any:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _locked()
        count = len(reader.pages)
    except UnreadableDocument:
        raise
    except DependencyError as error:
        raise _locked() from error
    except (PyPdfError, *_FAULTS) as error:
        raise _damaged() from error
    if count > MOST_PAGES:
        raise UnreadableDocument(
            f"The PDF has {count} pages; at most {MOST_PAGES} are read.", "Split it."
        )
    if count == 0:
        raise _damaged()
    return reader


_FAULTS = (
    *(ValueError, KeyError, IndexError, TypeError, AttributeError, OSError, EOFError),
    *(AssertionError, ArithmeticError, NotImplementedError, RuntimeError),
)


def _pages(reader: Any) -> list[list[Line]]:
    from pypdf.errors import DependencyError, PyPdfError

    try:
        return [lines_of(page, number) for number, page in enumerate(reader.pages, 1)]
    except DependencyError as error:
        raise _locked() from error
    except (PyPdfError, *_FAULTS) as error:
        raise _damaged() from error


def _check_text(pages: Sequence[Sequence[Line]]) -> None:
    text = "".join(line.text for page in pages for line in page)
    if len(text) < _FEWEST_CHARACTERS * min(len(pages), 20):
        raise _scanned()
    letters = sum(1 for char in text if char.isalnum() or char.isspace() or char in ".,;:'’()-")
    if letters < _LETTERS * len(text) or text.count("\ufffd") * 20 > len(text):
        raise UnreadableDocument(
            "The text of the PDF cannot be taken out: its fonts do not say which letters they are.",
            "Run text recognition (OCR) on it, or save the original as PDF/A or .docx.",
        )


def _scanned() -> UnreadableDocument:
    return UnreadableDocument(
        "The PDF has no text: its pages are pictures (a scan).",
        "Run text recognition (OCR) on it, or save the original as PDF or .docx.",
    )


def _locked() -> UnreadableDocument:
    return UnreadableDocument(
        "The PDF is encrypted.", "Save it without a password and without protection."
    )


def _damaged() -> UnreadableDocument:
    return UnreadableDocument(
        "The PDF is damaged.", "Save it again as PDF, or download or send it once more."
    )


def _metadata(reader: Any, title: str | None, text: str) -> Metadata:
    try:
        given = reader.metadata
        named = clean_line(str(given.title or "")) if given else ""
        changed = (given.modification_date or given.creation_date) if given else None
        language = str(reader.trailer["/Root"].get("/Lang") or "")
    except Exception:  # a document without a description is still a document
        named, changed, language = "", None, ""
    code = re.match(r"([A-Za-z]{2,3})(?:[-_]|\Z)", language)
    return Metadata(
        title=title or (named if named and not _NO_TITLE.search(named) else None),
        language=believable(code[1].lower() if code else None, text),
        updated=changed.date().isoformat() if changed else None,
    )
