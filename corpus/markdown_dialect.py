"""What writers of Markdown use beyond its standard, made plain for a parser of the standard."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.markdown_box import with_boxes

_ATTRIBUTES = re.compile(r"(?<=\S)\s*\{(?:[#.][\w:-]+\s*|\w+=\S+\s*|-\s*)+\}\s*$")
_UNDERLINE = re.compile(r"\s{0,3}(?:=+|-+)\s*")
_NOTE = re.compile(r"\s{0,3}\[\^[^\]\s]{1,40}\]:\s+(?=\S)")
_NOTE_MARK = re.compile(r"\[\^[^\]\s]{1,40}\]")
_TASK = re.compile(r"^(\s*(?:[-*+]|\d{1,3}[.)])\s+)\[[ xX]\]\s+")
_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_GRID = re.compile(r"\s{0,3}\+(?:[:=-]+\+)+\s*")

_CONTENTS = re.compile(r"\s{0,3}(?:\[\[_?TOC_?\]\]|\[TOC\]|\{:toc\})\s*", re.I)
# Calls of a generator of sites (Hugo, Jekyll), alone or as the address of a link.
_CALLED_LINK = re.compile(r"\[([^\]]{0,400})\]\(\{\{.{0,400}?\}\}\)")
_CALL = re.compile(r"\{\{[<%].{0,400}?[%>]\}\}|\{%.{0,400}?%\}")
_ALERT = re.compile(r"^(\s{0,3}>\s*)\[![A-Za-z]+\]\s*")
_EMOJI = re.compile(r"(?<![\w:]):[a-z][a-z0-9_]{2,}:(?![\w:])\s?")
_MARKER = re.compile(r"==(?=\S)([^=\n]{1,200}?)(?<=\S)==")
_RAISED = re.compile(r"(?<=\w)\^([^\s^]{1,12})\^")
_DEFINES = re.compile(r"\s{0,3}\[[^\]^]+\]:\s")


def plain_markdown(body: str) -> str:
    """Markdown without attributes, notes, boxes, calls and grids; code stays as it is.

    A note's text is a paragraph where it is defined; a grid becomes a table with bars.
    """
    lines = with_boxes(body.split("\n"))
    out: list[str] = []
    fence = ""
    at = 0
    while at < len(lines):
        line = lines[at]
        if mark := _FENCE.match(line):
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        elif not fence and _GRID.fullmatch(line):
            end = at + 1
            while end < len(lines) and lines[end].lstrip()[:1] in ("|", "+"):
                end += 1
            out.extend(_table(lines[at:end]))
            at = end
            continue
        elif not fence:
            below = lines[at + 1] if at + 1 < len(lines) else ""
            line = _plain(line, heads=line.startswith("#") or bool(_UNDERLINE.fullmatch(below)))
            if line.startswith("[") and out and _DEFINES.match(line):
                out.append("")  # an address is none inside the paragraph of a note
        out.append(line)
        at += 1
    return "\n".join(out)


def _plain(line: str, *, heads: bool) -> str:
    if "[" in line:
        line = _TASK.sub(r"\1", _NOTE_MARK.sub("", _NOTE.sub("", line, count=1)))
        line = _ALERT.sub(r"\1", "" if _CONTENTS.fullmatch(line) else line)
    if "{{" in line or "{%" in line:
        line = _CALL.sub("", _CALLED_LINK.sub(r"\1", line))
    if "==" in line:
        line = _MARKER.sub(r"\1", line)
    if "^" in line:
        line = _RAISED.sub(r"\1", line)
    if ":" in line:
        line = _EMOJI.sub("", line)
    return _ATTRIBUTES.sub("", line) if heads and "{" in line else line


def _table(lines: Sequence[str]) -> list[str]:
    """A grid as a table with bars; the rows above its rule of `=` are titles."""
    rules = [at for at, line in enumerate(lines) if _GRID.fullmatch(line)]
    rows: list[str] = []
    titles = 0
    for start, end in pairwise(rules):
        cells: list[list[str]] = []
        for line in lines[start + 1 : end]:
            for place, cell in enumerate(line.strip().strip("|").split("|")):
                if place == len(cells):
                    cells.append([])
                cells[place].append(cell.strip())
        rows.append(f"| {' | '.join(' '.join(filter(None, cell)) for cell in cells)} |")
        titles = len(rows) if "=" in lines[end] else titles
    if not rows:
        return list(lines)
    width = max(row.count("|") - 1 for row in rows)
    head = rows[:1] if titles else [f"|{' |' * width}"]
    return [*head, f"|{' --- |' * width}", *rows[len(head) if titles else 0 :], ""]
