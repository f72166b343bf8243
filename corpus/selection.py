"""Selection: the parts of a page that a CSS selector names."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from corpus.node import Node


def check_selector(selector: str) -> None:
    """Raise `ValueError` when a text is no CSS selector that pages can be read by."""
    _expression(selector)


def selected(tree: Any, root: Node, body: Node, selector: str) -> list[Node]:
    """The nodes that a selector names, in the page's order; none that lies within another.

    `root` is a copy of lxml's `tree` that nothing was taken out of yet. Raises `ValueError` for
    what is no CSS selector.
    """
    copies: dict[Any, Node] = {}
    for element, node in zip(tree.iter(), root.within(), strict=True):
        element.tag = node.tag
        element.attrib.update(node.attributes)
        copies[element] = node
    start = next(element for element, node in copies.items() if node is body)
    named = [copies[element] for element in start.xpath(_expression(selector))]
    named = [node for node in named if node is not body]
    found = set(named)
    return [node for node in named if found.isdisjoint(node.above())]


@lru_cache(maxsize=64)
def _expression(selector: str) -> str:
    from cssselect import HTMLTranslator, SelectorError

    try:
        expression: str = HTMLTranslator().css_to_xpath(selector)
    except SelectorError as error:
        raise ValueError(f"{selector!r} is no CSS selector: {error}") from None
    return expression
