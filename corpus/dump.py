"""Dumps: what programs that print pages as text (lynx, w3m, mail) add to the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEAD = re.compile(r"\s*(?:references|références|links|liens)\s*:?\s*", re.I)
_SORT = re.compile(r"\s*(?:visible|hidden) links:?\s*", re.I)
_BUTTON = re.compile(r"[\[(]BUTTON[\])][^\[(]*")
_OTHER_FORMS = re.compile(r"\s*#\[\d")  # feeds and other pages that the head of a page names
_CAPTION = re.compile(r"^\s*CAPTION:\s*(?=\S)")
_INNER = re.compile(r" {2}(?=[^\W\d_])")  # lynx sets text at the third column, `h2` at the edge
_ENTRY = re.compile(r"\s*\[?(\d{1,4})[.\]]\s+(?:\S+:\S+|[/#?]\S*)\s*")
_MARK = re.compile(r"\s?\[\d{1,4}\]")
_LEADER = re.compile(r"(.*\S)\s*(?:\.\s?){4,}\s*(\d{1,3})\s*")
_FEWEST_ENTRIES = 3  # of a table of contents


def without_references(lines: Sequence[str]) -> list[str]:
    """The lines without the addresses of links listed at the end, and what else a dump adds.

    These are the numbers of links in the text, and words for what is no text. Several links on a
    line of their own are parted by bars.
    """
    head = next((at for at in reversed(range(len(lines))) if _HEAD.fullmatch(lines[at])), None)
    if head is None:
        return list(lines)
    listed = [line for line in lines[head + 1 :] if line.strip() and not _SORT.fullmatch(line)]
    if not listed or not all(map(_ENTRY.fullmatch, listed)):
        return list(lines)
    return [_unmarked(_plain(line)) for line in lines[:head]]


def _plain(line: str) -> str:
    """A line without buttons and the word before a table's caption; `h3` marked as it is."""
    if "BUTTON" in line:
        line = _BUTTON.sub("", line)
    if _OTHER_FORMS.match(line):
        return ""
    inner = _INNER.match(line)
    return f"### {line[2:]}" if inner else _CAPTION.sub("", line)


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
        sentence = any(part.rstrip().endswith((",", ":", ";")) for part in links)
        return (" " if sentence else " | ").join(part.strip() for part in links)
    return _MARK.sub(lambda mark: " " if mark[0][0].isspace() else "", line)
