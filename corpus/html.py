"""HTML pages to elements.

The way of a page, in the order of `_read`:

1. `corpus.markup` parses its bytes, `corpus.node` copies the tree into plain records.
2. Judged on the whole page: its title (`corpus.furniture`), what it says of itself
   (`corpus.page_head`), what may not be seen (`corpus.hidden`), what opens at a click
   (`corpus.panel`), and the text that a browser shows, to link to (`corpus.stretch`).
3. Taken out: what opens panels, the site's furniture (`corpus.furniture`, `corpus.pointer`), what
   is hidden.
4. `corpus.main_part` finds the parts to read; `corpus.flow` goes through them, by lists
   (`corpus.list_markup`), tables (`corpus.table_markup`), labels with their values
   (`corpus.pairing`) and leaves (`corpus.leaf`), into a `corpus.draft` of elements.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from corpus.flow import Flow
from corpus.furniture import page_title, remove_furniture
from corpus.hidden import hidden_in, remove_hidden
from corpus.inline import Inline
from corpus.main_part import parts_of
from corpus.markup import length_of, parse_html, remove, text_in, too_deep
from corpus.node import Node, dissolve, nodes_of
from corpus.page_head import Head
from corpus.panel import panels_of
from corpus.reading import Reading, UnreadableDocument
from corpus.role_table import give_tags
from corpus.selection import selected
from corpus.stretch import shown_text


def read_html(data: bytes, selector: str | None = None) -> Reading:
    """Read the content of an HTML page; raises `UnreadableDocument` when it has none.

    The site's furniture and what is never seen are left out; what opens at a click is read.
    `selector` is a CSS selector of the parts that hold the content; without it, or where nothing
    on the page answers to it, they are found. Raises `ValueError` for what is no selector.
    """
    tree = parse_html(data)
    nodes: list[Node] = []
    try:
        root = nodes_of(tree)
        nodes = root.within()
        return _read(tree, root, selector)
    except RecursionError as error:
        raise too_deep() from error
    finally:
        dissolve(nodes)


def _read(tree: Any, root: Node, selector: str | None) -> Reading:
    body = root.first(("body",))
    if body is None:
        raise _without_text(root)
    give_tags(body)
    head = Head(root)
    title = page_title(body, head.site_name(), head.own_title())
    metadata = head.metadata(title)
    hidden = hidden_in(root)
    chosen = selected(tree, root, body, selector) if selector else []
    panels, controls = panels_of(body)
    shown = shown_text(body, panels, hidden)
    for control in controls:
        remove(control)
    remove_furniture(body, title, chosen)
    notes = remove_hidden(body, panels, title, hidden)
    if selector and not chosen:
        notes = [*notes, f"Nothing on the page answers to the selector {selector!r}."]
    host = urlsplit(metadata.url).hostname if metadata.url else None
    flow = Flow(Inline(host), panels)
    parts = chosen or parts_of(body, title)
    if title is not None and not any(_holds(part, title) for part in parts):
        flow.title(text_in(title), title.get("id"))
    main = max(parts, key=length_of) if len(parts) > 1 else parts[0]
    for part in parts:
        flow.part(part, beside=part is not main)
    elements = flow.elements()
    if not elements:
        raise _without_text(root)
    return Reading(metadata, elements, tuple(notes), shown)


def _holds(part: Node, title: Node) -> bool:
    return part is title or part in title.above()


def _without_text(root: Node) -> UnreadableDocument:
    return UnreadableDocument(
        "No content was found in the HTML: scripts may write the page once it is opened.",
        "Open the page in a browser and save it from there, or save it as PDF.",
    )
