"""Leaves: the blocks of a page that have no blocks inside, and their lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from corpus.clean import folded
from corpus.day import changed_on
from corpus.element import Fact
from corpus.inline import Inline
from corpus.key_fact import marks_label
from corpus.markup import has_text, text_in, word_set
from corpus.nesting import Mark
from corpus.node import Node
from corpus.noise import is_noise, without_cloak

TITLE_LENGTH = 90  # characters of a line in bold, or so classed, that is a heading
_NOISE_LENGTH = 100
_BUTTON_LENGTH = 60

_TITLES = word_set("titre title heading soustitre subtitle")
_CARDS = word_set("card panel box section block bloc encadre")
_BUTTONS = word_set("btn button bouton cta")
_WRAPPERS = word_set("span font em u i big center p div")
_STEPS = word_set("step etape number numero num index")
_STEP = re.compile(r"\d{1,2}[.)]?")
_POINTER = re.compile(
    r"(?:telecharge[rz]|consulte[rz]|voir|accede[rz]|decouvr(?:ir|ez)|en savoir|lire|retour"
    r"|imprimer|plus d'info|toute?s? (?:les?|nos)|read|see|view|download|back)\b"
)
_SIZE = re.compile(
    r"\s*[(\[–-]?\s*(?:pdf\W{0,3})?\d[\d.,]*\s?(?:[kmg]?o|[kmg]b|octets)\s*[)\]]?", re.I
)
_PRICE = re.compile(r"\d[\d\s.,]*\s?(?:€|euros?|%)(?:\s?(?:/|par)\s?\w+)?")
_CREDIT = re.compile(r"^(?:credits?\b|photo\b|\(c\)|image\b|source ?:)|©|\b(?:photo|credit)s? ?:")
_PUBLISHED = re.compile(r"(?:Publiée? (?:le|dans|par) |Posted (?:on|in|by) |Catégories? ?:)")


def content_of(lines: Iterable[str]) -> list[str]:
    """The lines that are content: no furniture, no date of the page itself."""
    said = map(without_cloak, lines)
    return [line for line in said if any(map(str.isalnum, line)) and not _is_aside(line)]


def is_credit(line: str) -> bool:
    """Whether the text below a picture says who made it."""
    return bool(_CREDIT.search(folded(line)))


def title_mark(node: Node, line: str) -> Mark | None:
    """What shows that the only line of a leaf is a heading, if anything does."""
    if len(line) > TITLE_LENGTH or line.endswith((".", "!", ";", ",", ":")):
        return None
    words = node.words
    if node.tag in ("p", "div", "span", "legend") and (
        not _TITLES.isdisjoint(words) or ("header" in words and not _CARDS.isdisjoint(words))
    ):
        return Mark.CLASS
    return Mark.BOLD if is_bold(node) else None


def is_bold(node: Node) -> bool:
    """Whether all the text of a node is in bold."""
    if not node.children:
        return False
    kids = [child for child in node.children if has_text(child)]
    if len(kids) != 1 or (node.text or "").strip() or (kids[0].tail or "").strip():
        return False
    return kids[0].tag in ("strong", "b") or (kids[0].tag in _WRAPPERS and is_bold(kids[0]))


def is_pointer(node: Node, lines: Sequence[str]) -> bool:
    """Whether a leaf is only a link or button to elsewhere on the site, or a step's number."""
    if len(lines) != 1 or len(lines[0]) > _NOISE_LENGTH:
        return False
    if _STEP.fullmatch(lines[0]) and not _STEPS.isdisjoint(node.words):
        return True
    links = node.all(("a",))
    texts = [text_in(link) for link in links]
    if len(links) == 1 and texts[0] and _SIZE.fullmatch(lines[0].removeprefix(texts[0])):
        return True  # a file to download
    # With an address after it, the line has more to say.
    if not links or "".join(texts).replace(" ", "") != lines[0].replace(" ", ""):
        return False
    if all(map(is_noise, texts)) or (len(links) == 1 and _POINTER.match(folded(lines[0]))):
        return True
    buttons = all(not (link.words | node.words).isdisjoint(_BUTTONS) for link in links)
    return buttons and all(len(text) <= _BUTTON_LENGTH for text in texts)


def is_price(text: str) -> bool:
    """Whether a text is an amount of money or a share, and nothing else."""
    return bool(_PRICE.fullmatch(text))


def pairs_in(node: Node, inline: Inline) -> list[Fact]:
    """The facts of a line of labels and values, each in a node of its own."""
    kids = [child for child in node.children if has_text(child)]
    loose = (node.text or "").strip() or any((kid.tail or "").strip(" |•·-\n\t") for kid in kids)
    if loose or len(kids) < 4 or len(kids) % 2:
        return []
    if any(marks_label(kid) != (at % 2 == 0) for at, kid in enumerate(kids)):
        return []
    texts = [inline.line(kid) for kid in kids]
    return [
        Fact(label.rstrip(" :"), value)
        for label, value in zip(texts[::2], texts[1::2], strict=True)
    ]


def _is_aside(line: str) -> bool:
    if len(line) > _NOISE_LENGTH:
        return False
    return is_noise(line) or bool(_PUBLISHED.match(line)) or changed_on(line) is not None
