"""Tables of nodes that are none, but have the roles of one: what components of scripts write."""

from __future__ import annotations

from corpus.node import Node

_TAGS = {
    "table": "table",
    "grid": "table",
    "row": "tr",
    "columnheader": "th",
    "rowheader": "th",
    "cell": "td",
    "gridcell": "td",
}


def give_tags(root: Node) -> None:
    """Give the parts of such tables the tags of a table; a grid without rows is left as it is."""
    for table in [node for node in root.within() if node.get("role") in ("table", "grid")]:
        if table.tag == "table" or not any(node.get("role") == "row" for node in table.within()):
            continue
        for node in table.within():
            if tag := _TAGS.get(node.get("role") or ""):
                node.tag = tag
