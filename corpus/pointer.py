"""Pointers: the parts of a page that lead away from it, or are about cookies."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from corpus.clean import folded
from corpus.element import Close, Element, Heading
from corpus.markup import (
    BLOCKS,
    HEADINGS,
    has_text,
    length_of,
    short_text,
    text_in,
    word_set,
)
from corpus.node import Node

_TITLES = word_set("title titre heading")
_PARTS = word_set("div section aside article ul li")
_RELATED = re.compile(
    r"(?:(?:les |nos |toutes les )?(?:dernieres? )?actu(?:alite)?s\b.*|a la une"
    r"|(?:a )?(?:lire|voir|decouvrir) (?:aussi|egalement)|voir aussi|lire aussi"
    r"|sur le meme (?:theme|sujet)"
    r"|(?:nos |autres |les )?(?:formations?|masters?|parcours|articles?|pages?|contenus?|diplomes?)"
    r" (?:similaires?|associee?s?|proches|liee?s?|connexes|recent(?:e?s)?|voisine?s|populaires)"
    r"|(?:ces|d'autres|autres) (?:formations?|articles?|pages?|contenus?)"
    r"(?: (?:peuvent|pourraient) (?:aussi |egalement )?vous interesser| a decouvrir)?"
    r"|(?:vous aimerez|cela peut|ca peut|ceci pourrait|cela pourrait).*"
    r"|(?:formations?|diplomes?|parcours) (?:de|dans) l[ae] meme (?:famille|mention|composante)"
    r"|(?:a )?(?:decouvrir|consulter) (?:aussi|egalement)|(?:notre|le) blog|nos derniers articles"
    r"|nouvelles|dans l[ae] meme (?:rubrique|categorie|domaine|mention|theme|collection)"
    r"|en ce moment|(?:l')?agenda|evenements(?: a venir)?"
    r"|prochaine?s (?:evenements|rendez-vous|dates)|(?:en |nos |les )?breves"
    r"|suivez[- ]nous.*|partage[rz](?: (?:cette|la|sur).*)?|newsletter"
    r"|nos tweets"
    r"|(?:restez|rester) (?:connecte|informe).*|nos reseaux(?: sociaux)?|reseaux sociaux"
    r"|related (?:content|news|programmes?|programs?|articles?|posts?)|(?:latest )?news"
    r"|you (?:may|might) also like|see also|share(?: this.*)?|follow us|acces (?:rapides?|directs?)"
    r"|liens rapides|quick links|commentaires?|laisser un commentaire|leave a reply|mots[- ]cles"
    r"|menu(?: principal| secondaire)?|navigation.*|fil d'ariane|rechercher|recherche|plan du site)"
)
# What surely announces other programmes or articles, whether or not these are links.
_OFFERS = re.compile(
    r"(?:nos |autres |les )?(?:formations?|diplomes?|articles?)"
    r" (?:similaires?|associee?s?|proches|connexes|voisine?s|recent(?:e?s)?)"
    r"|(?:formations?|diplomes?) (?:de|dans) l[ae] meme \w+|(?:notre|le) blog"
    r"|(?:a )?(?:lire|voir|decouvrir|consulter) (?:aussi|egalement)|nos derniers articles"
    r"|(?:ces|d'autres|autres) formations?.*|vous aimerez.*|related (?:programmes?|posts?)"
)
_OFFERS_LENGTH = 800  # characters of such a part, at most
_COOKIES = re.compile(r"\bcookies?\b|\btraceurs\b")
_BANNER_LENGTH = 1500  # characters of a cookie banner, at most
_HEADING_LENGTH = 200


def link_density(node: Node) -> float:
    """The share of a node's text that is links, 0 to 1; 0 without text."""
    length = length_of(node)
    linked = sum(length_of(link) for link in node.all(("a", "button")))
    return min(linked / length, 1.0) if length else 0.0


def related_parts(body: Node, kept: Container[Node]) -> list[Node]:
    """The parts of the page whose heading announces other pages."""
    found: list[Node] = []
    for heading in body.all((*HEADINGS, "div", "p", "span", "strong")):
        opens = not heading.children and heading.previous is None
        if heading.tag not in HEADINGS and not opens and _TITLES.isdisjoint(heading.words):
            continue
        if not short_text(heading, _HEADING_LENGTH):
            continue
        text = text_in(heading)
        if not _RELATED.fullmatch(_bare(text)):
            continue
        at, best = heading, None
        for above in heading.above():
            if above in kept or (above.text or "").strip() or _has_text_before(at):
                break
            if above.tag in _PARTS and _leads_elsewhere(above, heading, len(text)):
                best = above
            at = above
        if best is not None:
            found.append(best)
        elif heading.tag in HEADINGS and heading.parent is not None:
            below = heading.next
            if below is not None and below.tag in ("ul", "div") and link_density(below) > 0.6:
                found.extend((heading, below))
    return found


def without_announcements(elements: Sequence[Element]) -> list[Element]:
    """The elements without headings that announced other pages and now have nothing below."""
    kept: list[Element] = []
    for at, element in enumerate(elements):
        if isinstance(element, Heading) and _RELATED.fullmatch(_bare(element.text)):
            below = elements[at + 1] if at + 1 < len(elements) else None
            if (
                below is None
                or isinstance(below, Close)
                or (isinstance(below, Heading) and below.level <= element.level)
            ):
                continue
        kept.append(element)
    return kept


def announces(heading: str) -> bool:
    """Whether a heading announces other pages."""
    return bool(_RELATED.fullmatch(_bare(heading)))


def _bare(text: str) -> str:
    return folded(text).strip(" :!?.")


def _has_text_before(node: Node) -> bool:
    before = node.previous
    while before is not None:
        if has_text(before) or (before.tail or "").strip():
            return True
        before = before.previous
    return False


def _leads_elsewhere(part: Node, heading: Node, heading_length: int) -> bool:
    """Whether a part of the page, but for its heading, is links to other pages."""
    rest = length_of(part) - heading_length
    if rest <= 0:
        return False
    links = [link for link in part.all(("a",)) if heading not in link.above()]
    linked = sum(length_of(link) for link in links)
    if rest <= _OFFERS_LENGTH and _OFFERS.fullmatch(_bare(text_in(heading))):
        return part.first(("h1",)) is None
    others = [at for at in part.all(HEADINGS) if at is not heading]
    if any(at.first(("a",)) is None and at not in _within(links) for at in others):
        return False
    return linked / rest >= 0.3 or (len(links) >= 2 and rest / len(links) < 260)


def _within(links: list[Node]) -> set[Node]:
    return {node for link in links for node in link.within()}


def cookie_banners(body: Node, kept: set[Node]) -> list[Node]:
    """The blocks that ask about cookies: they say so and have something to click."""
    found: list[Node] = []
    for node in body.all(("p", "div", "span", "h2", "h3", "strong")):
        # Looked for in two steps: most paragraphs of a page are long and say neither.
        text = node.text
        if not text or not ("ookie" in text or "OOKIE" in text or "raceur" in text):
            continue
        if not _COOKIES.search(text.lower()):
            continue
        best = None
        for at in (node, *node.above()):
            if at in kept or at.tag in ("main", "article") or length_of(at) > _BANNER_LENGTH:
                break
            if (
                at.first(("button", "input")) is not None
                or at.get("role") == "region"
                or (
                    best is None
                    and any(
                        re.match(
                            r"(?:tout )?(?:accepter|refuser|ok\b|j'accepte|accept)",
                            folded(text_in(link)),
                        )
                        for link in at.all(("a",))
                    )
                )
            ):
                best = at
        if best is not None and best not in found:
            found.append(best)
    return found


def contents_of(body: Node, title: Node | None) -> list[Node]:
    """The lists of links into the page itself, and all blocks of links above its title."""
    above = title is not None
    found: list[Node] = []
    for node in body.within():
        if node is title:
            above = False
        elif node.tag in ("ul", "ol") or (above and node.tag in BLOCKS and len(node.children) > 1):
            links = node.all(("a",))
            if title is not None and node in title.above():
                continue
            inner = all((link.get("href") or "").startswith("#") for link in links)
            if len(links) >= 2 and (above or inner) and link_density(node) > 0.9:
                found.append(node)
    return found
