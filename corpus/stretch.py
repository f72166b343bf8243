"""Stretches: the text of a web page as a browser shows and searches it.

A browser finds words only where nothing comes between them: not across the edge of a block, a line
break or a box in the line. A stretch is text without any such edge; a document that was read from
a page keeps the stretches of the whole page, menus included, to know what can be linked to.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass

from corpus.clean import clean_line
from corpus.hidden import UNSURE, Hidden, is_not_displayed, may_be_hidden
from corpus.markup import BLOCKS, length_of, word_set
from corpus.node import Node

# Never text of a page, whatever styles say.
_NO_TEXT = word_set("script style template head title meta link base")
# In a line, these only change how text looks; anything else may be a box of its own.
_MANNERS = word_set(
    "abbr acronym b bdi bdo big cite code dfn em font i ins mark s small strike strong sub sup "
    "tt u var"
)
# Shown as a box that is no text, which ends what can be searched.
_BOXES = word_set("audio canvas embed iframe input meter object progress select svg textarea video")
_APART = BLOCKS | _BOXES
_OPEN = word_set("active show shown in open opened is-active is-open current expanded")
_RECORD = re.compile(r"([?]?)([+]?)(\d*) (.*)", re.S)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text that a browser searches as one piece.

    `sure`: it is shown when the page opens, as far as the page tells. `joined`: no space or block
    parts it from the stretch before. `fold`: the number of the `details` that it lies in, else 0.
    """

    text: str
    sure: bool = True
    joined: bool = False
    fold: int = 0


def dumped(stretches: Iterable[Stretch]) -> str:
    """Stretches as one text that `parsed` reads: a line each."""
    return "\n".join(_line(each.text, each.sure, each.joined, each.fold) for each in stretches)


def parsed(text: str) -> tuple[Stretch, ...]:
    """The stretches that `dumped` wrote; raises `ValueError` for any other text."""
    found: list[Stretch] = []
    for line in text.split("\n") if text else ():
        record = _RECORD.fullmatch(line)
        if record is None:
            raise ValueError(f"{line[:40]!r} is no stretch of a page")
        unsure, joined, fold, words = record.groups()
        found.append(Stretch(words, not unsure, bool(joined), int(fold or 0)))
    return tuple(found)


def shown_text(body: Node, panels: Container[Node], hidden: Hidden) -> str:
    """The stretches of a page's whole body, in its order, as `dumped` writes them.

    `panels` are the parts that open at a click.
    """
    most = length_of(body) / 2 if hidden.popups else 0
    gatherer = _Gatherer(panels, hidden, most)
    gatherer.block(body, True, 0)
    return gatherer.finished()


def _line(text: str, sure: bool, joined: bool, fold: int) -> str:
    return f"{'' if sure else '?'}{'+' if joined else ''}{fold or ''} {text}"


class _Gatherer:
    """Goes through a page and grows its stretches."""

    def __init__(self, panels: Container[Node], hidden: Hidden, most: float) -> None:
        self._panels = panels
        self._hidden = hidden
        self._most = most  # characters of a pop-up
        self._lines: list[str] = []
        self._parts: list[str] = []
        self._sure = True  # what is being gathered
        self._fold = 0  # that it lies in
        self._apart = True  # whether a space or a block parts it from what is found
        self._folds = 0

    def finished(self) -> str:
        self._cut(apart=True)
        return "\n".join(self._lines)

    def block(self, node: Node, sure: bool, fold: int) -> None:
        """Gather a node with its edges, without the text after it."""
        tag = node.tag
        if tag in _NO_TEXT:
            return
        if tag in ("br", "hr"):
            self._cut(apart=True)
            return
        gone = False
        if node.attributes or tag in UNSURE or node in self._panels:
            sure = sure and not self._is_doubtful(node)
            gone = node not in self._panels and is_not_displayed(node)
        # The parser takes what follows a `wbr` for its content.
        plain = tag == "wbr" or (tag in _MANNERS and _is_flanked(node))
        apart = tag in _APART
        if plain:
            pass
        elif self._parts:
            self._cut(apart=apart)
        elif apart:
            self._apart = True
        if gone or tag in _BOXES:
            self._lines.append(_line("", False, False, 0))
        if gone:
            return
        inner = fold
        if tag == "details" or node.get("hidden") == "until-found":
            self._folds += 1
            inner = self._folds
        if node.text:
            self._say(node.text, tag, sure, inner)
        for child in node.children:
            # What is clicked is shown while the rest is folded away.
            told = fold if tag == "details" and child.tag == "summary" else inner
            self.block(child, sure, told)
            if child.tail:
                self._say(child.tail, tag, sure, inner)
        if plain:
            pass
        elif self._parts:
            self._cut(apart=apart)
        elif apart:
            self._apart = True

    def _is_doubtful(self, node: Node) -> bool:
        if may_be_hidden(node, self._hidden, self._most):
            return True
        if node not in self._panels:
            return False
        return _OPEN.isdisjoint((node.get("class") or "").split())

    def _say(self, text: str, tag: str, sure: bool, fold: int) -> None:
        if self._sure != sure or self._fold != fold:
            self._cut(apart=False)
            self._sure, self._fold = sure, fold
        if tag == "pre":
            for at, line in enumerate(text.split("\n")):
                if at:
                    self._cut(apart=True)
                self._parts.append(line)
        elif not self._parts and text.isspace():
            self._apart = True
        else:
            self._parts.append(text)

    def _cut(self, *, apart: bool) -> None:
        """End the stretch that is being gathered."""
        if self._parts:
            whole = "".join(self._parts)
            self._parts.clear()
            if text := clean_line(whole):
                joined = not (self._apart or whole[0].isspace())
                self._lines.append(_line(text, self._sure, joined, self._fold))
                self._apart = whole[-1].isspace()
            elif whole:
                self._apart = True
        self._apart = self._apart or apart


def _is_flanked(node: Node) -> bool:
    """Whether text stands right before and right after a node, so that it lies in a line."""
    return _has_text_before(node) and _has_text_after(node)


def _has_text_before(node: Node) -> bool:
    if (before := node.previous) is not None:
        return bool((before.tail or "").strip())
    above = node.parent
    if above is None or (above.text or "").strip():
        return above is not None
    return above.tag in _MANNERS and _has_text_before(above)


def _has_text_after(node: Node) -> bool:
    if (node.tail or "").strip():
        return True
    above = node.parent
    if above is None or node.next is not None:
        return False
    return above.tag in _MANNERS and _has_text_after(above)
