"""Filing: under which path, and as which format, a page is kept."""

from __future__ import annotations

import codecs
import hashlib
import re
import unicodedata
from email.message import Message
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from corpus.clean import signature
from corpus.reader import READERS

_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/x-pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "text/plain": ".txt",
}
# Said of anything: the address, or the first bytes, know better.
_VAGUE = frozenset(("", "application/octet-stream", "binary/octet-stream", "application/download"))
_TEXTS = frozenset((".html", ".txt", ".md"))
_UNUSUAL = re.compile(r"[^\w.,+=~-]+")
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset|<\?xml[^>]{0,100}encoding", re.I)
_PART = 80  # characters of a part of a path; file systems take 255 bytes
_PARTS = 20


def suffix_of(address: str, content_type: str, data: bytes) -> str | None:
    """The suffix of a page's format, by what its server calls it; None when it is not read."""
    kind = _header(content_type).get_content_type() if content_type.strip() else ""
    named = PurePosixPath(urlsplit(address).path).suffix.lower()
    if kind == "text/plain" and named == ".md":
        return ".md"
    if kind in _VAGUE:
        return signature(data) or (named if named in READERS else None)
    return _SUFFIXES.get(kind)


def in_utf8(data: bytes, suffix: str, content_type: str) -> bytes:
    """A text in UTF-8, where only the server said in which encoding it is."""
    if suffix not in _TEXTS:
        return data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return data
    charset = _header(content_type).get_content_charset()
    if charset is None or _DECLARED.search(data[:4096]):
        return data
    try:
        encoding = codecs.lookup(charset).name
        return data if encoding == "utf-8" else data.decode(encoding, "replace").encode("utf-8")
    except (LookupError, UnicodeError):
        return data


def path_of(address: str, suffix: str) -> str:
    """The path that a page is kept under: its host, then the path of its address."""
    parts = urlsplit(address)
    place = parts.path + (f"_{parts.query}" if parts.query else "")
    names = [_name(unquote(part, errors="replace")) for part in place.split("/")[1:_PARTS]]
    names = [name for name in names[:-1] if name] + [names[-1] if names else ""]
    last = names[-1] or "index"
    if PurePosixPath(last).suffix.lower() != suffix:
        last += suffix
    return str(PurePosixPath(_name(parts.netloc), *names[:-1], last))


def _name(part: str) -> str:
    """A part of an address as a name that every file system takes; it never begins with a dot."""
    plain = _UNUSUAL.sub("-", unicodedata.normalize("NFC", part)).strip("-.")
    if len(plain) <= _PART and len(plain.encode("utf-8")) <= 2 * _PART:
        return plain
    mark = hashlib.sha256(part.encode("utf-8", "replace")).hexdigest()[:8]
    stem = plain.encode("utf-8")[: _PART - 9].decode("utf-8", "ignore")
    return f"{stem}-{mark}"


def _header(content_type: str) -> Message:
    header = Message()
    header["content-type"] = content_type.replace("\n", " ").replace("\r", " ")
    return header
