"""Pairing: which nodes of a page are a label with its value, each looked at once."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.inline import Inline
from corpus.key_fact import KeyFact, are_pairs, is_panel_of_facts, key_fact, marks_label
from corpus.markup import HEADINGS, PARTS, has_text
from corpus.node import Node

ALIKE = frozenset(("div", "li", "p", "section", "article", "span"))
"""What makes up a panel of facts."""
_FEWEST_ALIKE, _MOST_ALIKE = 3, 40
_LABEL_LENGTH = 80


class Pairing:
    """Finds labels and values, whether a node holds both or they stand beside each other."""

    def __init__(self, inline: Inline) -> None:
        self._inline = inline
        self._known: dict[tuple[Node, bool], KeyFact | None] = {}

    def fact(self, node: Node, *, in_panel: bool = False) -> KeyFact | None:
        """The label and value that a node is; `in_panel`: so are its neighbours."""
        if not node.children:
            return None  # a label and its value are two nodes, or a node and the text after it
        key = (node, in_panel)
        if key not in self._known:
            self._known[key] = key_fact(node, self._inline, in_panel=in_panel)
        return self._known[key]

    def is_panel(self, kids: Sequence[Node]) -> bool:
        """Whether neighbours are a panel of facts, a label and its value each."""
        if len(kids) < _FEWEST_ALIKE:
            return False
        alike = [kid for kid in kids if kid.tag in ALIKE]
        if not _FEWEST_ALIKE <= len(alike) <= _MOST_ALIKE:
            return False
        return are_pairs(alike) or is_panel_of_facts(
            [self.fact(kid, in_panel=True) for kid in alike]
        )

    def labels(self, node: Node, below: Node) -> bool:
        """Whether a node in a line is the label of the one below it."""
        if not marks_label(node) or marks_label(below) or (node.tail or "").strip():
            return False
        if node.tag in HEADINGS or below.tag in HEADINGS or not has_text(below):
            return False
        text = self._inline.line(node, links=False)
        return 1 < len(text) <= _LABEL_LENGTH and node.first(PARTS) is None
