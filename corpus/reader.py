"""The one door into the corpus for a file's bytes, whatever its format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from corpus.element import Close, Heading, Page
from corpus.reading import Reading, UnreadableDocument

Reader = Callable[[bytes], Reading]

# Each reader is imported when a file of its format is read: a server that finds its index up to
# date reads none, and all of them take a twentieth of its start.


def _markdown(data: bytes) -> Reading:
    from corpus.markdown import read_markdown

    return read_markdown(data)


def _plain(data: bytes) -> Reading:
    from corpus.plain import read_plain

    return read_plain(data)


def _pdf(data: bytes) -> Reading:
    from corpus.pdf import read_pdf

    return read_pdf(data)


def _docx(data: bytes) -> Reading:
    from corpus.docx import read_docx

    return read_docx(data)


def _html(data: bytes, selector: str | None = None) -> Reading:
    from corpus.html import read_html

    return read_html(data, selector)


def _cdm(data: bytes) -> Reading:
    from corpus.cdm import read_cdm

    return read_cdm(data)


# A format is a line here and a module of its own with one function, bytes to `Reading`. It
# raises `UnreadableDocument` when the bytes are not of its format; heavy libraries are imported
# inside that function.
READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".md": _markdown,
        ".txt": _plain,
        ".pdf": _pdf,
        ".docx": _docx,
        ".html": _html,
        ".htm": _html,
        ".xml": _cdm,
    }
)


def read(data: bytes, suffix: str, selector: str | None = None) -> Reading:
    """Read a file's bytes by the suffix of its name (`.md`, in any case).

    `selector` is a CSS selector of what to read of an HTML page; other formats have no use for it.
    Raises `UnreadableDocument` when the suffix is unknown, when the file is empty or not of the
    format its suffix announces, and when nothing is left of it but headings.
    """
    reader = READERS.get(suffix.lower())
    if reader is None:
        raise UnreadableDocument(
            f"Files with the suffix {suffix or '(none)'} are not read.",
            f"Convert the file to one of: {', '.join(READERS)}.",
        )
    if not data.strip():
        raise UnreadableDocument("The file is empty.", "Write its content, or remove it.")
    reading = _html(data, selector) if reader is _html else reader(data)
    if all(isinstance(element, Heading | Page | Close) for element in reading.elements):
        raise UnreadableDocument(
            "No content was found: there is no text below the headings.",
            "Check that the file holds the text of the page itself.",
        )
    return reading
