"""A CDM-fr export as the page that a web site would make of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from corpus.cdm_contact import card_of, cards_of, contacts_in, owner_of
from corpus.cdm_node import (
    Node,
    child,
    in_french,
    local,
    reference_of,
    said,
    title_of,
    value_of,
)
from corpus.cdm_terms import (
    BLOCK_TAGS,
    FACTS,
    HOLDERS,
    INLINE,
    OWN,
    SECTIONS,
    UNSAID,
    UNTITLED,
    spelled_label,
)

_LONGEST_FACT = 160  # characters; a longer value is a section
_DEEPEST = 6
_MOST_SECTIONS = 20_000
_MOST_UNITS = 4


class CdmPage:
    """Builds the page; `known` has persons, units, courses and programmes by their id."""

    def __init__(self, known: Mapping[str, Node]) -> None:
        from lxml import etree

        self._make = etree.Element
        self._known = known
        self.body = etree.Element("body")
        self._used: set[str] = set()
        self._count = 0
        self._institution = [
            ("Établissement" if owner_of(node) is None else "Composante", name)
            for node in known.values()
            if local(node) == "orgUnit" and (name := said(child(node, "orgUnitName")))
        ][:_MOST_UNITS]

    def programme(self, node: Node, depth: int = 1) -> None:
        """Add a programme or a course: its name, its key facts, its sections."""
        if depth > _DEEPEST or (identity := node.get("id")) in self._used:
            return
        if identity:
            self._used.add(identity)
        kind = local(node)
        self._add(f"h{depth}", said(child(node, f"{kind}Name")) or spelled_label(kind))
        facts = [*self._facts(node), *(self._institution if depth == 1 else ())]
        self._panel(facts)
        self._sections(node, depth + 1)
        structures = [part for part in node if local(part) == "programStructure"]
        for part in (each for holder in (node, *structures) for each in holder):
            if local(part) in ("subProgram", "program", "course"):
                inner = part if local(part) != "subProgram" else child(part, "program")
                self.programme(inner if inner is not None else part, depth + 1)
        self._referred(node, depth)

    def _referred(self, node: Node, depth: int) -> None:
        """Add the programmes and courses that a programme refers to, where they stand in it."""
        targets = [
            target
            for reference in node.iter()
            if local(reference) in ("refProgram", "refCourse")
            and (target := self._known.get(reference_of(reference))) is not None
            and local(target) in ("program", "course")
            and target.get("id") not in self._used
        ]
        courses = [target for target in targets if local(target) == "course"]
        for target in targets:
            if courses and target is courses[0]:
                self._add(f"h{min(depth + 1, 6)}", "Enseignements")
            self.programme(target, depth + (2 if local(target) == "course" else 1))

    def units(self, nodes: Iterable[Node], depth: int) -> None:
        """Add the units that a programme belongs to, each with its contact."""
        for unit in nodes:
            cards = cards_of(unit)
            told = cards or said(child(unit, "orgUnitDescription"))
            if unit.get("id") in self._used or not told:
                continue
            self._add(f"h{depth}", said(child(unit, "orgUnitName")))
            self._sections(unit, depth + 1, skip=("contacts",))
            for data in cards:
                self._card(None, data)

    def _facts(self, node: Node) -> Iterator[tuple[str, str]]:
        """Each key fact of a programme, in the order of the standard's table."""
        places = [node]
        for place in places:
            places.extend(part for part in place if local(part) in HOLDERS)
        for name, label in FACTS.items():
            values: list[str] = []
            for place in places:
                for each in place:
                    if local(each) == name and (value := value_of(each)) and value not in values:
                        values.append(value)
            if values and (whole := ", ".join(values)) and len(whole) <= _LONGEST_FACT:
                yield label, whole
        for each in node:
            if local(each) == "credits" and (load := each.get("totalWorkLoad")):
                yield "Charge de travail", f"{load} heures" if load.isdigit() else load

    def _sections(self, node: Node, depth: int, skip: tuple[str, ...] = ()) -> None:
        opened = ""
        for part in node:
            name = local(part)
            self._count += 1
            if not name or name in UNSAID or name in skip or self._count > _MOST_SECTIONS:
                continue
            if name == "contacts":
                self._contacts(part, depth)
            elif name in UNTITLED:
                self._sections(part, depth)
            elif name in FACTS and len(value_of(part)) <= _LONGEST_FACT:
                continue
            elif name in SECTIONS or name in FACTS:
                header = child(part, "header") if name == "infoBlock" else None
                label = said(header) or title_of(part) or SECTIONS.get(name) or FACTS[name]
                if not said(part) or (len(part) and all(local(each) in OWN for each in part)):
                    continue
                if label != opened:
                    self._add(f"h{min(depth, 6)}", label)
                    opened = label
                self._content(part, depth, header)
            elif name not in OWN and len(said(part)) > 2 * len(name):
                self._add(f"h{min(depth, 6)}", spelled_label(name))
                self._content(part, depth)

    def _content(self, part: Node, depth: int, header: Node | None = None) -> None:
        """What a section holds: sections of its own, facts, and blocks of text.

        A block of text inside a section is what the section says; `header` is its own title.
        """
        named = [each for each in part if local(each) in FACTS or local(each) in SECTIONS]
        own = [each for each in named if local(each) != "infoBlock"]
        facts = [(FACTS[local(each)], value_of(each)) for each in own if local(each) in FACTS]
        short = [(label, value) for label, value in facts if 0 < len(value) <= _LONGEST_FACT]
        # The programmes inside a programme's structure are read for themselves.
        own += [each for each in part if local(each) in ("program", "subProgram", "course")]
        blocks = [each for each in in_french(part) if each not in own and each is not header]
        text = (part.text or "") + (header.tail or "" if header is not None else "")
        if text.strip() or blocks:
            holder = self._add("div")
            holder.text = text
            self._blocks(blocks, holder, depth)
        if local(part) not in HOLDERS:
            self._panel(short)
        if any(local(each) in SECTIONS for each in own):
            self._sections(part, depth + 1)

    def _panel(self, facts: Sequence[tuple[str, str]]) -> None:
        panel = self._add("dl") if facts else None
        for label, value in facts:
            self._add("dt", label, panel)
            self._add("dd", value, panel)

    def _blocks(self, blocks: Iterable[Node], into: Node, depth: int = 5) -> None:
        for block in blocks:
            label = block.get("userDefined") if child(block, "header") is None else None
            value = said(block)
            inner = [each for each in block if local(each) == "subBlock"]
            if label and value and not inner and len(value) <= _LONGEST_FACT:
                panel = self._add("dl", None, into)
                self._add("dt", spelled_label(label), panel)
                self._add("dd", value, panel).tail = block.tail
                continue
            labelled = all(each.get("userDefined") for each in inner)
            title = spelled_label(label) if label and inner and not labelled else ""
            if title and title not in SECTIONS.values():
                self._add(f"h{min(depth + 1, 6)}", title, into)
            if local(block) not in UNSAID or local(block) == "webLink":
                self._block(block, into)

    def _block(self, block: Node, into: Node) -> None:
        """A block of text, its markup by the tags that say the same in HTML."""
        name = local(block)
        if not name:
            return
        if name == "webLink" or name == "ulink":
            self._link(block, into)
            return
        inline = name in INLINE
        made = self._add(BLOCK_TAGS.get(name, "span" if inline else "div"), None, into)
        made.text, made.tail = block.text, block.tail
        if name == "a" and block.get("href"):
            made.set("href", block.get("href"))
        if name == "email" and "@" in (block.text or ""):
            made.tag = "span"
        for span in ("rowspan", "colspan"):
            if block.get(span):
                made.set(span, block.get(span))
        self._blocks(in_french(block), made)

    def _link(self, link: Node, into: Node) -> None:
        href = said(child(link, "href")) or link.get("href") or link.get("url") or ""
        made = self._add("a", said(child(link, "linkName")) or href or said(link), into)
        made.set("href", href)
        made.tail = link.tail

    def _contacts(self, contacts: Node, depth: int) -> None:
        found = contacts_in(contacts, self._known)
        blocks = [each for each in in_french(contacts) if local(each) in ("subBlock", "p", "text")]
        if not found and not any(said(block) for block in blocks):
            return
        self._add(f"h{min(depth, 6)}", SECTIONS["contacts"])
        if blocks:
            self._blocks(blocks, self._add("div"))
        for owner, data in found:
            self._card(owner, data)

    def _card(self, owner: Node | None, data: Node) -> None:
        """A person or a unit with how to reach them, on one line."""
        if owner is not None and owner.get("id"):
            self._used.add(owner.get("id"))
        card = self._add("address")
        for line in card_of(owner, data):
            self._add("div", line, card)

    def _add(self, tag: str, text: str | None = None, into: Node | None = None) -> Node:
        made = self._make(tag)
        made.text = text
        (self.body if into is None else into).append(made)
        return made
