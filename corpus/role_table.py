"""Tables and lists of nodes that are none but have their roles, as components of scripts do."""

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
    """Give the parts of such tables and lists their tags; a grid without rows is left as it is."""
    for item in [node for node in root.within() if node.get("role") == "listitem"]:
        above = item.parent
        if "-" in item.tag and above is not None and above.get("role") == "list":
            item.tag, above.tag = "li", "ul"
    for table in [node for node in root.within() if node.get("role") in ("table", "grid")]:
        if table.tag == "table" or not any(node.get("role") == "row" for node in table.within()):
            continue
        for node in table.within():
            if tag := _TAGS.get(node.get("role") or ""):
                node.tag = tag
