"""Boxes in Markdown: tabs, folds and asides, as wikis and generators of sites mark them.

They become `<details>`, which are read as a part with a heading that ends where they end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_TITLE = r"""(?:\s+(?:title|name|label|header)\s*=)?\s*["“'](?P<title>[^"”']{1,120})["”'][^%>]*"""
# GitBook, Hugo, MDX: a tag with a title opens, one with the same name closes.
_OPENS = re.compile(rf"\s*\{{[%{{][<%]?\s*(?:tab|expand|details|accordion){_TITLE}[>%]?[%}}]\}}\s*")
_CLOSES = re.compile(
    r"\s*(?:\{[%{][<%]?\s*(?:/\s*|end)(?:tab|expand|details|accordion)\s*[>%]?[%}]\}|</TabItem>)\s*"
)
_TAB = re.compile(r"\s*<TabItem\b[^>]*\blabel=[\"'](?P<title>[^\"']{1,120})[\"'][^>]*>\s*")
_ELSEWHERE = re.compile(r"\s*\{%\s*content-ref\b.*?%\}\s*")
_HERE = re.compile(r"\s*\{%\s*endcontent-ref\s*%\}\s*")
# Docusaurus, Pandoc, HackMD: colons open, colons close.
_COLONS = re.compile(
    r"\s{0,3}:{3,}\s*(?P<name>[\w-]*|\{[^}]*\})\s*(?:\[(?P<boxed>[^\]]{1,120})\]|(?P<said>\S.{0,120}))?"
)
# MkDocs: a mark and a title, the box is what stands four columns further in.
_MARKED = re.compile(r"(?:!!!|\?\?\?\+?|===\+?!?)(?: +[\w-]+)*(?: +\"(?P<title>[^\"]{1,120})\")? *")
_MARKED_NAME = re.compile(r"(?:!!!|\?\?\?\+?)\s+\w")
_MODULE = re.compile(
    r"(?:import\s.+\sfrom\s+|import\s+)['\"][^'\"]+['\"];?|export\s+(?:const|default)\b.*"
)
_GROUP = re.compile(r"\s*</?(?:Tabs|Tab|Steps|Cards?|Accordions?|AccordionGroup)\b[^>]*>\s*")
_TAGS = re.compile(r"#{1,6}\s*tags\s*:.*", re.I)
_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")


def with_boxes(lines: Sequence[str]) -> list[str]:
    """The lines with each box that has a title as `<details>`, the marks of others left out."""
    out: list[str] = []
    open_: list[bool] = []  # of the boxes that colons opened, whether each has a title
    fence = ""
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if mark := _FENCE.match(line):
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        if fence or mark:
            out.append(line)
        elif found := _OPENS.fullmatch(line) or _TAB.fullmatch(line):
            out.extend(_opened(found["title"]))
        elif _CLOSES.fullmatch(line):
            out.extend(_CLOSED)
        elif _ELSEWHERE.fullmatch(line):
            end = next((i for i in range(at, len(lines)) if _HERE.fullmatch(lines[i])), at - 1)
            at = end + 1
        elif ":::" in line and (found := _COLONS.fullmatch(line)):
            out.extend(_colons(found, open_))
        elif line[:3] in ("!!!", "???", "===") and (found := _MARKED.fullmatch(line)):
            inner, end = _indented(lines, at)
            named = found["title"] or _MARKED_NAME.match(line)
            if not named or not any(map(str.strip, inner)):
                out.append(line)  # a rule under a heading, or a cry
                continue
            at = end
            title = found["title"]
            out.extend((*_opened(title), *with_boxes(inner), *_CLOSED) if title else inner)
        elif not (_GROUP.fullmatch(line) or _MODULE.fullmatch(line) or _TAGS.fullmatch(line)):
            out.append(line)
    return out


_CLOSED = ("", "</details>", "")


def _opened(title: str) -> tuple[str, ...]:
    plain = re.sub("[<>]", " ", title)
    return ("", "<details>", "", f"<summary>{plain}</summary>", "")


def _colons(found: re.Match[str], open_: list[bool]) -> Sequence[str]:
    if not found["name"] and not found["boxed"] and not found["said"]:
        return _CLOSED if open_ and open_.pop() else ("",)
    title = found["boxed"] or found["said"] or ""
    open_.append(bool(title))
    return _opened(title) if title else ("",)


def _indented(lines: Sequence[str], at: int) -> tuple[list[str], int]:
    """The lines from a place on that stand four columns in, without these, and where they end."""
    inner: list[str] = []
    while at < len(lines) and (not lines[at].strip() or lines[at].startswith("    ")):
        inner.append(lines[at][4:])
        at += 1
    return inner, at
