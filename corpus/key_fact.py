"""Key facts in markup: a node that holds a label and its value, whatever its tags."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from corpus.clean import folded
from corpus.fact import LABEL_LENGTH, VALUE_LENGTH
from corpus.inline import Inline, lines_of
from corpus.markup import BLOCKS, HEADINGS, Node, has_text, word_set, words_of
from corpus.sentences import sentences
from corpus.stanza import joined
from corpus.vocabulary import Rank, is_label, rank

_LABELS = word_set("label libelle key cle intitule term terme legende legend caption dt")
_TITLES = word_set("title titre name nom heading")
_BOLD = frozenset(("strong", "b", "dt", "th"))
_INNER = frozenset(("table", "dl", "details", "form", *HEADINGS))
_LABEL_WORDS = 8
_MOST_LINES = 8
_UNLABELLED_LENGTH = 80  # characters of a value whose label is only a word in front of it
_FEWEST_IN_PANEL = 3


@dataclass(frozen=True, slots=True)
class KeyFact:
    """A label with the nodes of its value; `value` is empty when those are more than a value."""

    label: str
    value: str
    node: Node
    rest: tuple[Node, ...]


def marks_label(node: Node) -> bool:
    """Whether a node's class says that it is a label."""
    if any(name.startswith("field--label") for name in (node.get("class") or "").split()):
        return False  # Drupal's name for where the label of this field goes
    return node.tag == "dt" or not _LABELS.isdisjoint(words_of(node))


def value_of(lines: list[str]) -> str:
    """Some lines as the value of a label, empty when they are too much for one."""
    if not lines or len(lines) > _MOST_LINES or max(map(len, lines)) > VALUE_LENGTH * 2:
        return ""
    value = joined(line.lstrip(":").strip() for line in lines)
    long = len(value) > VALUE_LENGTH
    return "" if len(value) > VALUE_LENGTH * 2 or (long and len(sentences(value)) > 1) else value


def key_fact(node: Node, inline: Inline, *, in_panel: bool = False) -> KeyFact | None:
    """The label and value that a node is made of, if it is; `in_panel`: so are its neighbours."""
    at = _unwrapped(node)
    kids = [child for child in at if has_text(child)]
    if not kids or (at.text or "").strip() or len(kids) > _MOST_LINES + 1:
        return None
    first = kids[0]
    if first.tag in ("a", "ul", "ol", "table", "li"):
        return None
    label = inline.line(first, links=False).strip()
    colon = label.endswith(":")
    label = label.rstrip(" :")
    if not _fits(label):
        return None
    rest = tuple(kids[1:])
    parts = [first.tail or ""]
    for child in first.itersiblings():
        inline.gather(child, parts)
        parts.append(child.tail or "")
    lines = lines_of(part if part == "\n" else part.replace("\n", " ") for part in _kept(parts))
    if not lines:
        return None
    colon = colon or lines[0].startswith(":")
    simple = not any(inner.tag in _INNER for each in rest for inner in each.iter())
    value = value_of(lines) if simple else ""
    marked = marks_label(first)
    apart = first.tag in BLOCKS or _breaks(first) or (rest and rest[0].tag in BLOCKS)
    alone = not (first.tail or "").strip() and len(rest) == 1
    known = is_label(label)
    if first.tag in HEADINGS:
        short = value and len(lines) == 1 and len(value) <= _UNLABELLED_LENGTH
        fits = in_panel and short and not label.endswith("?") and not value.endswith((".", "!"))
    elif marked or (_is_bold(first) and colon):
        fits = bool(value) or (marked and bool(apart))
    elif _is_bold(first) and apart:
        fits = bool(value) and (known or in_panel)
    elif _is_bold(first):
        fits = bool(value) and _is_mere(value) and (known or in_panel)
    else:
        titled = not _TITLES.isdisjoint(words_of(first))
        fits = alone and bool(value) and (known or in_panel or (titled and colon))
        fits = fits and _is_mere(value) and (known or rank(label) is Rank.UNKNOWN)
    return KeyFact(label, value, first, rest) if fits else None


def is_panel_of_facts(nodes: list[Node], inline: Inline) -> bool:
    """Whether most of some neighbours are a label and its value, and some labels are common."""
    if len(nodes) < _FEWEST_IN_PANEL:
        return False
    found = [fact for node in nodes if (fact := key_fact(node, inline, in_panel=True))]
    known = sum(1 for fact in found if fact.value and is_label(fact.label))
    return len(found) * 3 >= len(nodes) * 2 and known * 3 >= len(found)


def _unwrapped(node: Node) -> Node:
    at = node
    for _ in range(4):
        kids = [child for child in at if has_text(child)]
        loose = (at.text or "").strip() or any((child.tail or "").strip() for child in at)
        if len(kids) != 1 or loose or kids[0].tag not in ("div", "p", "span", "li", "section"):
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
    kids = list(node)
    loose = (node.text or "").strip() or any((kid.tail or "").strip() for kid in kids)
    return len(kids) == 1 and not loose and _is_bold(kids[0])


def _breaks(node: Node) -> bool:
    below = node.getnext()
    inner = node[-1].tag == "br" and not (node[-1].tail or "").strip() if len(node) else False
    return inner or (below is not None and below.tag == "br" and not (node.tail or "").strip())


def _kept(parts: list[str]) -> list[str]:
    """Gathered parts, without the breaks that only follow one another."""
    return [part for part, after in pairwise([*parts, ""]) if part != "\n" or after != "\n"]


def same_text(one: str, other: str) -> bool:
    """Whether two labels say the same (case, accents and end marks aside)."""
    return folded(one).strip(" :?!.") == folded(other).strip(" :?!.")
