"""What an HTML page says of itself: its title, address, language and last change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
_TAGS = frozenset(("meta", "title", "base", "link", "script"))
_MODIFIED = re.compile(r'"dateModified"\s*:\s*"([^"]{8,40})"')
_SEPARATOR = re.compile(r"\s+[|–—•·»:-]\s+|\s+::\s+|\s*\|\s*")
_INSTITUTION = re.compile(
    r"\b(?:universite|university|ufr|faculte|iut|institut|ecole|campus|accueil|site|portail"
    r"|catalogue|formations?|offre de formation|inspe|iae)\b|\.(?:fr|org|eu|com|example)\b"
)


class Head:
    """What stands in the head of a page, or anywhere in it for programs to read."""

    def __init__(self, root: Node) -> None:
        self._root = root
        self._nodes: dict[str, list[Node]] = {tag: [] for tag in _TAGS}
        for node in root.all(_TAGS):
            self._nodes[node.tag].append(node)
        self._metas = list(_metas(self._nodes["meta"]))
        self._first: dict[str, str] = {}  # of each name
        for name, content in self._metas:
            self._first.setdefault(name, content)

    def site_name(self) -> str | None:
        """What the page calls its site."""
        return self._meta("og:site_name", "application-name")

    def own_title(self) -> str | None:
        """What the page calls itself, without the name of its site."""
        given = self._meta("og:title", "dc.title", "dcterms.title")
        titles = (text for node in self._nodes["title"] if (text := text_in(node)))
        whole = given or next(titles, None)
        if not whole:
            return None
        parts = [part for part in _SEPARATOR.split(whole) if part.strip()]
        site = folded(self.site_name() or "")
        own = [part for part in parts if folded(part) != site]
        if len(own) == len(parts) > 1:
            own = [part for part in parts if not _INSTITUTION.search(folded(part))] or parts[:1]
        if len(own) == len(parts):
            return whole
        # Up to the site's name, the title is as it was written.
        start = whole.find(own[0])
        end = whole.find(own[-1], start) + len(own[-1])
        return clean_line(whole[start:end])

    def metadata(self, title: Node | None) -> Metadata:
        """The page's own description; `title` is the heading that names it, if one does."""
        name = text_in(title) if title is not None else None
        return Metadata(
            title=name or self.own_title(),
            url=self._url(),
            language=self._language(),
            updated=self._updated(),
        )

    def _meta(self, *names: str) -> str | None:
        return next((self._first[name] for name in names if name in self._first), None)

    def _url(self) -> str | None:
        base = next((href for node in self._nodes["base"] if (href := node.get("href"))), "")
        for node in self._nodes["link"]:
            href = node.get("href")
            if href and "canonical" in (node.get("rel") or "").lower().split():
                try:
                    address = web_address(urljoin(base, href.strip()))
                except ValueError:
                    continue
                if address:
                    return address
        return web_address(self._meta("og:url", "dc.identifier", "dcterms.identifier"))

    def _language(self) -> str | None:
        root = self._root
        given = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        given = given or root.get("xml:lang") or self._meta("dc.language", "og:locale", "language")
        code = re.match(r"\s*([A-Za-z]{2,3})(?:[-_\s]|\Z)", given or "")
        return code[1].lower() if code else None

    def _updated(self) -> str | None:
        for name, content in self._metas:
            if name in _CHANGED and (day := iso_day(content)):
                return day
        for node in self._root.all(("time", "span", "meta")):
            if (node.get("itemprop") or "").lower() == "datemodified":
                given = node.get("datetime") or node.get("content") or text_in(node)
                if day := iso_day(clean_line(given)):
                    return day
        for node in self._nodes["script"]:
            if "ld+json" in (node.get("type") or ""):
                found = _MODIFIED.search(node.text or "")
                if found and (day := iso_day(found[1])):
                    return day
        text = whole_text(self._root).lower()
        return changed_within(text) if any(word in text for word in _CHANGE_WORDS) else None


def _metas(nodes: Iterable[Node]) -> Iterator[tuple[str, str]]:
    """What `meta` elements say, by name in lower case."""
    for node in nodes:
        name = node.get("property") or node.get("name") or node.get("itemprop") or ""
        content = clean_line(node.get("content") or "")
        if name and content:
            yield name.strip().lower(), content
