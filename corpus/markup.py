"""Markup: the bytes of an HTML page as a tree, and what every step on that tree needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from corpus.charset import decode_html
from corpus.clean import clean_line, signature
from corpus.reading import UnreadableDocument


def word_set(words: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(words.split())


# lxml comes without types; a node is one of its HTML elements.
Node = Any

BLOCKS = word_set(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p "
    "pre section summary table tbody td tfoot th thead tr ul"
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# Parts with a label of their own, and the tag of that label.
LABELLED = {"details": "summary", "fieldset": "legend"}
# What makes more than a value, an item or a line of what holds it.
STRUCTURE = ("table", "dl", *LABELLED, *HEADINGS)

_TAG = re.compile(r"<(?:!doctype|/?[a-z][a-z0-9]*)[\s/>]", re.I)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WORD = re.compile(r"[^\W_]+")
_NO_WORDS: frozenset[str] = frozenset()
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def parse_html(data: bytes) -> Node:
    """The root of a page's tree, without comments.

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


def words_of(node: Node) -> frozenset[str]:
    """The words of a node's classes and id, in lower case."""
    names, identity = node.get("class"), node.get("id")
    return _words(names or "", identity or "") if names or identity else _NO_WORDS


def text_in(node: Node, *, said: bool = False) -> str:
    """The text of a node and all below it, on one line; blocks and `br` are a space apart.

    `said`: without what is hidden from a screen reader, such as the sign of an icon.
    """
    parts: list[str] = []
    _gather(node, parts, said)
    return clean_line("".join(parts))


def length_of(node: Node) -> int:
    """About how many characters of text a node holds."""
    return len(" ".join("".join(node.itertext()).split()))


def short_text(node: Node, longest: int) -> bool:
    """Whether a node holds no more than `longest` characters, white space included."""
    length = 0
    for text in node.itertext():
        length += len(text)
        if length > longest:
            return False
    return True


def has_text(node: Node) -> bool:
    """Whether a node holds any text at all."""
    text = node.text
    if text and not text.isspace():
        return True
    return len(node) > 0 and any(map(str.strip, node.itertext()))


def remove(node: Node) -> None:
    """Take a node out of its tree; the text after it stays."""
    parent = node.getparent()
    if parent is None:
        return
    if node.tail and node.tail.lstrip()[:1] in (".", ","):
        _trim_before(node)
    if node.tail:
        before = node.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + node.tail
        else:
            parent.text = (parent.text or "") + node.tail
        node.tail = None
    elif node.tag in BLOCKS or node.tag == "br":
        # What stood on either side of it must not become one word.
        before = node.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + " "
        elif parent.text:
            parent.text += " "
    parent.remove(node)


def _trim_before(node: Node) -> None:
    """Drop the space before a node that goes, where a full stop or a comma follows it."""
    before, parent = node.getprevious(), node.getparent()
    if before is not None:
        before.tail = before.tail.rstrip() if before.tail else None
    elif parent.text:
        parent.text = parent.text.rstrip()


def ancestors(node: Node) -> Iterator[Node]:
    """The nodes above one, the nearest first."""
    above = node.getparent()
    while above is not None:
        yield above
        above = above.getparent()


def after(node: Node) -> Node | None:
    """What comes in a page after a node and all that it holds."""
    at = node
    while at is not None:
        if (below := at.getnext()) is not None:
            return below
        at = at.getparent()
    return None


def nearest(node: Node, tag: str) -> Node | None:
    """The nearest node above one that has a tag."""
    return next((above for above in ancestors(node) if above.tag == tag), None)


def blocky(root: Node) -> frozenset[Node]:
    """The nodes that have a block somewhere below them."""
    found: set[Node] = set()
    for node in root.iter():
        if node.tag in BLOCKS:
            for above in ancestors(node):
                if above in found:
                    break
                found.add(above)
    return frozenset(found)


def _gather(node: Node, parts: list[str], said: bool) -> None:
    if node.text:
        parts.append(node.text)
    for child in node:
        apart = child.tag in BLOCKS or child.tag == "br"
        if apart:
            parts.append(" ")
        if not said or (child.get("aria-hidden") != "true" and child.tag not in ("svg", "style")):
            _gather(child, parts, said)
        if apart:
            parts.append(" ")
        if child.tail:
            parts.append(child.tail)


@lru_cache(maxsize=4096)
def _words(names: str, identity: str) -> frozenset[str]:
    spaced = _CAMEL.sub(" ", f"{names} {identity}")
    return frozenset(word.lower() for word in _WORD.findall(spaced))
