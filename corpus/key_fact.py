"""Key facts in markup: a node that holds a label and its value, whatever its tags."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.clean import folded
from corpus.fact import LABEL_LENGTH, VALUE_LENGTH
from corpus.inline import Inline
from corpus.markup import BLOCKS, HEADINGS, has_text, loose_text, short_text, word_set
from corpus.node import Node
from corpus.sentences import sentences
from corpus.stanza import joined
from corpus.vocabulary import Rank, is_label, rank

_LABELS = word_set("label libelle key cle intitule term terme legende legend caption dt")
_TITLES = word_set("title titre name nom heading")
_BOLD = frozenset(("strong", "b", "dt", "th"))
_INNER = frozenset(("table", "dl", "details", "form", *HEADINGS))
_NO_LABEL = word_set("a ul ol table li dl")
_NO_FIGURE = tuple(_INNER - set(HEADINGS))
_WRAPPERS = word_set("div p span li section")
_EMPTY = word_set("i img span svg br a div")  # that may be an icon before a label
_LABEL_WORDS = 8
_MOST_CHILDREN = 24
_MARKUP_LENGTH = 4 * LABEL_LENGTH  # characters of a label, as indented in the file
_MOST_LINES = 8
# A number set large, with what it counts in small above or below it.
_FIGURE = re.compile(r"[+≈~><]?\s?\d[\d\s.,]*\s?(?:%|€|k€|h|heures|ans|mois|jours|semaines)?")
_COUNTED_LENGTH, _STEPS = 60, 20  # characters; numbers up to which it may be that of a step
_UNLABELLED_LENGTH = 80  # characters of a value whose label is only a word in front of it


@dataclass(frozen=True, slots=True)
class KeyFact:
    """A label with the nodes of its value; `value` is empty when those are more than a value."""

    label: str
    value: str
    node: Node
    rest: tuple[Node, ...]


def marks_label(node: Node) -> bool:
    """Whether a node's class says that it is a label."""
    if node.tag == "dt":
        return True
    if _LABELS.isdisjoint(node.words):
        return False
    # The last word counts: `info-label` is a label, `label-inline` and `key-figure` are not.
    names = (name for name in (node.get("class") or "").lower().split())
    return any(re.split(r"[\W_]+", name.rstrip("_-"))[-1] in _LABELS for name in names)


def value_of(lines: list[str]) -> str:
    """Some lines as the value of a label, empty when they are too much for one."""
    if not lines or len(lines) > _MOST_LINES or max(map(len, lines)) > VALUE_LENGTH * 2:
        return ""
    value = joined(line.lstrip(":").strip() for line in lines)
    long = len(value) > VALUE_LENGTH
    if long and any(line.endswith(".") for line in lines[:-1]):
        return ""
    return "" if len(value) > VALUE_LENGTH * 2 or (long and len(sentences(value)) > 1) else value


def key_fact(node: Node, inline: Inline, *, in_panel: bool = False) -> KeyFact | None:
    """The label and value that a node is made of, if it is; `in_panel`: so are its neighbours."""
    at = _unwrapped(node)
    if at is None or len(at.children) > _MOST_CHILDREN:
        return None
    first = next((child for child in at.children if has_text(child)), None)
    if first is None or first.tag in _NO_LABEL:
        return None
    if not short_text(first, _MARKUP_LENGTH):
        return None
    if counted := _counted(at, first, inline):
        return counted
    if first.tag in HEADINGS and not in_panel:
        return None
    label = inline.line(first, links=False).strip()
    colon = label.endswith(":")
    label = label.rstrip(" :")
    if not _fits(label):
        return None
    marked, bold, known = marks_label(first), _is_bold(first), is_label(label)
    titled = not _TITLES.isdisjoint(first.words)
    if not (marked or bold or known or in_panel or (titled and colon)):
        return None
    rest = tuple(child for child in first.following() if has_text(child))
    if len(rest) > _MOST_LINES or any(map(marks_label, rest)):
        return None
    simple = not any(each.first(_INNER) is not None for each in rest)
    if not simple and first.tag in HEADINGS:
        return None
    lines = inline.lines_after(first)
    if not lines:
        return None
    colon = colon or lines[0].startswith(":")
    value = value_of(lines) if simple else ""
    apart = first.tag in BLOCKS or _breaks(first) or (rest and rest[0].tag in BLOCKS)
    mere = bool(value) and _is_mere(value)
    if first.tag in HEADINGS:
        fits = mere and len(lines) == 1 and not label.endswith("?")
    elif marked or (bold and colon):
        fits = bool(value) or (marked and bool(apart))
    elif bold:
        fits = (bool(value) if apart else mere) and (known or in_panel)
    else:
        alone = not (first.tail or "").strip() and len(rest) == 1
        fits = alone and mere and (known or rank(label) is Rank.UNKNOWN)
    return KeyFact(label, value, first, rest) if fits else None


def _counted(at: Node, first: Node, inline: Inline) -> KeyFact | None:
    """A number and what it counts, in this order or the other, each in a node of its own."""
    rest = [child for child in first.following() if has_text(child)]
    if len(rest) != 1 or not (_begins(first).isdigit() or _begins(rest[0]).isdigit()):
        return None
    if loose_text(at) or not short_text(rest[0], _MARKUP_LENGTH) or rest[0].tag in _NO_LABEL:
        return None
    if first.tag not in BLOCKS and rest[0].tag not in BLOCKS:
        return None  # one after the other on a line they are a phrase
    if rest[0].first(_NO_FIGURE) is not None:
        return None
    texts = [inline.line(node, links=False).strip() for node in (first, rest[0])]
    for number, said in (texts, texts[::-1]):
        if _FIGURE.fullmatch(number) and _is_counted(said, number):
            return KeyFact(said.rstrip(" :"), number, first, tuple(rest))
    return None


def _begins(node: Node) -> str:
    """The first character of a node's text that is no sign."""
    for each in node.within():
        if text := (each.text or "").strip(" \t\n+≈~><"):
            return text[0]
    return ""


def _is_counted(said: str, number: str) -> bool:
    if not 3 <= len(said) <= _COUNTED_LENGTH or not said[0].isalpha() or said.endswith((".", "?")):
        return False
    # `1`, `Je dépose mon dossier` is a step; `14`, `étudiants par promotion` is none.
    return said[0].islower() or not number.isdigit() or int(number) > _STEPS


def is_panel_of_facts(facts: Sequence[KeyFact | None]) -> bool:
    """Whether most of some neighbours are a label and its value, and some labels are common."""
    found = [fact for fact in facts if fact]
    known = sum(1 for fact in found if fact.value and is_label(fact.label))
    return len(found) * 3 >= len(facts) * 2 and known * 3 >= len(found) > 0


def are_pairs(nodes: Sequence[Node]) -> bool:
    """Whether some neighbours are all two short texts, of one class and of another."""
    if len({(node.tag, node.get("class")) for node in nodes}) != 1:
        return False
    kinds: set[tuple[str | None, ...]] = set()
    for node in nodes:
        kids = node.children
        if len(kids) != 2 or loose_text(node) or any(k.children or not has_text(k) for k in kids):
            return False
        kinds.add(tuple(kid.get("class") for kid in kids))
    first, second = next(iter(kinds))
    return len(kinds) == 1 and None not in (first, second) and first != second


def _unwrapped(node: Node) -> Node | None:
    """The node inside that has several parts, nothing when text stands before them."""
    at = node
    for _ in range(4):
        if not at.children or (at.text and not at.text.isspace()):
            return None
        if len(at.children) > 1 and at.children[0].tag not in _EMPTY:
            return at
        kids = [child for child in at.children if has_text(child)]
        if len(kids) != 1 or loose_text(at) or kids[0].tag not in _WRAPPERS:
            break
        at = kids[0]
    return at


def _fits(label: str) -> bool:
    return (
        1 < len(label) <= LABEL_LENGTH
        and len(label.split()) <= _LABEL_WORDS
        and any(map(str.isalpha, label))
        and not label.endswith((".", "!", ",", ";", "…"))
    )


def _is_mere(value: str) -> bool:
    """Whether a value goes without a sentence of its own."""
    return len(value) <= _UNLABELLED_LENGTH and not value.endswith((".", "!", ";"))


def _is_bold(node: Node) -> bool:
    if node.tag in _BOLD:
        return True
    kids = node.children
    return len(kids) == 1 and not loose_text(node) and _is_bold(kids[0])


def _breaks(node: Node) -> bool:
    below = node.next
    if node.children:
        last = node.children[-1]
        if last.tag == "br" and not (last.tail or "").strip():
            return True
    return bool(below is not None and below.tag == "br" and not (node.tail or "").strip())


def same_text(one: str, other: str) -> bool:
    """Whether two labels say the same (case, accents and end marks aside)."""
    return folded(one).strip(" :?!.") == folded(other).strip(" :?!.")
