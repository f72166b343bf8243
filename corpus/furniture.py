"""Furniture: what a page's markup shows to be the site's and not the page's (menus, banners)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.clean import clean_line, folded
from corpus.markup import (
    BLOCKS,
    HEADINGS,
    Node,
    ancestors,
    has_text,
    remove,
    text_in,
    word_set,
    words_of,
)
from corpus.noise import is_noise

# By role and tag: never content, wherever they stand.
_ROLES = frozenset(("navigation", "search", "contentinfo", "menu", "menubar", "toolbar", "banner"))
# By a word of their class or id: never content either.
_ALWAYS = word_set(
    "breadcrumb breadcrumbs ariane filariane cookie cookies tarteaucitron axeptio didomi orejime "
    "onetrust klaro gdpr consent skiplink skiplinks evitement searchform pager pagination "
    "addtoany addthis sharedaddy backtotop scrolltop scrollup noprint printonly "
    "respond navbar megamenu sitemap jumplinks colophon"
)
# Only where what they hold is mostly links, or is short: the words mean other things as well.
_LINKS = word_set(
    "menu menus nav navigation sidenav sidebarnav toc sommaire lang langs langue langues language "
    "languages related similar similaires recent actualites actualite actus actu news agenda "
    "evenements evenement events event associes connexes suggestions tags tagcloud categories "
    "archives filinfo links liens raccourcis acces quicklinks carousel slider partenaires logos "
    "widget ancres ancre anchors summary"
)
_SHORT = word_set(
    "share sharing partage partager social socials reseaux print imprimer outils tools toolbar "
    "logo brand branding slogan skip login connexion signin newsletter search recherche "
    "rechercher submitted byline meta postmeta entrymeta published author posted copyright "
    "legal legales credits comments comment retour back top haut totop cta"
)
_SITE_HEADER = word_set("header entete masthead topbar banner bandeau tete")
_SITE_FOOTER = word_set("footer pied piedpage pieddepage basdepage")
_PART = word_set("card entry post article page content view block panel title section")

_RELATED = re.compile(
    r"(?:(?:les |nos |toutes les )?(?:dernieres? )?actu(?:alite)?s\b.*|a la une"
    r"|(?:a )?(?:lire|voir|decouvrir) (?:aussi|egalement)|voir aussi|lire aussi"
    r"|sur le meme (?:theme|sujet)"
    r"|(?:nos |autres |les )?(?:formations?|masters?|parcours|articles?|pages?|contenus?|diplomes?)"
    r" (?:similaires?|associee?s?|proches|liee?s?|connexes|recent(?:e?s)?|voisine?s|populaires)"
    r"|(?:ces|d'autres|autres) (?:formations?|articles?|pages?|contenus?)"
    r"(?: (?:peuvent|pourraient) (?:aussi |egalement )?vous interesser| a decouvrir)?"
    r"|(?:vous aimerez|cela peut|ca peut|ceci pourrait|cela pourrait).*"
    r"|dans la meme (?:rubrique|categorie)|en ce moment|(?:l')?agenda|evenements(?: a venir)?"
    r"|prochains evenements|suivez[- ]nous.*|partage[rz](?: (?:cette|la|sur).*)?|newsletter"
    r"|(?:restez|rester) (?:connecte|informe).*|nos reseaux(?: sociaux)?|reseaux sociaux"
    r"|related (?:content|news|programmes?|programs?|articles?|posts?)|(?:latest )?news"
    r"|you (?:may|might) also like|see also|share(?: this.*)?|follow us|acces (?:rapides?|directs?)"
    r"|liens rapides|quick links|commentaires?|laisser un commentaire|leave a reply|mots[- ]cles"
    r"|menu(?: principal| secondaire)?|navigation.*|fil d'ariane|rechercher|recherche|plan du site)"
)
_COOKIES = re.compile(r"\bcookies?\b|\btraceurs\b")
_BANNER_LENGTH = 1500  # characters of a cookie banner, at most
_SHORT_LENGTH = 220
_SITE_NAME = word_set("logo brand branding sitename sitetitle")
_CONTACT = re.compile(r"mailto:|tel:")
_HOME = re.compile(r"(?:https?://[^/]+)?/?(?:index\.\w+)?")


def page_title(root: Node, site: str | None) -> Node | None:
    """The heading that names the page: its first `h1` that does not name the site."""
    for heading in root.iter("h1"):
        text = text_in(heading)
        if not text or (site and folded(text) == folded(site)) or is_noise(text):
            continue
        chain = [heading, *ancestors(heading)]
        if any(at.tag in ("nav", "footer", "dialog", "template", "noscript") for at in chain):
            continue
        if any(_hides(at) for at in chain):
            continue
        if any(not _SITE_NAME.isdisjoint(words_of(at)) for at in chain if at is not root):
            continue
        links = [at for at in heading.iter("a") if text_in(at) == text]
        if links and _HOME.fullmatch(links[0].get("href") or ""):
            continue
        return heading
    return None


def remove_furniture(body: Node, title: Node | None) -> None:
    """Take the site's furniture out of a page; what holds the page's title is never furniture."""
    kept = set(ancestors(title)) | {title} if title is not None else set()
    kept.add(body)
    whole = max(len(text_in(body)), 1)
    gone: set[Node] = set()
    found: list[Node] = []
    for node in body.iter():
        if node.getparent() in gone:
            gone.add(node)
        elif node not in kept and (_is_furniture(node, whole) or _is_related(node, kept)):
            gone.add(node)
            found.append(node)
    for node in found:
        remove(node)
    for node in _cookie_banners(body, kept):
        remove(node)
    _remove_contents(body)


def link_density(node: Node) -> float:
    """The share of a node's text that is links, 0 to 1; 0 without text."""
    length = len(text_in(node))
    linked = sum(len(text_in(link)) for link in node.iter("a", "button"))
    return min(linked / length, 1.0) if length else 0.0


def _hides(node: Node) -> bool:
    style = (node.get("style") or "").replace(" ", "").lower()
    return "hidden" in node.attrib or "display:none" in style


def _is_furniture(node: Node, whole: int) -> bool:
    tag, role = node.tag, node.get("role")
    if tag == "nav" or role in _ROLES:
        return True
    if tag == "td":
        return _is_menu_cell(node)
    if tag == "form":
        return len(text_in(node)) < whole / 2
    if tag not in BLOCKS and tag not in ("a", "span"):
        return False
    words = words_of(node)
    edge = tag in ("header", "footer") or not (_SITE_HEADER | _SITE_FOOTER).isdisjoint(words)
    if edge and _is_site_edge(node, words):
        return True
    if not words:
        return False
    if not _ALWAYS.isdisjoint(words) or {"fil", "ariane"} <= words or {"back", "top"} <= words:
        return len(text_in(node)) < whole / 2
    if tag == "span":
        return False
    if not _SHORT.isdisjoint(words) and node.tag != "a":
        return _is_aside(node, _SHORT_LENGTH, 0.6)
    if not _LINKS.isdisjoint(words):
        return _is_aside(node, 0, 0.6) or _is_news(node, words)
    return tag == "a" and not {"skip", "evitement"}.isdisjoint(words)


def _is_menu_cell(node: Node) -> bool:
    """Whether a cell of a table that lays out the page holds nothing but links."""
    if len(list(node.iter("a"))) < 3 or link_density(node) < 0.85:
        return False
    table = next(above for above in ancestors(node) if above.tag == "table")
    return next(table.iter("h1", "h2", "h3"), None) is not None


def _is_site_edge(node: Node, words: frozenset[str]) -> bool:
    """Whether a header or footer is the site's, not that of a part of the page."""
    inside = any(
        above.tag in ("main", "article", "section", "details") for above in ancestors(node)
    )
    footer = node.tag == "footer" or not _SITE_FOOTER.isdisjoint(words)
    if node.tag in ("header", "footer") and not inside:
        return True
    if footer:
        contact = any(_CONTACT.match(link.get("href") or "") for link in node.iter("a"))
        return not (inside and contact) and _PART.isdisjoint(words - {"page"})
    if (
        inside
        or not _PART.isdisjoint(words)
        or node.tag in HEADINGS
        or node.tag in ("th", "tr", "td")
    ):
        return False
    return not any(above.tag in ("table", "ul", "dl") for above in ancestors(node))


def _is_aside(node: Node, short: int, linked: float) -> bool:
    text = text_in(node)
    if any(_CONTACT.match(link.get("href") or "") for link in node.iter("a")) and "contact" in (
        folded(text)
    ):
        return False
    if short and len(text) < short and not any(c.isdigit() for c in text):
        return True
    return link_density(node) >= linked


def _is_news(node: Node, words: frozenset[str]) -> bool:
    news = words & {"related", "actualites", "actus", "news", "similaires", "recent", "events"}
    entries = [at for at in node.iter("article", "li") if text_in(at)]
    linked = sum(1 for at in entries if next(at.iter("a"), None) is not None)
    return bool(news) and len(entries) > 0 and linked * 2 >= len(entries)


def _is_related(node: Node, kept: Iterable[Node]) -> bool:
    """Whether a node is a part of the page whose heading announces other pages."""
    if node.tag not in ("div", "section", "aside", "article", "ul", "li"):
        return False
    heading = _opening(node)
    if heading is None or not _RELATED.fullmatch(folded(text_in(heading)).strip(" :!?.")):
        return False
    rest = len(text_in(node)) - len(text_in(heading))
    if rest <= 0:
        return False
    links = list(node.iter("a"))
    linked = sum(len(text_in(link)) for link in links if heading not in ancestors(link))
    others = sum(
        1 for at in node.iter(*HEADINGS) if at is not heading and not len(list(at.iter("a")))
    )
    return others == 0 and (linked / rest >= 0.3 or (len(links) >= 2 and rest / len(links) < 260))


def _opening(node: Node) -> Node | None:
    """The heading that a part of a page opens with, if it opens with one."""
    at = node
    for _ in range(4):
        if (at.text or "").strip():
            return None
        child = next((c for c in at if has_text(c)), None)
        if child is None:
            return None
        if child.tag in HEADINGS or {"title", "titre"} & words_of(child):
            return child
        at = child
    return None


def _cookie_banners(body: Node, kept: set[Node]) -> list[Node]:
    """The blocks that ask about cookies: they say so and have something to click."""
    found: list[Node] = []
    for node in body.iter("p", "div", "span", "h2", "h3", "strong"):
        if not _COOKIES.search(clean_line(node.text or "").lower()):
            continue
        best = None
        for at in (node, *ancestors(node)):
            if at in kept or at.tag in ("main", "article") or len(text_in(at)) > _BANNER_LENGTH:
                break
            if (
                next(at.iter("button", "input"), None) is not None
                or at.get("role") == "region"
                or (
                    best is None
                    and any(
                        re.match(
                            r"(?:tout )?(?:accepter|refuser|ok\b|j'accepte|accept)",
                            folded(text_in(link)),
                        )
                        for link in at.iter("a")
                    )
                )
            ):
                best = at
        if best is not None and best not in found:
            found.append(best)
    return found


def _remove_contents(body: Node) -> None:
    """Take out lists of links into the page itself."""
    for node in list(body.iter("ul", "ol")):
        links = list(node.iter("a"))
        inner = [link for link in links if (link.get("href") or "").startswith("#")]
        if len(links) >= 2 and len(inner) == len(links) and link_density(node) > 0.9:
            remove(node)
