"""The sequence of roles in a run of short lines, between two paragraphs of a page.

Text copied from a page has lost what told headings, labels and values apart. One line rarely
settles it, their sequence does: a value needs a label above it, a heading something below. So
each line gets points for each role (`corpus.role`), each pair of neighbours for theirs, and the
best sequence wins (Viterbi, 1967), as a reader would weigh it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.cue import Cues, cues_of
from corpus.line import Line
from corpus.role import Place, Role, points, total
from corpus.vocabulary import Rank, is_division

LONGEST_RUN = 200  # lines weighed together; a longer run is no page but a register

_NEVER = -1000.0
_FEWEST_ITEMS = 3  # fewer lines without a sign are no list
_TRIALS = 4  # of the same run with ever fewer items


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


def roles(lines: Sequence[Line], around: Surroundings) -> tuple[Role, ...]:
    """The likeliest role of each line of a run of short lines."""
    places = _places(lines, around)
    no_items: set[int] = set()
    for _ in range(_TRIALS):
        found = _best(places, around, no_items)
        short = set() if around.introduced else _short_lists(lines, found)
        if short <= no_items:
            return found
        no_items |= short
    return _best(places, around, {at for at, line in enumerate(lines) if line.kind == "text"})


def _places(lines: Sequence[Line], around: Surroundings) -> list[Place]:
    cues = [cues_of(line) for line in lines]
    return [
        Place(
            line,
            cues[at],
            cues[at - 1] if at else None,
            lines[at + 1] if at + 1 < len(lines) else around.below,
            at + 1 == len(lines),
            around.capitals,
        )
        for at, line in enumerate(lines)
    ]


def _best(places: Sequence[Place], around: Surroundings, no_items: set[int]) -> tuple[Role, ...]:
    best: dict[Role, float] = {}
    came_from: list[dict[Role, Role]] = []
    for at, place in enumerate(places):
        gains = {role: points(role, place) for role in Role}
        if at in no_items:
            gains[Role.ITEM] = _NEVER
        if at == 0:
            best = {role: gain + _start(role, place, around) for role, gain in gains.items()}
            continue
        reached: dict[Role, float] = {}
        origins: dict[Role, Role] = {}
        for role, gain in gains.items():
            origins[role], reached[role] = max(
                (
                    (before, best[before] + _step(before, role, places[at - 1], place))
                    for before in Role
                ),
                key=lambda path: path[1],
            )
            reached[role] += gain
        came_from.append(origins)
        best = reached
    found = [max(Role, key=lambda role: best[role] + _end(role, around))]
    for origins in reversed(came_from):
        found.append(origins[found[-1]])
    return tuple(reversed(found))


def _start(role: Role, place: Place, around: Surroundings) -> float:
    if role is Role.VALUE:
        return _NEVER
    if role is Role.ITEM:
        return 1.5 if around.introduced else 0.0 if place.line.kind == "bullet" else _NEVER
    # What a colon announces is rarely a heading, least of all without a blank line.
    return -1.0 if around.introduced and role is Role.HEADING and not place.line.apart else 0.0


def _step(before: Role, role: Role, above: Place, place: Place) -> float:
    """The points of one role after another."""
    layout = _layout(before, role, above.line, place.line)
    return layout + _succession(before, role, above.cue, place)


def _succession(before: Role, role: Role, above: Cues, place: Place) -> float:
    cue = place.cue
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
            return 0.0 if place.line.kind == "bullet" else _NEVER
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

    They count where the page has such blocks; all lines apart, or none, tells nothing. Values may
    also stand further in than their labels, as browsers copy them.
    """
    if not line.apart and line.indent > above.indent:
        return total((3.0, before is Role.LABEL), (-2.0, before is Role.VALUE))
    if not line.apart and line.indent < above.indent:
        return total((-3.0, role is Role.VALUE), (1.5, role is Role.LABEL))
    if not above.apart and not line.apart:
        return total((2.0, before is role is Role.VALUE), (0.6, before is role is Role.ITEM))
    if above.apart and not line.apart:
        item = before is role is Role.ITEM
        return total((1.0, before is Role.LABEL), (0.5, before is Role.HEADING), (0.6, item))
    if not above.apart and line.apart:
        return total(
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


def _short_lists(lines: Sequence[Line], found: Sequence[Role]) -> set[int]:
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
    return short


def _are_alike(one: Cues, other: Cues) -> bool:
    """Lines of a series (`UE 1 Méthodes`, `UE 2 Terrain`): the same word first, and a number."""
    first, second = one.plain.split(), other.plain.split()
    return first[0] == second[0] and all(any(map(str.isdigit, c.plain)) for c in (one, other))
