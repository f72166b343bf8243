"""Inline content of a page: the text of a node, line by line, links with their address."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.address import address_of
from corpus.clean import clean_line
from corpus.markup import BLOCKS, word_set
from corpus.node import Node

_BREAK = "\n"
_SPECIAL = ("br", "q", "pre", "a")  # whose text is not only what stands in it
_BUTTONS = word_set("btn button bouton cta")


def flat(text: str | None) -> str:
    """Text as the page shows it: its line ends are spaces there."""
    return text.replace("\n", " ") if text else ""


class Inline:
    """Reads text out of nodes of a page that lies on `host`."""

    def __init__(self, host: str | None = None) -> None:
        self._host = host

    def lines(self, *nodes: Node) -> list[str]:
        """The lines of some nodes together: `br` and the edges of blocks end one."""
        if len(nodes) == 1 and not nodes[0].children and nodes[0].tag not in _SPECIAL:
            line = clean_line(flat(nodes[0].text))  # of most nodes: a text and nothing else
            return [line] if line else []
        parts: list[str] = []
        for node in nodes:
            self.gather(node, parts)
        return lines_of(parts)

    def line(self, node: Node, *, links: bool = True) -> str:
        """A node's text on one line."""
        if not node.children and node.tag not in _SPECIAL:
            return clean_line(flat(node.text))
        parts: list[str] = []
        self._inside(node, parts, links)
        return clean_line("".join(parts))

    def lines_after(self, node: Node) -> list[str]:
        """The lines of all that follows a node inside the one above it."""
        parts = [flat(node.tail)]
        for after in node.following():
            self.gather(after, parts)
            parts.append(flat(after.tail))
        return lines_of(parts)

    def gather(self, node: Node, parts: list[str], *, links: bool = True) -> None:
        """Append a node's text to `parts`, without the text after it."""
        if node.tag == "br":
            parts.append(_BREAK)
            return
        if node.tag == "a" and _is_sign(node):
            return
        apart = node.tag in BLOCKS or (node.tag == "a" and not _BUTTONS.isdisjoint(node.words))
        if apart:
            parts.append(_BREAK)
        self._inside(node, parts, links)
        if apart:
            parts.append(_BREAK)

    def _inside(self, node: Node, parts: list[str], links: bool) -> None:
        start = len(parts)
        if node.tag == "q":
            parts.append("« ")
        if node.text:
            parts.append(node.text if node.tag == "pre" else flat(node.text))
        for child in node.children:
            if child.tag == "span" and _is_apart(child):
                parts.append(" ")
            self.gather(child, parts, links=links)
            if child.tail:
                parts.append(flat(child.tail))
        if node.tag == "q":
            parts.append(" »")
        if node.tag == "a" and links and (href := node.get("href")):
            shown = "".join(parts[start:])
            if shown.strip() and (address := address_of(href, shown, self._host)):
                parts[start:] = [shown.rstrip(), address, " " if shown[-1:].isspace() else ""]


def _is_sign(link: Node) -> bool:
    """Whether a link is no more than the sign (`¶`, `#`) of a place on its own page."""
    if link.children or not (link.get("href") or "").startswith("#"):
        return False
    return link.text is not None and link.text != "" and not any(map(str.isalnum, link.text))


def _is_apart(span: Node) -> bool:
    """Whether a span stands right after another, each with a style: seen apart, not as one word."""
    before = span.previous
    return (
        before is not None
        and before.tag == "span"
        and not before.tail
        and span.get("class") is not None
        and before.get("class") is not None
    )


def lines_of(parts: Iterable[str]) -> list[str]:
    """The lines that gathered parts make, without empty ones."""
    whole = "".join(parts)
    if not whole or whole.isspace():
        return []
    return [
        line
        for raw in whole.split(_BREAK)
        if raw and not raw.isspace() and (line := clean_line(raw))
    ]
