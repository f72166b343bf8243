"""The main part of a page: where its content lies, and the blocks beside it that belong to it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus.cue import is_contact
from corpus.markup import HEADINGS, text_in, word_set
from corpus.node import Node

_CONTENT = word_set("content contenu main maincontent principal corps body")
_CONTACT = word_set("contact contacts coordonnees responsable responsables secretariat vcard")
_FACTS = word_set(
    "key facts keyfacts essentiel bref caracteristiques chiffres synthese infos info fiche "
    "identite resume glance"
)
_OTHERS = word_set("footer pied newsletter social share")
_MAIN_SHARE = 0.35  # of the page's own text that a `main` must hold to be believed
_CONTENT_SHARE = 0.7  # of it that a container must hold to be the main part
_LINKED = 0.6  # above this share of links a block is a menu
_CONTACT_LENGTH = 1500


def measured(body: Node) -> dict[Node, int]:
    """How many characters of text each node holds that are not links."""
    found: dict[Node, int] = {}
    for node in reversed(body.within()):
        length = 0
        if node.tag != "a":
            if node.text:
                length = len(node.text.strip())
            for child in node.children:
                length += found[child]
                if child.tail:
                    length += len(child.tail.strip())
        found[node] = length
    return found


def parts_of(body: Node, title: Node | None) -> list[Node]:
    """The parts of a page to read, in its order: the main one, and what belongs to it.

    Beside the main part a block is read when it is a contact or a panel of key facts, or holds
    the page's title.
    """
    length = measured(body)
    main = _main(body, title, length)
    if main is body:
        return [body]
    chain = {main, *main.above()}
    wanted: set[Node] = set()
    for above in main.above():
        for beside in above.children:
            if beside not in chain:
                wanted.update(_belonging(beside, title, length))
        if above is body:
            break
    wanted.add(main)
    return [node for node in body.within() if node in wanted]


def _main(body: Node, title: Node | None, length: Mapping[Node, int]) -> Node:
    whole = max(length[body], 1)
    marked = [node for node in body.within() if node.tag == "main" or node.get("role") == "main"]
    best = max(marked, key=lambda node: length[node], default=None)
    if best is not None and length[best] >= _MAIN_SHARE * whole:
        return best
    at = body
    while True:
        inner = max(at.children, key=lambda node: length.get(node, 0), default=None)
        if inner is None or inner.tag in ("table", "ul", "ol", "dl", "p", *HEADINGS):
            return at
        share = _CONTENT_SHARE if not inner.words.isdisjoint(_CONTENT) else 0.85
        titled = title is None or inner in title.above()
        if length[inner] < (share if titled else 0.9) * whole:
            return at
        at = inner


def _belonging(node: Node, title: Node | None, length: Mapping[Node, int]) -> list[Node]:
    """The parts of a node beside the main part that belong to the page."""
    if title is not None and (node is title or node in title.above()):
        inner = [child for child in node.children if child is title or child in title.above()]
        if inner and inner[0] is not title:
            found: list[Node] = []
            for child in node.children:
                found.extend(_belonging(child, title, length))
            return found
        return [node]
    text = text_in(node)
    if not text or not _OTHERS.isdisjoint(node.words):
        return []
    blocks = [
        child for child in node.children if child.tag in ("div", "section", "aside", "article")
    ]
    headed = [child for child in blocks if child.first(HEADINGS) is not None]
    if len(headed) > 1 or (len(blocks) == 1 and length[blocks[0]] * 10 >= length[node] * 9):
        return [part for child in node.children for part in _belonging(child, title, length)]
    linked = 1 - length[node] / len(text)
    return [node] if _is_contact(node, text) or _is_facts(node, linked) else []


def _is_contact(node: Node, text: str) -> bool:
    if len(text) > _CONTACT_LENGTH:
        return False
    named = any(not _CONTACT.isdisjoint(each.words) for each in node.within())
    named = named or bool(
        re.match(r"(?:vos |nos |votre )?(?:contact|responsable|secr)", text.lower())
    )
    reached = is_contact(text) or any(
        (link.get("href") or "").startswith(("mailto:", "tel:")) for link in node.all(("a",))
    )
    return reached or (named and len(text) > 20 and node.first(("a",)) is None)


def _is_facts(node: Node, linked: float) -> bool:
    if linked > _LINKED:
        return False
    if any(not _FACTS.isdisjoint(each.words) for each in node.within()):
        return True
    return node.first(("dl", "dt")) is not None
