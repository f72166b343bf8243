"""Nodes: the elements of an HTML page as plain records, in the order of the page.

The parser's own objects are made anew whenever they are come upon, and each look at one is a call
into C. A page is looked at by a dozen judgements, so it is copied once into records that know
where they stand: all that a node holds is a slice of its page's order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

Tags = frozenset[str] | tuple[str, ...]

_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NO_WORDS: frozenset[str] = frozenset()


class Node:
    """An element: `text` is what stands in it before its first child, `tail` what follows it.

    `get` has the value of an attribute, `words` are those of its classes and id, in lower case.
    """

    __slots__ = (
        "_at",
        "_order",
        "_size",
        "attributes",
        "children",
        "get",
        "next",
        "parent",
        "previous",
        "tag",
        "tail",
        "text",
        "words",
    )

    def __init__(
        self,
        tag: str,
        attributes: dict[str, str],
        text: str | None,
        tail: str | None,
        parent: Node | None,
        order: _Order,
    ) -> None:
        self.tag = tag
        self.attributes = attributes
        self.get: Callable[[str], str | None] = attributes.get
        self.text = text
        self.tail = tail
        self.parent = parent
        self.children: list[Node] = []
        self.previous: Node | None = None
        self.next: Node | None = None
        self.words = _NO_WORDS
        if attributes and ("class" in attributes or "id" in attributes):
            self.words = _words(attributes.get("class", ""), attributes.get("id", ""))
        self._order = order
        self._at = 0  # in the order
        self._size = 1  # in nodes, itself included

    def within(self) -> list[Node]:
        """The node and all below it, in the page's order."""
        if not self.children:
            return [self]
        order = self._order
        if order.stale:
            order.renew()
        return order.nodes[self._at : self._at + self._size]

    def all(self, tags: Tags) -> list[Node]:
        """Those of some tags among the node and all below it."""
        return [node for node in self.within() if node.tag in tags]

    def first(self, tags: Tags) -> Node | None:
        """The first of some tags among the node and all below it."""
        if not self.children:
            return self if self.tag in tags else None
        for node in self.within():
            if node.tag in tags:
                return node
        return None

    def above(self) -> Iterator[Node]:
        """The nodes above it, the nearest first."""
        at = self.parent
        while at is not None:
            yield at
            at = at.parent

    def nearest(self, tag: str) -> Node | None:
        """The nearest node above it that has a tag."""
        at = self.parent
        while at is not None and at.tag != tag:
            at = at.parent
        return at

    def outermost(self, fits: Callable[[Node], bool]) -> list[Node]:
        """Those that fit among the node and all below it; nothing is looked for within them."""
        found: list[Node] = []
        nodes = self.within()
        at = 0
        while at < len(nodes):
            node = nodes[at]
            at += 1
            if fits(node):
                found.append(node)
                at += node._size - 1
        return found

    def following(self) -> Iterator[Node]:
        """The nodes after it in the one above it."""
        at = self.next
        while at is not None:
            yield at
            at = at.next

    def detach(self) -> None:
        """Take it, all below it and the text after it out of the page."""
        above = self.parent
        if above is None:
            return
        above.children.remove(self)
        if self.previous is not None:
            self.previous.next = self.next
        if self.next is not None:
            self.next.previous = self.previous
        self.parent = self.previous = self.next = None
        self._order.cut(self._at, self._size)


class _Order:
    """The nodes of a tree in the order of the page; what is cut off gets an order of its own."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.stale = False

    def cut(self, at: int, size: int) -> None:
        """Set apart what was taken out; what stays keeps its places until they are renewed."""
        apart = _Order()
        apart.nodes = self.nodes[at : at + size]
        for node in apart.nodes:
            if node._order is self:
                node._order = apart
                node._at -= at
        apart.stale = self.stale = True

    def renew(self) -> None:
        """Find each node's place again."""
        self.nodes = [node for node in self.nodes if node._order is self]
        for at, node in enumerate(self.nodes):
            node._at, node._size = at, 1
        for node in reversed(self.nodes):
            if node.parent is not None:
                node.parent._size += node._size
        self.stale = False


def nodes_of(tree: Any) -> Node:
    """The root of a copy of lxml's tree."""
    order = _Order()
    tags: dict[str, str] = {}  # each once, so that they are quick to compare
    copies: dict[Any, Node] = {}
    for element in tree.iter():
        tag, items, above = element.tag, element.items(), copies.get(element.getparent())
        attributes = dict(items) if items else {}
        node = Node(tags.setdefault(tag, tag), attributes, element.text, element.tail, above, order)
        copies[element] = node
        order.nodes.append(node)
        if above is None:
            continue
        if above.children:
            node.previous = above.children[-1]
            node.previous.next = node
        above.children.append(node)
    order.renew()
    return order.nodes[0]


def dissolve(nodes: Iterable[Node]) -> None:
    """Part nodes, which hold each other, so that they go as soon as nobody needs them."""
    for node in nodes:
        node.children.clear()
        node._order.nodes.clear()
        node.parent = node.previous = node.next = None


@lru_cache(maxsize=4096)
def _words(names: str, identity: str) -> frozenset[str]:
    spaced = _CAMEL.sub(" ", f"{names} {identity}")
    return frozenset(word.lower() for word in _WORD.findall(spaced))
