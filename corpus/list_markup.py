"""Lists in markup: the items of a list, and the terms of a list of definitions."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from corpus.inline import Inline, flat, lines_of
from corpus.markup import STRUCTURE, has_text
from corpus.node import Node
from corpus.stanza import folded_item, joined

_TEXT_ITEM = 600  # characters; a longer item of several paragraphs is text of its own
_NUMBER = re.compile(r"\(?\d{1,2}[.)°]?")


def is_structured(entry: Node, panels: Container[Node], inline: Inline) -> bool:
    """Whether an item is a part of the page of its own (a card, an accordion)."""
    if any(at.tag in STRUCTURE or at in panels for at in entry.within()):
        return True
    blocks = [child for child in entry.children if child.tag in ("p", "div") and has_text(child)]
    return len(blocks) > 1 and len(inline.line(entry)) > _TEXT_ITEM


def items_of(entry: Node, inline: Inline) -> list[str]:
    """The texts of an item: one, unless its sub-items need one each."""
    parts = [flat(entry.text)]
    below: list[str] = []
    for child in entry.children:
        inner = child if child.tag in ("ul", "ol") else child.first(("ul", "ol"))
        if inner is None:
            inline.gather(child, parts)
        else:
            parts.append(flat(child.text) if inner is not child else "")
            below.extend(item for sub in inner.children for item in items_of(sub, inline))
        parts.append(flat(child.tail))
    lines = lines_of(parts)
    if len(lines) > 1 and _NUMBER.fullmatch(lines[0]):
        del lines[0]  # of a step, drawn by hand
    return folded_item(joined(lines), [item for item in below if item])


def terms_of(node: Node, inline: Inline) -> Iterator[tuple[str, Sequence[Node]]]:
    """The terms of a list of definitions, each with the nodes that say something of it."""
    terms: list[str] = []
    values: list[Node] = []
    entries = [each for each in node.all(("dt", "dd")) if each.nearest("dl") is node]
    for entry in (*entries, None):
        if entry is not None and entry.tag == "dd":
            values.append(entry)
            continue
        if values:
            yield ", ".join(terms), values
            terms, values = [], []
        if entry is not None and (term := inline.line(entry, links=False)):
            terms.append(term)
