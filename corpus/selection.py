"""Selection: the parts of a page that a CSS selector names."""

from __future__ import annotations

from functools import lru_cache

from corpus.markup import Node, ancestors


def check_selector(selector: str) -> None:
    """Raise `ValueError` when a text is no CSS selector that pages can be read by."""
    _expression(selector)


def selected(body: Node, selector: str) -> list[Node]:
    """The nodes that a selector names, in the page's order; none that lies within another.

    Raises `ValueError` for what is no CSS selector.
    """
    named = [node for node in body.xpath(_expression(selector)) if node is not body]
    found = set(named)
    return [node for node in named if found.isdisjoint(ancestors(node))]


@lru_cache(maxsize=64)
def _expression(selector: str) -> str:
    from cssselect import HTMLTranslator, SelectorError

    try:
        expression: str = HTMLTranslator().css_to_xpath(selector)
    except SelectorError as error:
        raise ValueError(f"{selector!r} is no CSS selector: {error}") from None
    return expression
