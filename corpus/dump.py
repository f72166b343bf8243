"""Dumps: what programs that print pages as text (lynx, w3m, mail) add to the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEAD = re.compile(r"\s*(?:references|références|links|liens)\s*:?\s*", re.I)
_ENTRY = re.compile(r"\s*\[?(\d{1,4})[.\]]\s+(?:\S+:\S+|[/#?]\S*)\s*")
_MARK = re.compile(r"\s?\[\d{1,4}\]")
_LEADER = re.compile(r"(.*\S)\s*(?:\.\s?){4,}\s*(\d{1,3})\s*")
_FEWEST_ENTRIES = 3  # of a table of contents


def without_references(lines: Sequence[str]) -> list[str]:
    """The lines without the addresses of links listed at the end, and their numbers in the text.

    Several links on a line of their own are parted by bars.
    """
    head = next((at for at in reversed(range(len(lines))) if _HEAD.fullmatch(lines[at])), None)
    if head is None:
        return list(lines)
    entries = [_ENTRY.fullmatch(line) for line in lines[head + 1 :] if line.strip()]
    if not entries or not all(entries):
        return list(lines)
    return [_unmarked(line) for line in lines[:head]]


def without_leaders(lines: Sequence[str]) -> list[str]:
    """The lines with those of a table of contents emptied, which lead by dots to a page."""
    entries = {at: int(found[2]) for at, line in enumerate(lines) if (found := _leader(line))}
    pages = list(entries.values())
    if len(pages) < _FEWEST_ENTRIES or pages != sorted(pages):
        return list(lines)
    return ["" if at in entries else line for at, line in enumerate(lines)]


def _leader(line: str) -> re.Match[str] | None:
    return _LEADER.fullmatch(line) if "...." in line or ". . ." in line else None


def _unmarked(line: str) -> str:
    if "[" not in line:
        return line
    links = [part for part in _MARK.split(line) if part.strip()]
    if len(links) > 1 and not re.split(r"\[\d", line)[0].strip() and len(line) < 100:
        return " | ".join(part.strip() for part in links)
    return _MARK.sub(lambda mark: " " if mark[0][0].isspace() else "", line)
