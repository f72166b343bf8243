"""Markup: the bytes of an HTML page as a tree, and what every step on that tree needs to know."""

from __future__ import annotations

import re
from typing import Any

from corpus.charset import decode_html
from corpus.clean import clean_line, signature
from corpus.node import Node
from corpus.reading import UnreadableDocument


def word_set(words: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(words.split())


BLOCKS = word_set(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p "
    "pre section summary table tbody td tfoot th thead tr ul"
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# Parts with a label of their own, and the tag of that label.
LABELLED = {"details": "summary", "fieldset": "legend"}
# What makes more than a value, an item or a line of what holds it.
STRUCTURE = frozenset(("table", "dl", *LABELLED, *HEADINGS))
PARTS = STRUCTURE | {"ul"}

_TAG = re.compile(r"<(?:!doctype|/?[a-z][a-z0-9]*)[\s/>]", re.I)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def parse_html(data: bytes) -> Any:
    """A page's tree as lxml has it, without comments.

    Raises `UnreadableDocument` when the bytes are no HTML, or nested too deeply to be a page.
    """
    from lxml import etree

    if found := signature(data):
        raise UnreadableDocument(
            f"The content is a {found} file, not HTML.", f"Give the file the suffix {found}."
        )
    text = _NOT_XML.sub("", decode_html(data))
    if not _TAG.search(text):
        raise UnreadableDocument(
            "There is no HTML in the file.", "Give a file of plain text the suffix .txt."
        )
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableDocument(
            "There is no text in the HTML.", "Save the page again, with its content."
        ) from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise too_deep()
    return root


def too_deep() -> UnreadableDocument:
    """The refusal of a page whose tags are nested beyond what a page ever is."""
    return UnreadableDocument(
        "The HTML is nested more than 250 tags deep.",
        "Save the page again from a browser, or keep the text of the page only.",
    )


def text_in(node: Node, *, said: bool = False) -> str:
    """The text of a node and all below it, on one line; blocks and `br` are a space apart.

    `said`: without what is hidden from a screen reader, such as the sign of an icon.
    """
    if not node.children:
        return clean_line(node.text) if node.text else ""
    parts: list[str] = []
    _gather(node, parts, said)
    return clean_line("".join(parts))


def whole_text(node: Node) -> str:
    """The text of a node and all below it, as it stands in the page."""
    if not node.children:
        return node.text or ""
    parts: list[str] = []
    _collect(node, parts)
    return "".join(parts)


def length_of(node: Node) -> int:
    """About how many characters of text a node holds."""
    return len(" ".join(whole_text(node).split()))


def short_text(node: Node, longest: int) -> bool:
    """Whether a node holds no more than `longest` characters, white space included."""
    return len(whole_text(node)) <= longest


def has_text(node: Node) -> bool:
    """Whether a node holds any text at all."""
    text = node.text
    if text and not text.isspace():
        return True
    for child in node.children:
        if has_text(child) or ((tail := child.tail) and not tail.isspace()):
            return True
    return False


def blocky(root: Node) -> frozenset[Node]:
    """The nodes that have a block somewhere below them."""
    found: set[Node] = set()
    for node in root.all(BLOCKS):
        above = node.parent
        while above is not None and above not in found:
            found.add(above)
            above = above.parent
    return frozenset(found)


def loose_text(node: Node) -> bool:
    """Whether text stands in a node beside its children."""
    text = node.text
    if text and not text.isspace():
        return True
    return any((tail := child.tail) and not tail.isspace() for child in node.children)


def remove(node: Node) -> None:
    """Take a node out of its tree; the text after it stays."""
    parent, tail = node.parent, node.tail
    if parent is None:
        return
    if tail and tail.lstrip()[:1] in (".", ","):
        _trim_before(node)
    if tail:
        _append_before(node, parent, tail)
        node.tail = None
    elif (node.tag in BLOCKS or node.tag == "br") and (node.previous is not None or parent.text):
        # What stood on either side of it must not become one word.
        _append_before(node, parent, " ")
    node.detach()


def _append_before(node: Node, parent: Node, text: str) -> None:
    if (before := node.previous) is not None:
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _trim_before(node: Node) -> None:
    """Drop the space before a node that goes, where a full stop or a comma follows it."""
    before, parent = node.previous, node.parent
    if before is not None:
        before.tail = before.tail.rstrip() if before.tail else None
    elif parent is not None and parent.text:
        parent.text = parent.text.rstrip()


def _gather(node: Node, parts: list[str], said: bool) -> None:
    if node.text:
        parts.append(node.text)
    for child in node.children:
        apart = child.tag in BLOCKS or child.tag == "br"
        if apart:
            parts.append(" ")
        if not said or (child.get("aria-hidden") != "true" and child.tag not in ("svg", "style")):
            _gather(child, parts, said)
        if apart:
            parts.append(" ")
        if child.tail:
            parts.append(child.tail)


def _collect(node: Node, parts: list[str]) -> None:
    if node.text:
        parts.append(node.text)
    for child in node.children:
        if child.children:
            _collect(child, parts)
        elif child.text:
            parts.append(child.text)
        if child.tail:
            parts.append(child.tail)
