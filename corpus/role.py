"""Roles: what the short lines between two paragraphs are, heading, label, value, item or text.

Text copied from a page has lost what told them apart. One line rarely settles it, their sequence
does: a value needs a label above it, a heading something below. So each line is given points for
each role and the best sequence wins (Viterbi, 1967), as a reader would weigh it. The points were
set by hand on invented pages; what matters is their order, not their decimals.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from corpus.cue import Cues, cues_of
from corpus.line import Line
from corpus.vocabulary import Rank, is_division


class Role(Enum):
    """What a short line is for its neighbours."""

    HEADING = "heading"
    LABEL = "label"
    VALUE = "value"
    ITEM = "item"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a run of short lines.

    `introduced`: the paragraph above ends with a colon, so that the run may begin with items.
    `below`: the paragraph or list that follows, nothing at the end of the text.
    `capitals`: the page writes its headings in capitals.
    """

    introduced: bool
    below: Line | None
    capitals: bool


_NEVER = -1000.0
_FEWEST_ITEMS = 3  # fewer lines without a sign are no list


def roles(lines: Sequence[Line], around: Surroundings) -> tuple[Role, ...]:
    """The likeliest role of each line of a run of short lines."""
    no_items: frozenset[int] = frozenset()
    while True:
        found = _best(lines, around, no_items)
        short = frozenset() if around.introduced else _short_lists(lines, found)
        if not short:
            return found
        no_items |= short


def _best(
    lines: Sequence[Line], around: Surroundings, no_items: frozenset[int]
) -> tuple[Role, ...]:
    cues = [cues_of(line) for line in lines]
    best: dict[Role, tuple[float, tuple[Role, ...]]] = {}
    for at, line in enumerate(lines):
        reached: dict[Role, tuple[float, tuple[Role, ...]]] = {}
        for role in Role:
            gain = _points(role, lines, cues, at, around)
            if role is Role.ITEM and at in no_items:
                gain = _NEVER
            if not best:
                reached[role] = (gain + _start(role, line, around), (role,))
                continue
            reached[role] = max(
                (
                    (
                        total
                        + gain
                        + _step(before, role, line, cues[at - 1 : at + 1])
                        + _layout(before, role, lines[at - 1], line),
                        (*path, role),
                    )
                    for before, (total, path) in best.items()
                ),
                key=lambda reach: reach[0],
            )
        best = reached
    ends = [(total + _end(role, around), path) for role, (total, path) in best.items()]
    return max(ends, key=lambda reach: reach[0])[1]


def _points(
    role: Role, lines: Sequence[Line], cues: Sequence[Cues], at: int, around: Surroundings
) -> float:
    line, cue = lines[at], cues[at]
    above = cues[at - 1] if at else None
    below = lines[at + 1] if at + 1 < len(lines) else around.below
    bullet = line.kind == "bullet"
    over_indented = below is not None and below.kind == "text" and below.indent > line.indent
    repeats = above is not None and above.plain == cue.plain
    match role:
        case Role.HEADING:
            return _sum(
                (3.0, cue.common),
                (1.5, cue.division),
                (1.5, cue.division and cue.words <= 2),
                (1.0, cue.question),
                (1.5, cue.capitals),
                (2.0, cue.capitals and around.capitals),
                (4.0, bullet and over_indented and at + 1 == len(lines)),
                (-3.0, bullet),
                (-3.0, repeats),
                (-2.0, cue.comma),
                (-1.0, cue.words > 10),
                (-3.0, cue.lower),
                (-4.0, cue.ended),
                (-1.5, cue.verb and not cue.question),
                (-1.0, cue.label and not cue.common),
                (-1.5, cue.person),
                (-1.0, line.indent > 1),
                (-1.0, not line.apart),
                # The last line of a block has what it heads in that block, above it.
                (-1.5, not line.apart and below is not None and below.apart),
            ) - max(0.0, cue.value - 0.5)
        case Role.LABEL:
            return -0.8 + _sum(
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
                (-3.0, cue.capitals and around.capitals),
            )
        case Role.VALUE:
            return (
                -0.5
                + cue.value
                + _sum(
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
            return -0.8 + _sum(
                (1.0, cue.words >= 8),
                (2.0, cue.ended),
                (1.5, cue.verb),
                (2.0, above is not None and above.question),
                (-2.0, cue.words <= 4),
                (-1.0, cue.words <= 2 or cue.contact),
                (-2.0, cue.common),
                (-1.0, bullet),
            )
        case Role.ITEM:
            if bullet:
                return 1.5
            return 0.4 - _sum(
                (3.0, cue.common), (0.3, line.apart), (2.0, cue.division and cue.words <= 2)
            )


def _start(role: Role, line: Line, around: Surroundings) -> float:
    if role is Role.VALUE:
        return _NEVER
    if role is Role.ITEM:
        return 1.5 if around.introduced else 0.0 if line.kind == "bullet" else _NEVER
    # What a colon announces is rarely a heading, least of all without a blank line.
    return -1.0 if around.introduced and role is Role.HEADING and not line.apart else 0.0


def _step(before: Role, role: Role, line: Line, cues: Sequence[Cues]) -> float:
    """The points of one role after another; `cues` are those of both lines."""
    above, cue = cues
    match before, role:
        case Role.LABEL, Role.VALUE:
            return -3.0 if _are_alike(above, cue) else 0.0
        case Role.VALUE, Role.LABEL:
            return 0.7 if cue.label else -1.0  # key facts come in panels
        case Role.VALUE, Role.VALUE:
            # A person, an office, a telephone number: one label over several lines.
            return -0.8 if cue.contact or cue.place or cue.person else -2.5
        case (Role.LABEL, _) | (_, Role.VALUE):
            return _NEVER
        case Role.ITEM, Role.ITEM:
            return 0.6 if _are_alike(above, cue) else 0.3
        case Role.HEADING, Role.ITEM:
            return 0.0
        case _, Role.ITEM:
            return 0.0 if line.kind == "bullet" else _NEVER
        case Role.HEADING, Role.TEXT:
            return 1.5
        case Role.HEADING, Role.LABEL:
            return 0.5
        case Role.HEADING, Role.HEADING if not above.common and not above.division:
            # A heading of no common name with nothing below it would be lost to the reader.
            return -2.0 if cue.rank >= Rank.LEAF else -0.3
    return 0.0


def _layout(before: Role, role: Role, above: Line, line: Line) -> float:
    """The points for standing in one block of lines, or on both sides of the blank below it.

    They count where the page has such blocks; all lines apart, or none, tells nothing.
    """
    if not above.apart and not line.apart:
        return _sum((2.0, before is role is Role.VALUE))
    if above.apart and not line.apart:
        return _sum((1.0, before is Role.LABEL), (0.5, before is Role.HEADING))
    if not above.apart and line.apart:
        return _sum(
            (-2.0, before is Role.LABEL or role in (Role.VALUE, Role.ITEM)),
            (0.5, role in (Role.LABEL, Role.HEADING)),
        )
    return 0.0


def _end(role: Role, around: Surroundings) -> float:
    if role is Role.LABEL:
        return _NEVER
    if role is Role.HEADING:
        return 1.5 if around.below else -2.0
    return 0.0


def _short_lists(lines: Sequence[Line], found: Sequence[Role]) -> frozenset[int]:
    """The places of items without a sign that are too few to be a list."""
    short: set[int] = set()
    run: list[int] = []
    for at in range(len(lines) + 1):
        if at < len(lines) and found[at] is Role.ITEM and lines[at].kind == "text":
            run.append(at)
            continue
        below_division = bool(run) and run[0] > 0 and is_division(lines[run[0] - 1].text)
        if len(run) < (2 if below_division else _FEWEST_ITEMS):
            short.update(run)
        run = []
    return frozenset(short)


def _are_alike(one: Cues, other: Cues) -> bool:
    """Lines of a series (`UE 1 Méthodes`, `UE 2 Terrain`): the same word first, and a number."""
    first, second = one.plain.split(), other.plain.split()
    return first[0] == second[0] and all(any(map(str.isdigit, c.plain)) for c in (one, other))


def _share_a_word(label: str, value: str) -> bool:
    """`Type de contrat`, `Contrat d'apprentissage`: the value takes up the label's word."""
    of_label = set(re.findall(r"\w{5,}", label))
    return any(word in of_label for word in re.findall(r"\w{5,}", value)[:2])


def _sum(*points: tuple[float, bool]) -> float:
    return sum(gain for gain, holds in points if holds)
