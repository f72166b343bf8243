"""CDM-fr, the French standard of course descriptions in XML, to elements."""

from __future__ import annotations

import re
from typing import Any

from corpus.cdm_node import Node, child, local, said
from corpus.cdm_page import CdmPage
from corpus.clean import signature
from corpus.day import iso_day
from corpus.flow import Flow
from corpus.front_matter import web_address
from corpus.inline import Inline
from corpus.node import nodes_of
from corpus.reading import Metadata, Reading, UnreadableDocument

_ENTITIES = re.compile(rb"<!ENTITY\b|<!DOCTYPE[^>\[]*\[", re.I)

_MARKUP = re.compile(r"</(?:p|li|ul|ol|h[1-6]|div|td|strong|em|b|i)>", re.I)


def read_cdm(data: bytes) -> Reading:
    """Read a CDM-fr file; raises `UnreadableDocument` when it is none, or describes nothing.

    Every programme and course of the file is read, with the persons and units they refer to.
    """
    root = _parsed(data)
    known = {
        node.get("id"): node
        for node in root.iter()
        if local(node) in ("person", "orgUnit", "course", "program") and node.get("id")
    }
    programmes = [node for node in root if local(node) in ("program", "course")]
    if not programmes:
        programmes = [node for node in root.iter() if local(node) in ("program", "course")][:1]
    page = CdmPage(known)
    if programmes:
        page.programme(programmes[0])
        for node in programmes[1:]:
            page.programme(node, 2)
    units = [node for node in root.iter() if local(node) == "orgUnit"]
    page.units(units, 2)
    flow = Flow(Inline(), {})
    flow.part(nodes_of(page.body), beside=False)
    elements = flow.elements()
    if not elements:
        raise UnreadableDocument(
            "The CDM-fr file describes no programme.",
            "Export it again with the programme's description.",
        )
    return Reading(_metadata(root, programmes[0] if programmes else None), elements)


def _parsed(data: bytes) -> Any:
    from lxml import etree

    if found := signature(data):
        raise UnreadableDocument(
            f"The content is a {found} file, not XML.", f"Give the file the suffix {found}."
        )
    if _ENTITIES.search(data.replace(b"\x00", b"")[:100_000]):
        raise UnreadableDocument(
            "The XML declares entities of its own, which are not read: they may grow without end.",
            "Export the file again without a DOCTYPE.",
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _malformed(str(error)) from error
    _unescape(root)
    if local(root).upper() != "CDM":
        raise UnreadableDocument(
            f"The XML is not CDM-fr: its root is {local(root)[:40]}.",
            "Export the programme as CDM-fr, or save its page as HTML.",
        )
    return root


def _unescape(root: Any) -> None:
    """Make nodes of the markup that exporters wrote as text, escaped or in a CDATA section."""
    from lxml import etree, html

    for node in list(root.iter()):
        if len(node) or not node.text or not _MARKUP.search(node.text):
            continue
        try:
            inner = html.fragment_fromstring(node.text, create_parent="div")
        except (etree.ParserError, ValueError):
            continue
        for each in list(inner.iter("script", "style", etree.Comment)):
            each.drop_tree()
        node.text = inner.text
        node.extend(list(inner))


def _malformed(message: str) -> UnreadableDocument:
    place = re.search(r"line (\d+)", message)
    deep = "depth" in message.lower()
    what = "is nested more than 250 tags deep" if deep else "is not well-formed"
    return UnreadableDocument(
        f"The XML {what}{f' (line {place[1]})' if place and not deep else ''}.",
        "Export the file again; it may have been cut or edited by hand.",
    )


def _metadata(root: Node, programme: Node | None) -> Metadata:
    day = child(root, "properties", "datetime")
    date = (day.get("date") or "")[:10] if day is not None else ""
    name = said(child(programme, "programName")) or said(child(programme, "courseName"))
    link = child(programme, "webLink")
    language = (programme.get("language") if programme is not None else "") or ""
    code = re.match(r"[A-Za-z]{2}(?=[-_]|\Z)", language or root.get("language") or "")
    return Metadata(
        title=name or None,
        url=web_address(said(child(link, "href")) if link is not None else None),
        language=code[0].lower() if code else None,
        updated=iso_day(date),
    )
