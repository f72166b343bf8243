"""Stanzas: a paragraph whose author broke it into lines, to elements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from corpus.cue import is_contact
from corpus.element import Element, Items, Paragraph
from corpus.fact import fact_of, list_of

_BULLET = re.compile(r"(?:[•‣▪▫◦●○■□➢➤►▶✓✔·∙⁃→]\s*|[–—*-]\s+)(?=\S)")
_POST = re.compile(r"(?:F-)?\d{5}\s+[A-ZÉÈ]")  # the last line of a postal address
_LINE_LENGTH = 80  # characters; a longer line is no part of a card
_NESTED_LENGTH = 300  # characters of an item with its sub-items on one line


def stanza(lines: Sequence[str], *, introduced: bool = False) -> list[Element]:
    """The elements of a paragraph of several lines: facts, a list, a card, or prose.

    `introduced`: the sentence before ends in a colon, so that the lines may be its list.
    """
    if len(lines) == 1:
        return [fact_of(lines[0]) or Paragraph(lines[0])]
    first = 0 if _BULLET.match(lines[0]) else 1
    if all(_BULLET.match(line) for line in lines[first:]):
        items = [unmarked(line) for line in lines[first:]]
        head: list[Element] = [fact_of(line) or Paragraph(line) for line in lines[:first]]
        introduced = introduced if not first else lines[0].endswith(":")
        return [*head, *list_of(items, introduced=introduced)]
    facts = [fact_of(line) for line in lines]
    if sum(1 for fact in facts if fact) * 2 >= len(lines):
        return [fact or Paragraph(line) for fact, line in zip(facts, lines, strict=True)]
    if all(len(line) <= _LINE_LENGTH for line in lines):
        if any(is_contact(line) or _POST.match(line) for line in lines):
            return [Paragraph(joined(lines))]
        if all(line.endswith((";", ",")) for line in lines[:-1]):
            return [Items(tuple(lines))]
    return [fact or Paragraph(line) for fact, line in zip(facts, lines, strict=True)]


def gathered(elements: Iterable[Element]) -> list[Element]:
    """The elements, with neighbouring paragraphs that each begin with a bullet as one list."""
    out: list[Element] = []
    held: list[str] = []

    def release() -> None:
        if len(held) == 1:
            out.append(Paragraph(unmarked(held[0])))
        elif held:
            last = out[-1] if out else None
            introduced = isinstance(last, Paragraph) and last.text.endswith(":")
            out.extend(list_of([unmarked(text) for text in held], introduced=introduced))
        held.clear()

    for element in elements:
        if isinstance(element, Paragraph) and _BULLET.match(element.text):
            held.append(element.text)
            continue
        release()
        out.append(element)
    release()
    return out


def unmarked(text: str) -> str:
    """A line without the bullet before it."""
    return _BULLET.sub("", text, count=1)


def joined(lines: Iterable[str]) -> str:
    """Short lines as one: a comma between, unless a line ends as a sentence or a label does."""
    whole = ""
    for line in lines:
        if whole and not whole.endswith((".", ":", ";", ",", "!", "?", "–", "-")):
            whole += ","
        whole += f" {line}" if whole else line
    return whole.rstrip(" ,")


def folded_item(item: str, below: Sequence[str]) -> list[str]:
    """An item with its sub-items on one line, or before each of them when that is too long."""
    if not below:
        return [item] if item else []
    head = item.rstrip(" :")
    if not head:
        return list(below)
    whole = f"{head} : {' ; '.join(entry.rstrip(' ;,') for entry in below)}"
    if len(whole) <= _NESTED_LENGTH:
        return [whole]
    return [f"{head} : {entry}" for entry in below]
