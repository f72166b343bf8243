"""Furniture: what a page's markup shows to be the site's and not the page's (menus, banners)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.clean import folded
from corpus.markup import BLOCKS, HEADINGS, length_of, remove, text_in, word_set
from corpus.node import Node
from corpus.noise import is_noise
from corpus.pointer import contents_of, cookie_banners, link_density, related_parts

# By role and tag: never content, wherever they stand.
_ROLES = frozenset(("navigation", "search", "contentinfo", "menu", "menubar", "toolbar", "banner"))
# By a word of their class or id: never content either.
_ALWAYS = word_set(
    "breadcrumb breadcrumbs ariane filariane cookie cookies tarteaucitron axeptio didomi orejime "
    "onetrust klaro gdpr consent skiplink skiplinks evitement searchform pager pagination "
    "addtoany addthis sharedaddy backtotop scrolltop scrollup noprint printonly "
    "twitter tweets instagram chatbot respond navbar megamenu jumplinks colophon dismissible"
)
# Only where what they hold is mostly links, or is short: the words mean other things as well.
_LINKS = word_set(
    "menu menus nav navigation sitemap sidenav sidebarnav toc sommaire lang langs langue "
    "langues language languages related similar similaires recent actualites actualite actus "
    "actu news agenda evenements evenement events event associes connexes suggestions tags "
    "tagcloud categories archives filinfo links liens raccourcis acces quicklinks carousel "
    "slider partenaires logos left right gauche droite side sidebar colonne widget ancres ancre "
    "anchors summary posts"
)
_SHORT = word_set(
    "share sharing partage partager social socials reseaux print imprimer outils tools toolbar "
    "logo brand branding slogan skip login connexion signin newsletter search recherche "
    "rechercher submitted byline meta postmeta entrymeta published author posted copyright "
    "legal legales credits comments comment retour back top haut totop cta"
)
_CALLS = word_set("cta3 calltoaction")
# A day, a price or an address: what calls to act says something then.
_TELLING = re.compile(
    r"\b20\d\d\b|€|@|\b(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre"
    r"|novembre|decembre)\b"
)
_SITE_HEADER = word_set("hdr header entete masthead topbar banner bandeau tete")
_SITE_FOOTER = word_set("ftr footer pied piedpage pieddepage basdepage")
_SITE_EDGE = _SITE_HEADER | _SITE_FOOTER
_PART = word_set("card entry post article page content view block panel title section")

_SHORT_LENGTH = 220
_SITE_NAME = word_set("logo brand branding sitename sitetitle")
_TOP = ("1", "heading")
_CONTACT = re.compile(r"mailto:|tel:")
_HOME = re.compile(r"(?:https?://[^/]+)?/?(?:index\.\w+)?")


def page_title(root: Node, site: str | None, named: str | None = None) -> Node | None:
    """The heading that names the page: its first `h1` that does not name the site.

    On a page without any, the line that says what the page is `named` in its head.
    """
    found = _top_heading(root, site)
    if found is not None or not named or root.first(("h1",)) is not None:
        return found
    for node in root.all(("div", "p", "span", "td")):
        if node.children or not node.text or len(node.text) > 2 * len(named):
            continue
        chain = [node, *node.above()]
        if folded(node.text) == folded(named) and not any(map(_is_aside_part, chain)):
            node.attributes.update({"role": "heading", "aria-level": "1"})
            return node
    return None


def _is_aside_part(node: Node) -> bool:
    apart = node.tag in ("a", "nav", "footer", "ul", "ol", "dialog", "template", "noscript")
    return apart or _hides(node) or not _ALWAYS.isdisjoint(node.words)


def _top_heading(root: Node, site: str | None) -> Node | None:
    for heading in root.all(("h1", "div", "p", "span")):
        if heading.tag != "h1" and (heading.get("aria-level"), heading.get("role")) != _TOP:
            continue
        text = text_in(heading)
        if not text or (site and folded(text) == folded(site)) or is_noise(text):
            continue
        chain = [heading, *heading.above()]
        if any(at.tag in ("nav", "footer", "dialog", "template", "noscript") for at in chain):
            continue
        if any(_hides(at) for at in chain):
            continue
        if any(not _SITE_NAME.isdisjoint(at.words) for at in chain if at is not root):
            continue
        links = [at for at in heading.all(("a",)) if text_in(at) == text]
        if links and _HOME.fullmatch(links[0].get("href") or ""):
            continue
        return heading
    return None


def remove_furniture(body: Node, title: Node | None, chosen: Iterable[Node] = ()) -> None:
    """Take the site's furniture out of a page.

    What holds the page's title, or is `chosen` to be read, is never furniture.
    """
    kept = {body}
    for node in (*chosen, *(() if title is None else (title,))):
        kept.update((node, *node.above()))
    whole = max(length_of(body), 1)
    for node in body.outermost(lambda node: node not in kept and _is_furniture(node, whole)):
        remove(node)
    for node in (*related_parts(body, kept), *cookie_banners(body, kept)):
        remove(node)
    for node in contents_of(body, title):
        remove(node)


def _hides(node: Node) -> bool:
    style = (node.get("style") or "").replace(" ", "").lower()
    return "hidden" in node.attributes or "display:none" in style


def _is_furniture(node: Node, whole: int) -> bool:
    tag = node.tag
    if tag == "nav" or (node.attributes and node.get("role") in _ROLES):
        return True
    if tag == "td":
        return len(node.children) > 0 and _is_menu_cell(node)
    if tag == "form":
        return length_of(node) < whole / 2
    if tag not in BLOCKS and tag not in ("a", "span"):
        return False
    words = node.words
    edge = tag in ("header", "footer") or not _SITE_EDGE.isdisjoint(words)
    if edge and _is_site_edge(node, words):
        return True
    if not words:
        return False
    if not _ALWAYS.isdisjoint(words) or {"fil", "ariane"} <= words or {"back", "top"} <= words:
        return length_of(node) < whole / 2
    if {"local", "tasks"} <= words:
        return length_of(node) < _SHORT_LENGTH
    if not words.isdisjoint(_CALLS) or {"call", "action"} <= words:
        return length_of(node) < _SHORT_LENGTH and not _TELLING.search(folded(text_in(node)))
    if "modtype" in words:  # of a course in Moodle: what only links to a forum, a file, a test
        return link_density(node) > 0.9
    if {"fixed", "bottom"} <= words:  # a bar that lies over the page wherever it is scrolled
        return length_of(node) < whole / 2
    if tag == "span":
        return False
    if not _SHORT.isdisjoint(words) and node.tag != "a":
        return _is_aside(node, _SHORT_LENGTH, 0.6)
    if not _LINKS.isdisjoint(words):
        return _is_aside(node, 0, 0.6) or _is_news(node, words)
    return tag == "a" and not {"skip", "evitement"}.isdisjoint(words)


def _is_menu_cell(node: Node) -> bool:
    """Whether a cell of a table that lays out the page holds nothing but links."""
    if len(node.all(("a",))) < 3 or link_density(node) < 0.85:
        return False
    table = node.nearest("table")
    return table is not None and table.first(("h1", "h2", "h3")) is not None


def _is_site_edge(node: Node, words: frozenset[str]) -> bool:
    """Whether a header or footer is the site's, not that of a part of the page."""
    inside = any(above.tag in ("main", "article", "section", "details") for above in node.above())
    if _heads_a_part(node):
        return False
    footer = node.tag == "footer" or not _SITE_FOOTER.isdisjoint(words)
    if node.tag in ("header", "footer") and not inside:
        return True
    if footer:
        contact = any(_CONTACT.match(link.get("href") or "") for link in node.all(("a",)))
        return not (inside and contact) and _PART.isdisjoint(words - {"page"})
    if (
        inside
        or not _PART.isdisjoint(words)
        or node.tag in HEADINGS
        or node.tag in ("th", "tr", "td")
    ):
        return False
    return not any(above.tag in ("table", "ul", "dl") for above in node.above())


def _heads_a_part(node: Node) -> bool:
    """Whether a header is no more than the heading of the block around it."""
    above = node.parent
    if node.tag == "footer" or above is None or above.tag == "body":
        return False
    heading = node.first(("h2", "h3", "h4", "h5", "h6"))
    if heading is None or node.first(("a", "h1")) is not None:
        return False
    return length_of(node) <= sum(map(length_of, node.all(HEADINGS))) + 1


def _is_aside(node: Node, short: int, linked: float) -> bool:
    text = text_in(node)
    if any(_CONTACT.match(link.get("href") or "") for link in node.all(("a",))) and "contact" in (
        folded(text)
    ):
        return False
    if short and len(text) < short and not any(c.isdigit() for c in text):
        return True
    return link_density(node) >= linked


def _is_news(node: Node, words: frozenset[str]) -> bool:
    news = words & {
        "related",
        "actualites",
        "actus",
        "news",
        "similaires",
        "recent",
        "events",
        "posts",
    }
    entries = [at for at in node.all(("article", "li")) if text_in(at)]
    linked = sum(1 for at in entries if at.first(("a",)) is not None)
    return bool(news) and len(entries) > 0 and linked * 2 >= len(entries)
