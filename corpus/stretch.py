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
from corpus.hidden import is_not_displayed, may_be_hidden
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
    return "\n".join(
        f"{'' if each.sure else '?'}{'+' if each.joined else ''}{each.fold or ''} {each.text}"
        for each in stretches
    )


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


def stretches_of(
    body: Node, panels: Container[Node], concealed: frozenset[str]
) -> tuple[Stretch, ...]:
    """The stretches of a page's whole body, in its order.

    `panels` are the parts that open at a click, `concealed` as in `corpus.hidden`.
    """
    gatherer = _Gatherer(panels, concealed, length_of(body) / 2)
    gatherer.block(body, sure=True, fold=0)
    return gatherer.finished()


class _Gatherer:
    """Goes through a page and grows its stretches."""

    def __init__(self, panels: Container[Node], concealed: frozenset[str], most: float) -> None:
        self._panels = panels
        self._concealed = concealed
        self._most = most  # characters of a pop-up
        self._found: list[Stretch] = []
        self._parts: list[str] = []
        self._state = (True, 0)  # of what is being gathered: whether it is sure, and its fold
        self._apart = True  # whether a space or a block parts it from what is found
        self._folds = 0

    def finished(self) -> tuple[Stretch, ...]:
        self._cut(apart=True)
        return tuple(self._found)

    def block(self, node: Node, *, sure: bool, fold: int) -> None:
        """Gather a node with its edges, without the text after it."""
        tag = node.tag
        if tag in _NO_TEXT:
            return
        if tag in ("br", "hr"):
            self._cut(apart=True)
            return
        if sure and self._is_doubtful(node):
            sure = False
        # The parser takes what follows a `wbr` for its content.
        plain = tag == "wbr" or (tag in _MANNERS and _is_flanked(node))
        apart = tag in BLOCKS or tag in _BOXES
        if plain:
            pass
        elif self._parts:
            self._cut(apart=apart)
        elif apart:
            self._apart = True
        gone = node not in self._panels and is_not_displayed(node)
        if gone or tag in _BOXES:
            self._found.append(Stretch("", sure=False))
        if gone:
            return
        if tag == "details" or node.get("hidden") == "until-found":
            self._folds += 1
            inner = self._folds
        else:
            inner = fold
        self._say(node.text, node, sure, inner)
        for child in node.children:
            # What is clicked is shown while the rest is folded away.
            told = fold if tag == "details" and child.tag == "summary" else inner
            self.block(child, sure=sure, fold=told)
            if child.tail:
                self._say(child.tail, node, sure, inner)
        if plain:
            pass
        elif self._parts:
            self._cut(apart=apart)
        elif apart:
            self._apart = True

    def _is_doubtful(self, node: Node) -> bool:
        if may_be_hidden(node, self._concealed, self._most):
            return True
        if node not in self._panels:
            return False
        return _OPEN.isdisjoint((node.get("class") or "").split())

    def _say(self, text: str | None, node: Node, sure: bool, fold: int) -> None:
        if not text:
            return
        if self._state != (sure, fold):
            self._cut(apart=False)
            self._state = (sure, fold)
        if node.tag != "pre":
            self._parts.append(text)
            return
        for at, line in enumerate(text.split("\n")):
            if at:
                self._cut(apart=True)
            self._parts.append(line)

    def _cut(self, *, apart: bool) -> None:
        """End the stretch that is being gathered."""
        if not self._parts:
            self._apart = self._apart or apart
            return
        whole = "".join(self._parts)
        self._parts.clear()
        if not whole.isspace() and (text := clean_line(whole)):
            joined = not (self._apart or whole[0].isspace())
            self._found.append(Stretch(text, self._state[0], joined, self._state[1]))
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
