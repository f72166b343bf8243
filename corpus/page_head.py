"""What an HTML page says of itself: its title, address, language and last change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from corpus.clean import clean_line, folded
from corpus.day import changed_within, iso_day
from corpus.front_matter import web_address
from corpus.markup import text_in, whole_text
from corpus.node import Node
from corpus.reading import Metadata

_CHANGED = (
    *("article:modified_time", "dcterms.modified", "dc.date.modified", "dcterms.date.modified"),
    *("og:updated_time", "datemodified", "last-modified", "revised", "dc.modified"),
)
_CHANGE_WORDS = ("à jour", "a jour", "a\u0300 jour", "modifi", "actualis", "maj", "updated")
_MODIFIED = re.compile(r'"dateModified"\s*:\s*"([^"]{8,40})"')
_SEPARATOR = re.compile(r"\s+[|–—•·»:-]\s+|\s+::\s+|\s*\|\s*")
_INSTITUTION = re.compile(
    r"\b(?:universite|university|ufr|faculte|iut|institut|ecole|campus|accueil|site|portail"
    r"|catalogue|formations?|offre de formation|inspe|iae)\b|\.(?:fr|org|eu|com|example)\b"
)


def site_name(root: Node) -> str | None:
    """What the page calls its site."""
    return _meta(root, ("og:site_name", "application-name"))


def metadata_of(root: Node, title: Node | None) -> Metadata:
    """The page's own description; `title` is the heading that names it, if one does."""
    name = text_in(title) if title is not None else None
    return Metadata(
        title=name or own_title(root),
        url=_url(root),
        language=_language(root),
        updated=_updated(root),
    )


def _metas(root: Node) -> Iterator[tuple[str, str]]:
    for node in root.all(("meta",)):
        name = node.get("property") or node.get("name") or node.get("itemprop") or ""
        content = clean_line(node.get("content") or "")
        if name and content:
            yield name.strip().lower(), content


def _meta(root: Node, names: tuple[str, ...]) -> str | None:
    found: dict[str, str] = {}
    for name, content in _metas(root):
        found.setdefault(name, content)
    return next((found[name] for name in names if name in found), None)


def own_title(root: Node) -> str | None:
    """What the page calls itself in its head, without the name of its site."""
    given = _meta(root, ("og:title", "dc.title", "dcterms.title"))
    whole = given or next((text for node in root.all(("title",)) if (text := text_in(node))), None)
    if not whole:
        return None
    parts = [part for part in _SEPARATOR.split(whole) if part.strip()]
    site = folded(site_name(root) or "")
    own = [part for part in parts if folded(part) != site]
    if len(own) == len(parts) > 1:
        own = [part for part in parts if not _INSTITUTION.search(folded(part))] or parts[:1]
    if len(own) == len(parts):
        return whole
    # Up to the site's name, the title is as it was written.
    start = whole.find(own[0])
    end = whole.find(own[-1], start) + len(own[-1])
    return clean_line(whole[start:end])


def _url(root: Node) -> str | None:
    base = next((href for node in root.all(("base",)) if (href := node.get("href"))), "")
    for node in root.all(("link",)):
        href = node.get("href")
        if href and "canonical" in (node.get("rel") or "").lower().split():
            try:
                address = web_address(urljoin(base, href.strip()))
            except ValueError:
                continue
            if address:
                return address
    return web_address(_meta(root, ("og:url", "dc.identifier", "dcterms.identifier")))


def _language(root: Node) -> str | None:
    given = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    given = given or root.get("xml:lang") or _meta(root, ("dc.language", "og:locale", "language"))
    code = re.match(r"\s*([A-Za-z]{2,3})(?:[-_\s]|\Z)", given or "")
    return code[1].lower() if code else None


def _updated(root: Node) -> str | None:
    for name, content in _metas(root):
        if name in _CHANGED and (day := iso_day(content)):
            return day
    for node in root.all(("time", "span", "meta")):
        if (node.get("itemprop") or "").lower() == "datemodified":
            given = node.get("datetime") or node.get("content") or text_in(node)
            if day := iso_day(clean_line(given)):
                return day
    for node in root.all(("script",)):
        found = _MODIFIED.search(node.text or "") if "ld+json" in (node.get("type") or "") else None
        if found and (day := iso_day(found[1])):
            return day
    text = whole_text(root).lower()
    return changed_within(text) if any(word in text for word in _CHANGE_WORDS) else None
