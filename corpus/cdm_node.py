"""Nodes of a CDM-fr export: what each of them says, in French and on one line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.cdm_terms import language_name, spelled_day, spelled_label
from corpus.clean import clean_line

_APART = ("br", "subBlock", "p", "li", "listItem", "h1", "h2", "h3", "h4", "header", "div")

# lxml comes without types; a node is one of its elements.
Node = Any


def local(node: Node) -> str:
    """A node's name without its namespace, empty for what is no element."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def child(node: Node | None, *names: str) -> Node | None:
    """The first child, grandchild… of a node along a path of local names."""
    for name in names:
        if node is None:
            return None
        node = next((each for each in node if local(each) == name), None)
    return node


def said(node: Node | None) -> str:
    """The text of a node on one line, in French where it stands in several languages."""
    return clean_line(" ".join(_texts(node))) if node is not None else ""


def said_together(*nodes: Node | None) -> str:
    """The texts of some nodes on one line."""
    return " ".join(filter(None, map(said, nodes)))


def value_of(node: Node) -> str:
    """The value of a key fact, be it text, an attribute or a code."""
    name = local(node)
    text = said(node)
    if name in ("instructionLanguage", "ppalTeachingLanguage"):
        code = node.get("teachingLang") or node.get("ppalTeachingLanguage") or ""
        return language_name(text or code) if text or code else ""
    if name == "credits":
        return node.get("ECTScredits") or text
    if name == "teachingTerm":
        return text or node.get("term") or node.get("start") or ""
    if name in ("programDuration", "duration"):
        return text or node.get("duration") or ""
    if name == "teachingPlace" and (address := child(node, "adr")) is not None:
        parts = (child(address, part) for part in ("extadr", "street", "pcode", "locality"))
        return said_together(*parts) or text
    if name == "degree":
        return text or node.get("degree") or ""
    if name in ("studentPlaces", "ECTSRequired"):
        return text or node.get("places") or node.get("credits") or ""
    return spelled_day(text or node.get("date") or "")


def title_of(part: Node) -> str:
    """The section's own title, when an exporter gave it one."""
    header = child(part, "header")
    label = part.get("userDefined") or part.get("title") or ""
    if header is not None or not label:
        return ""
    return spelled_label(label)


def in_french(node: Node) -> list[Node]:
    """The children of a node, without those that say in another language what is said in French."""
    children = list(node)
    languages = [_language(each) for each in children]
    if "fr" not in languages:
        return children
    return [
        each for each, language in zip(children, languages, strict=True) if language in ("", "fr")
    ]


def _language(node: Node) -> str:
    """`fr` for French as people write it (not `fr-FR-TRL`, a form for machines), empty for none."""
    code = (node.get("blockLang") or node.get("language") or "").lower().replace("_", "-")
    return "fr" if code in ("fr", "fra", "fre", "fr-fr") else code


def _texts(node: Node) -> Iterator[str]:
    yield node.text or ""
    for each in in_french(node):
        if local(each):
            yield " " if local(each) in _APART else ""
            yield from _texts(each)
        yield each.tail or ""


def reference_of(node: Node) -> str:
    """The id of what a node refers to, empty for none."""
    return str(node.get("idRef") or node.get("ref") or "")
