"""The character set of an HTML page: its bytes to text, as browsers do."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?([\w:.-]+)")
_DECLARED_WITHIN = 4096  # bytes; browsers look at 1,024
# Pages that declare Latin-1 are written in Windows-1252 (WHATWG Encoding, 4.2).
_LATIN = frozenset(("iso8859-1", "latin-1", "ascii"))


def decode_html(data: bytes) -> str:
    """The text of a page: by its byte order mark, as UTF-8 when it is, else as it declares.

    Bytes that a declared UTF-8 does not allow are read as Windows-1252, one by one.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return (
                data[len(mark) :].decode(encoding, "replace")
                if encoding == "utf-8"
                else (data.decode(encoding, "replace"))
            )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(data[:_DECLARED_WITHIN].lower())
    try:
        encoding = codecs.lookup(declared[1].decode("ascii") if declared else "cp1252").name
    except LookupError:
        encoding = "cp1252"
    if encoding == "utf-8":
        return data.decode("utf-8", "corpus.as_windows")
    if encoding in _LATIN or encoding.startswith(("utf-", "utf_")):
        encoding = "cp1252"
    try:
        return data.decode(encoding, "replace") if encoding != "cp1252" else _windows(data)
    except (UnicodeDecodeError, LookupError):
        return _windows(data)


def _windows(data: bytes) -> str:
    return data.decode("cp1252", "corpus.as_latin")


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _windows(error.object[error.start : error.end]), error.end


def _as_latin(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("corpus.as_windows", _as_windows)
codecs.register_error("corpus.as_latin", _as_latin)
