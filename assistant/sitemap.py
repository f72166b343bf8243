"""Sitemaps: the pages that a site lists for robots (sitemaps.org, 0.9)."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from corpus.reading import UnreadableDocument

_UNPACKED = 50 * 1024 * 1024  # bytes, as sitemaps.org allows
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The addresses of pages, and of further sitemaps, in their order, each once."""

    pages: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()


def is_sitemap(data: bytes) -> bool:
    """Whether a file looks like a sitemap: an XML document of that name, or a gzip file."""
    head = data[:4096]
    return data.startswith(_GZIP) or b"<urlset" in head or b"<sitemapindex" in head


def read_sitemap(data: bytes) -> Sitemap:
    """Read a sitemap, an index of sitemaps or a list of addresses, packed with gzip or not.

    Raises `UnreadableDocument`.
    """
    if data.startswith(_GZIP):
        data = _unpacked(data)
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _listed(data)
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        raise _no_sitemap() from None
    kind = etree.QName(root).localname
    if kind not in ("urlset", "sitemapindex"):
        raise _no_sitemap()
    # By local name: sitemaps come with the namespace of every version, and without.
    found = dict.fromkeys(
        address
        for entry in root
        for place in entry
        if isinstance(place.tag, str)
        and etree.QName(place).localname == "loc"
        and (address := " ".join((place.text or "").split()))
    )
    return Sitemap(pages=tuple(found)) if kind == "urlset" else Sitemap(sitemaps=tuple(found))


def _listed(data: bytes) -> Sitemap:
    """A sitemap of plain text: an address a line."""
    lines = [line.strip() for line in data.decode("utf-8-sig", "replace").splitlines()]
    pages = dict.fromkeys(line for line in lines if line)
    if not pages or not all(page.startswith(("http://", "https://")) for page in pages):
        raise _no_sitemap()
    return Sitemap(pages=tuple(pages))


def _unpacked(data: bytes) -> bytes:
    unpack = zlib.decompressobj(31)
    try:
        whole = unpack.decompress(data, _UNPACKED)
    except zlib.error:
        raise UnreadableDocument("The gzip file is damaged.", "Write it again.") from None
    if unpack.unconsumed_tail or not unpack.eof:
        raise UnreadableDocument(
            f"Unpacked, it is damaged or larger than {_UNPACKED // (1024 * 1024)} MB.",
            "Split it, as sitemaps.org says.",
        )
    return whole


def _no_sitemap() -> UnreadableDocument:
    return UnreadableDocument(
        "It is no sitemap.", "Give the address of a sitemap, an index of sitemaps, or of pages."
    )
