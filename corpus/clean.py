"""Text as every reader needs it: decoded, in NFC, without invisible characters."""

from __future__ import annotations

import codecs
import re
import unicodedata

from corpus.reading import UnreadableDocument

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_SIGNATURES = (
    (b"%PDF-", ".pdf"),
    (b"PK\x03\x04", ".docx"),
    (b"\xd0\xcf\x11\xe0", ".doc"),
    (b"{\\rtf", ".rtf"),
    (b"\x89PNG", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
)

# Word's bullets, in the private use area of its symbol fonts.
_SYMBOL_BULLETS = frozenset("\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf02d")

# Not of a control category, yet nothing is seen: joiners, fillers, variation selectors.
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffe\uffff")

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# All but what French and English are written with, so that long texts are quick to clean.
_UNUSUAL = re.compile("[^\n -~\u00a1-\u00ac\u00ae-\u017f\u2010-\u2027\u2030-\u205e\u20ac]")
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)?<(?:!doctype html|html|head|body)\b", re.I | re.S)


_NOT_ASCII = re.compile("[^\x00-\x7f]")


class _Bare(dict[str, str]):
    """What is left of each character without its accents, found when first met."""

    def __missing__(self, character: str) -> str:
        parts = unicodedata.normalize("NFKD", character)
        self[character] = "".join(c for c in parts if not unicodedata.combining(c))
        return self[character]


_BARE = _Bare({"’": "'", "œ": "oe", "æ": "ae"})


def decode(data: bytes) -> str:
    """The text of a file's bytes: by its byte order mark, as UTF-8, else as Windows-1252.

    Raises `UnreadableDocument` when the bytes are not text, naming the format where it shows.
    """
    if suffix := signature(data):
        raise UnreadableDocument(
            f"The content is a {suffix} file, not text.", f"Give the file the suffix {suffix}."
        )
    if _HTML.match(data[:2000]):
        raise UnreadableDocument(
            "The content is an HTML page, not text.", "Give the file the suffix .html."
        )
    text = _decoded(data)
    if _is_binary(text):
        raise UnreadableDocument(
            "The content is binary, not text.", "Save the file as text in UTF-8."
        )
    return text


def signature(data: bytes) -> str | None:
    """The suffix of the binary format that a file's first bytes show, if they show one."""
    return next((suffix for mark, suffix in _SIGNATURES if data.startswith(mark)), None)


def clean_text(text: str) -> str:
    """Text with its lines and indentation kept, everything invisible removed.

    Every kind of space becomes a plain one (a tab four), every kind of line end `\\n`; trailing
    spaces go.
    """
    text = _LINE_ENDS.sub("\n", text).replace("\t", "    ")
    text = unicodedata.normalize("NFC", _UNUSUAL.sub(_visible, text))
    return "\n".join(line.rstrip() for line in text.split("\n"))


def clean_line(text: str) -> str:
    """Text on one line: clean, runs of white space collapsed to one space, trimmed."""
    if "\t" in text:
        text = text.replace("\t", " ")
    if _UNUSUAL.search(text) is None:
        return " ".join(text.split())  # composed as it is: nothing to normalise
    text = _UNUSUAL.sub(_visible, _LINE_ENDS.sub(" ", text))
    return " ".join(unicodedata.normalize("NFC", text).split())


def folded(text: str) -> str:
    """Text for comparison only: lower case, no accents, words apart by one space."""
    bare = text.casefold()
    if not bare.isascii():
        bare = _NOT_ASCII.sub(_unaccented, bare)  # few are not: quicker than to translate each
    return " ".join(bare.split())


def _decoded(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _is_binary(text: str) -> bool:
    if "\x00" in text:
        return True
    controls = sum(1 for c in text if (c < " " and c not in "\t\n\r\f") or c == "\ufffd")
    return controls * 50 > len(text)


def _unaccented(match: re.Match[str]) -> str:
    return _BARE[match[0]]


def _visible(match: re.Match[str]) -> str:
    """The character, a plain space for any space, nothing for what cannot be seen."""
    character = match[0]
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    if category == "Co":
        return "•" if character in _SYMBOL_BULLETS else ""
    if category in ("Cc", "Cf", "Cn", "Cs") or character in _BLANKS:
        return ""
    if "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef":
        return ""
    return character
