"""The frame of a web page in its text: the menus above its content, the footer below it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence, Set
from itertools import pairwise

from corpus.clean import folded
from corpus.noise import BULLET, COPYRIGHT, bare, is_breadcrumb, is_entry, is_noise

_FOOTER = re.compile(
    r"(?:plan du site|mentions legales|politique de confidentialite|site ?map|legal notice"
    r"|gestion des cookies|politique de cookies)"
)
_FOLLOW = re.compile(r"(?:nous suivre|suivez[- ]nous)\b")
_RELATED = re.compile(
    r"(?:(?:a )?(?:lire|voir|decouvrir) (?:aussi|egalement)|vous aimerez (?:aussi|peut-etre)"
    r"|(?:autres |nos )?(?:formations?|articles?|pages?) (?:similaires?|liee?s?|associee?s?)"
    r"|dans la meme (?:rubrique|categorie)|related (?:programmes?|articles?)|see also)"
)
_LONE_ARROW = re.compile(r"\s*[>›»/]\s*")
_FOOTER_LINES = 25
_ADDRESS_LINES = 8  # of the site's name and address above the links of its footer
_MOST_CHAPTERS = 9  # that a page's tabs or anchors name; more are the headings of all levels
_FEWEST_ENTRIES = 3  # of a table of contents


def without_noise(lines: Sequence[str]) -> list[str]:
    """The lines with the page's furniture emptied; content keeps its place and its blank lines."""
    return without_frame(lines)[0]


def without_frame(lines: Sequence[str]) -> tuple[list[str], frozenset[str]]:
    """The lines with the page's furniture emptied, and the chapters that it lists, folded."""
    kept = list(lines)
    _drop_header(kept)
    _drop_footer(kept, {folded(line) for line, left in zip(lines, kept, strict=True) if not left})
    _drop_related(kept)
    for at, line in enumerate(kept):
        if is_noise(line):
            kept[at] = ""
    before = list(kept)
    _drop_contents(kept)
    listed = [bare(x) for x, left in zip(before, kept, strict=True) if x.strip() and not left]
    return kept, frozenset(listed if len(listed) <= _MOST_CHAPTERS else ())


def _drop_header(lines: list[str]) -> None:
    """Empty what stands above the content: breadcrumbs over several lines, and menus."""
    top = next((at for at, line in enumerate(lines) if _is_prose(line)), len(lines))
    for at in range(top):
        if _LONE_ARROW.fullmatch(lines[at]):
            beside = (_next(lines, at, -1), at, _next(lines, at, 1))
            for place in beside:
                if place is not None and len(lines[place]) < 60:
                    lines[place] = ""
    titles: set[str] = set()
    for start, end in _groups(lines[:top]):
        steps = [folded(line) for line in lines[start:end] if line.strip()]
        below = _next(lines, end - 1, 1)
        trail = len(steps) > 1 and steps[0] in ("accueil", "home")
        if trail and below is not None and folded(lines[below]) == steps[-1]:
            lines[start:end] = [""] * (end - start)  # a breadcrumb, a step a line
            titles.add(steps[-1])
            continue
        words = [bare(line) for line in lines[start:end] if line.strip()]
        known = sum(1 for word in words if is_entry(word))
        if len(words) >= 3 and known * 2 > len(words) and max(map(len, words)) < 60:
            lines[start:end] = [x if folded(x) in titles else "" for x in lines[start:end]]
    crumbs = next((at for at in range(top) if is_breadcrumb(lines[at])), 0)
    # A title or two may stand above the breadcrumb; more than that is a menu.
    if sum(1 for line in lines[:crumbs] if line.strip() and not is_noise(line)) > 3:
        lines[: crumbs + 1] = [""] * (crumbs + 1)


def _is_prose(line: str) -> bool:
    return len(line) > 100 or (len(line.split()) > 5 and line.rstrip().endswith("."))


def _next(lines: Sequence[str], at: int, step: int) -> int | None:
    """The nearest line with text above (`step` -1) or below (1)."""
    at += step
    while 0 <= at < len(lines):
        if lines[at].strip():
            return at
        at += step
    return None


def _drop_footer(lines: list[str], header: Set[str]) -> None:
    """Empty all from the first line of the site's footer on, when it is near the end.

    A line of the header that stands again right above it, as the site's name does, is its first.
    """
    for at in range(max(0, len(lines) - _FOOTER_LINES), len(lines)):
        plain = folded(lines[at])
        rest = [line for line in lines[at:] if line.strip()]
        follow = _FOLLOW.match(plain) and not any("@" in line for line in rest)
        opens = follow or (_FOOTER.search(plain) and is_noise(lines[at])) or COPYRIGHT.search(plain)
        if opens and not any(len(line) > 200 for line in rest):
            above = [x for x in range(max(0, at - _ADDRESS_LINES), at) if lines[x].strip()]
            again = (x for x in above if folded(lines[x]) in header)
            at = next(again, at)
            lines[at:] = [""] * (len(lines) - at)
            return


def _drop_related(lines: list[str]) -> None:
    """Empty the lists of other pages: short names below a line that announces them."""
    for at, line in enumerate(lines):
        if not _RELATED.fullmatch(bare(line)):
            continue
        end = at + 1
        if (
            end + 1 < len(lines)
            and not lines[end].strip()
            and _indent(lines[end + 1]) > _indent(line)
        ):
            end += 1  # a list further in, apart as browsers copy it
        first = end
        while end < len(lines) and lines[end].strip() and _is_name(lines[end]):
            end += 1
        if end > first:
            lines[at:end] = [""] * (end - at)


def _indent(line: str) -> int:
    """How far in a line begins, a bullet counted as a step."""
    return len(line) - len(line.lstrip()) + bool(BULLET.match(line))


def _is_name(line: str) -> bool:
    return (
        len(line) < 80
        and not line.rstrip().endswith((".", ":", ";"))
        and not re.search(r"\d", line)
    )


def _drop_contents(lines: list[str]) -> None:
    """Empty tables of contents: lines that mostly stand again further down, as headings do."""
    order = {at: place for place, at in enumerate(at for at, x in enumerate(lines) if x.strip())}
    names = {at: bare(lines[at]) for at in order}
    places: dict[str, list[int]] = {}
    for at, name in names.items():
        places.setdefault(name, []).append(at)
    again = [at for at, name in names.items() if places[name][-1] > at]
    for start, end in sorted({*_groups(lines), *_runs(again, order)}):
        entries = [at for at in range(start, end) if at in names and lines[at]]
        if len(entries) < _FEWEST_ENTRIES or _is_introduced(lines, start):
            continue
        below: list[int] = []
        for at in entries:
            stands = places[names[at]]
            later = bisect_left(stands, end)
            below.extend(stands[later : later + 1])
        if len(below) * 10 >= len(entries) * 7 and _are_headings([order[at] for at in below]):
            lines[start:end] = [""] * (end - start)


def _is_introduced(lines: Sequence[str], at: int) -> bool:
    above = _next(lines, at, -1)
    return above is not None and lines[above].rstrip().endswith(":")


def _runs(again: Sequence[int], order: Mapping[int, int]) -> list[tuple[int, int]]:
    """Runs of lines that follow one another, blank lines aside."""
    runs: list[tuple[int, int]] = []
    for at in again:
        if runs and order[at] == order[runs[-1][1] - 1] + 1:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return runs


def _are_headings(places: Sequence[int]) -> bool:
    """Whether lines stand in order with something between most of them: a list repeated has not."""
    steps = [after - before for before, after in pairwise(places)]
    return all(step > 0 for step in steps) and sum(1 for s in steps if s > 1) * 2 > len(steps)


def _groups(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Runs of lines without a blank between, or of items evenly apart."""
    groups: list[tuple[int, int]] = []
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        end = at + 1
        stride = 0
        sign = _sign(lines[at])
        while (gap := _stride(lines, end, sign)) and stride in (0, gap):
            stride = gap
            end += gap
        groups.append((at, end))
        at = end
    return groups


def _stride(lines: Sequence[str], at: int, sign: str | None) -> int:
    """How many lines further the next one of the group is: 1, 2 (a blank between), 0 for none."""
    for stride in (1, 2) if sign is not None else (1,):
        place = at + stride - 1
        if place < len(lines) and lines[place].strip():
            return stride if _sign(lines[place]) == sign else 0
    return 0


def _sign(line: str) -> str | None:
    """What stands before an item's text, its indentation and what marks it; nothing for text."""
    bullet = BULLET.match(line)
    return re.sub(r"\d+", "#", bullet[0]) if bullet else None
