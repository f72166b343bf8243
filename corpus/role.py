"""Roles: what a short line of a page may be for its neighbours, and how much it looks the part.

The points were set by hand on invented pages; what matters is their order, not their decimals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from corpus.cue import Cues
from corpus.line import Line


class Role(Enum):
    """What a short line is for its neighbours."""

    HEADING = "heading"
    LABEL = "label"
    VALUE = "value"
    ITEM = "item"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Place:
    """A line where it stands: its cues, those of the line above, the line below.

    `last`: it is the last of its run, so that a paragraph, a list or nothing follows.
    `capitals`: the page writes its headings in capitals.
    """

    line: Line
    cue: Cues
    above: Cues | None
    below: Line | None
    last: bool
    capitals: bool


def points(role: Role, place: Place) -> float:
    """How much the line looks like one of that role."""
    line, cue, above, below = place.line, place.cue, place.above, place.below
    bullet = line.kind == "bullet"
    over_indented = below is not None and below.kind == "text" and below.indent > line.indent
    repeats = above is not None and above.plain == cue.plain
    match role:
        case Role.HEADING:
            return total(
                (3.0, cue.common),
                (1.5, cue.division),
                (1.5, cue.division and cue.words <= 2),
                (1.0, cue.question),
                (1.5, cue.capitals),
                (2.0, cue.capitals and place.capitals),
                (4.0, bullet and over_indented and place.last),
                (-3.0, bullet),
                (-3.0, repeats),
                (-2.0, cue.comma),
                (-1.0, cue.words > 10),
                (-3.0, cue.lower),
                (-4.0, cue.ended),
                (-1.5, cue.verb and not cue.question),
                (-1.0, cue.label and not cue.common),
                (-1.5, cue.person),
                (-3.0, cue.contact),
                (-1.0, line.indent > 1),
                (-1.0, not line.apart),
                # The last line of a block has what it heads in that block, above it.
                (-1.5, not line.apart and below is not None and below.apart),
            ) - max(0.0, cue.value - 0.5)
        case Role.LABEL:
            return -0.8 + total(
                (3.0, cue.label),
                (2.5, bullet and over_indented),
                (1.0, repeats),
                (-3.0, cue.value >= 2.5 and not cue.label),
                (-1.5, cue.words > 6),
                (-2.0, cue.comma),
                (-6.0, cue.question),
                (-4.0, cue.ended),
                (-1.0, cue.lower),
                (-5.0, cue.person),
                (-3.0, cue.capitals and place.capitals),
            )
        case Role.VALUE:
            return (
                -0.5
                + cue.value
                + total(
                    (1.0, cue.verdict and cue.words <= 3),
                    (1.5, above is not None and _share_a_word(above.plain, cue.plain)),
                    (0.7, line.indent > 1),
                    (-3.0, cue.common),
                    (-3.0, cue.question),
                    (-2.0, cue.capitals and cue.value < 1),
                    (-4.0, bullet),
                )
            )
        case Role.TEXT:
            return -0.8 + total(
                (1.0, cue.words >= 8),
                (2.0, cue.ended),
                (1.5, cue.verb),
                (2.0, above is not None and above.question),
                (-2.0, cue.words <= 4 and not cue.contact),
                (-1.0, cue.words <= 2 or cue.contact),
                (-2.0, cue.common),
                (-1.0, bullet),
            )
        case Role.ITEM:
            if bullet:
                return 1.5
            return 0.4 - total(
                (3.0, cue.common), (0.3, line.apart), (2.0, cue.division and cue.words <= 2)
            )


def total(*points: tuple[float, bool]) -> float:
    """The sum of the points whose condition holds."""
    return sum(gain for gain, holds in points if holds)


def _share_a_word(label: str, value: str) -> bool:
    """`Type de contrat`, `Contrat d'apprentissage`: the value takes up the label's word."""
    of_label = set(re.findall(r"\w{5,}", label))
    return any(word in of_label for word in re.findall(r"\w{5,}", value)[:2])
