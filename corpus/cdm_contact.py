"""Contacts of a CDM-fr export: the persons and units, and how to reach them."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.cdm_node import Node, child, local, reference_of, said, said_together


def owner_of(node: Node) -> Node | None:
    """The nearest person or unit above a node."""
    above = node.getparent()
    while above is not None:
        if local(above) in ("person", "orgUnit"):
            return above
        above = above.getparent()
    return None


def cards_of(unit: Node) -> list[Node]:
    """The contact data of a unit itself, not of the persons in it."""
    return [each for each in unit.iter() if local(each) == "contactData" and owner_of(each) is unit]


def contacts_in(contacts: Node, known: Mapping[str, Node]) -> list[tuple[Node | None, Node]]:
    """Whom a list of contacts names, each with its data; what stands there alone has no owner.

    `known` has the persons and units that it may refer to, by their id.
    """
    found: list[tuple[Node | None, Node]] = []
    for each in contacts.iter():
        if local(each) in ("refPerson", "refOrgUnit"):
            target = known.get(reference_of(each))
            if target is not None:
                found.append((target, target))
        elif local(each) == "contactData" and owner_of(each) is None:
            found.append((None, each))
    return found


def card_of(owner: Node | None, data: Node) -> list[str]:
    """The lines of a card: a person's or a unit's name and role, address, telephone, e-mail."""
    lines: list[str] = []
    if owner is not None:
        name = child(owner, "name")
        whole = said_together(child(name, "given"), child(name, "family"))
        lines.append(whole or said(name) or said(child(owner, "orgUnitName")))
        lines.append(said(child(owner, "title")) or said(child(owner, "role")))
    for each in data.iter():
        if owner is not None and owner_of(each) is not owner:
            continue
        name_of = local(each)
        if name_of == "adr":
            town = said_together(child(each, "pcode"), child(each, "locality"))
            lines.extend((said(child(each, "extadr")), said(child(each, "street")), town))
        elif name_of in ("telephone", "email", "contactName"):
            lines.append(said(each))
        elif name_of == "webLink":
            lines.append(said(child(each, "href")))
    return list(dict.fromkeys(filter(None, lines)))
