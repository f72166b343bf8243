"""Facts in running text: lines and list items that read `Label : value`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.clean import folded
from corpus.element import Element, Fact, Items
from corpus.sentences import sentences
from corpus.vocabulary import is_label

LABEL_WORDS = 6
LABEL_LENGTH = 60
VALUE_LENGTH = 120
_FEWEST_IN_PANEL = 3
# Before a bare quantity (`Travaux dirigés de méthodes : 24 h`) a label may be a whole phrase.
_PHRASE_WORDS = 14
_PHRASE_LENGTH = 100
_QUANTITY = re.compile(r"[~≈<>+-]?\s?\d[\d\s.,/]*(?:\s?\S{1,10}){0,2}")

# A colon with a space on one side at least: not `10:30`, not `https://`.
_COLON = re.compile(r"\s:\s*(?!//)|:\s+|:(?=https?://)")

# Lines that point elsewhere say nothing of their own; they belong to the sentence before.
_POINTERS = re.compile(
    r"(?:pour )?(?:en savoir|plus d'info|voir|lien|consulter|cliquer|lire|telecharger|"
    r"more info|read more|see\b)"
)
_SENTENCE = re.compile(r"[.!?…]\s+\S|[.!?;]\s*$")


def fact_of(text: str) -> Fact | None:
    """The fact that a line states as `Label : value`, else nothing.

    The label has at most 6 words and 60 characters and the value at most 120 characters (a longer
    one is a sentence with a colon in it), unless the value is a bare quantity.
    """
    colon = _COLON.search(text)
    if not colon:
        return None
    label, value = text[: colon.start()].strip(" *_"), text[colon.end() :].strip()
    bare = len(value) <= 25 and bool(_QUANTITY.fullmatch(value))
    if not _is_label(label, phrase=bare) or not value or len(value) > VALUE_LENGTH:
        return None
    if _POINTERS.match(folded(label)) or value.endswith(":"):
        return None
    if len(value.split()) > 3 and _SENTENCE.search(value) and _opens_a_sentence(label):
        return None
    if len(sentences(value)) > 1:
        return None
    return Fact(label, value)


def list_of(items: Sequence[str], *, introduced: bool) -> tuple[Element, ...]:
    """A list as elements: facts where it is a panel of facts, else one list.

    A list that a sentence introduces stays whole: apart from that sentence its items would not
    say what they are. Only a panel of common key facts says so by itself (`Durée : 2 ans`).
    """
    facts = [fact_of(item) for item in items]
    stated = sum(1 for fact in facts if fact)
    enough = _is_panel(facts) if introduced else stated and stated * 4 >= len(items) * 3
    if not enough:
        return (Items(tuple(items)),)
    elements: list[Element] = []
    for item, fact in zip(items, facts, strict=True):
        if fact:
            elements.append(fact)
        elif elements and isinstance(elements[-1], Items):
            elements[-1] = Items((*elements[-1].items, item))
        else:
            elements.append(Items((item,)))
    return tuple(elements)


def _is_panel(facts: Sequence[Fact | None]) -> bool:
    common = sum(1 for fact in facts if fact and is_label(fact.label))
    return len(facts) >= _FEWEST_IN_PANEL and None not in facts and common * 2 >= len(facts)


def _is_label(label: str, *, phrase: bool) -> bool:
    return (
        0 < len(label) <= (_PHRASE_LENGTH if phrase else LABEL_LENGTH)
        and len(label.split()) <= (_PHRASE_WORDS if phrase else LABEL_WORDS)
        and any(c.isalpha() for c in label)
        and not label.endswith((".", "!", "?", ",", ";"))
        and not label.startswith(("http://", "https://", "«", '"'))
    )


def _opens_a_sentence(label: str) -> bool:
    """Whether the label opens a sentence (`Pour les candidatures en master : …`)."""
    return bool(re.match(r"(?:pour|en|dans|avec|si|a|au|aux|apres|avant|par)\b", folded(label)))
