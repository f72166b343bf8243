"""Places: where the words of a document stand on the page that it was read from.

A document says again what its page shows, not in the same shape: a table's row repeats the titles
of its columns, a link is followed by its address, and menus are left out. So a run of a document is
sought on the page piece by piece, and where it is found several times, its neighbours decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.page import Page, letters_of
from corpus.document import Block, Document

Place = tuple[int, int]
"""The numbers of the first and the last word of the page."""

_NEAR = 60  # letters from the end of one piece to the next
_GAP = 40  # letters of the page between two words of a piece, which the reader left out
_MOST = 200  # places that are looked at
_HEAD = 3  # words of a piece by which a place of it is found
_AROUND = 300  # characters of the document that are compared with what is around a place
_ADDRESS = re.compile(r"\((?:https?://\S+|\S+@\S+|\+?[\d .]{6,})\)[.,;:]?")


def place_of(page: Page, document: Document, start: int, end: int) -> Place | None:
    """Where `text[start:end]` of the document stands on the page; none where that is not sure."""
    pieces = list(_pieces(document, start, end))
    if not pieces:
        return None
    found: dict[int, Place] = {}
    for place in _in_order(page, pieces[0], 0, None):
        whole = _continued(page, place, pieces[1:])
        if whole is not None:
            found.setdefault(whole[0], whole)
        if len(found) >= _MOST:
            break
    return _chosen(page, document, (start, end), sorted(found.values()))


def _pieces(document: Document, start: int, end: int) -> Iterator[tuple[str, ...]]:
    """The pieces of a run, each in the wordings that the page may have for it."""
    for section in document.sections:
        for block in section.blocks:
            if block.start < end and block.end > start:
                run = document.text[max(start, block.start) : min(end, block.end)]
                yield from _of_block(block, run)


def _of_block(block: Block, run: str) -> Iterator[tuple[str, ...]]:
    if block.kind == "prose":
        parts, labelled = [run], False
    elif block.kind == "list":
        parts, labelled = [line.removeprefix("- ") for line in run.split("\n")], True
    else:
        parts, labelled = (run.split(" ; ") if block.kind == "row" else [run]), block.kind == "row"
    for part in parts:
        _, sign, value = part.partition(" : ")
        if letters_of(part):
            # A column's title, or what introduces a list, stands elsewhere on the page.
            yield (part, value) if labelled and sign and letters_of(value) else (part,)


def _in_order(page: Page, wordings: Sequence[str], start: int, end: int | None) -> Iterator[Place]:
    """Where a piece stands, by the first of its wordings that is found."""
    for wording in wordings:
        limit = None if end is None else end + len(letters_of(wording))
        found = False
        # A label that stands elsewhere must not be found there.
        for place in _places(page, wording, start, limit, gaps=wording == wordings[-1]):
            found = True
            yield place
        if found:
            return


def _continued(page: Page, place: Place, pieces: Sequence[tuple[str, ...]]) -> Place | None:
    """A place with the pieces that follow it, if they do."""
    first, last = place
    for wordings in pieces:
        begins = page.words[last].last
        following = next(_in_order(page, wordings, begins, begins + _NEAR), None)
        if following is None:
            return None
        last = following[1]
    return first, last


def _places(page: Page, piece: str, start: int, end: int | None, *, gaps: bool) -> Iterator[Place]:
    """Where a wording stands between two places of the letters, at best word for word."""
    exact = False
    for place in page.places(letters_of(piece), start, end):
        exact = True
        yield place
    if exact or not gaps:
        return
    addresses = {at for found in _ADDRESS.finditer(piece) for at in range(*found.span())}
    words = [
        (said, found.start() in addresses)
        for found in re.finditer(r"\S+", piece)
        if (said := letters_of(found[0]))
    ]
    head = words[: min(_HEAD, len(words) - 1)]
    if not head or any(skipped for _, skipped in head):
        return
    limit = None if end is None else end + 2 * _GAP
    for first, last in page.places("".join(said for said, _ in head), start, limit):
        whole = _with_gaps(page, last, words[len(head) :])
        if whole is not None:
            yield first, whole


def _with_gaps(page: Page, last: int, words: Sequence[tuple[str, bool]]) -> int | None:
    """The last word of a piece whose words stand on the page with others between them."""
    gone = 0
    for said, optional in words:
        begins = page.words[last].last
        place = next(page.places(said, begins, begins + len(said) + _GAP), None)
        if place is None and not optional:
            return None
        if place is not None:
            gone += page.words[place[0]].first - begins
            last = place[1]
    return last if gone <= 2 * _GAP else None


def _chosen(
    page: Page, document: Document, run: tuple[int, int], places: Sequence[Place]
) -> Place | None:
    """The place whose neighbours are those of the run in its document, one that is shown first."""
    shown = [each for each in places if all(page.words[number].usable for number in each)]
    places = shown or places
    if len(places) < 2:
        return places[0] if places else None
    before = letters_of(document.text[max(0, run[0] - _AROUND) : run[0]])
    after = letters_of(document.text[run[1] : run[1] + _AROUND])
    scores = [
        _alike(before[::-1], page.letters[max(0, begins - _AROUND) : begins][::-1])
        + _alike(after, page.letters[ends : ends + _AROUND])
        for begins, ends in (
            (page.words[first].first, page.words[last].last) for first, last in places
        )
    ]
    best = max(scores)
    return places[scores.index(best)] if scores.count(best) == 1 else None


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common from their beginning."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
