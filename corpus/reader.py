"""The one door into the corpus for a file's bytes, whatever its format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from corpus.cdm import read_cdm
from corpus.docx import read_docx
from corpus.element import Close, Heading, Page
from corpus.html import read_html
from corpus.markdown import read_markdown
from corpus.pdf import read_pdf
from corpus.plain import read_plain
from corpus.reading import Reading, UnreadableDocument

Reader = Callable[[bytes], Reading]

# A format is a line here and a module of its own with one function, bytes to `Reading`. It
# raises `UnreadableDocument` when the bytes are not of its format; heavy libraries are imported
# inside that function.
READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".md": read_markdown,
        ".txt": read_plain,
        ".pdf": read_pdf,
        ".docx": read_docx,
        ".html": read_html,
        ".htm": read_html,
        ".xml": read_cdm,
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
    reading = read_html(data, selector) if reader is read_html else reader(data)
    if all(isinstance(element, Heading | Page | Close) for element in reading.elements):
        raise UnreadableDocument(
            "No content was found: there is no text below the headings.",
            "Check that the file holds the text of the page itself.",
        )
    return reading
