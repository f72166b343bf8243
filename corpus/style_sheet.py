"""Style sheets of a page: which of its classes and ids they do not display."""

from __future__ import annotations

import re

from corpus.node import Node

INVISIBLE = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|opacity:0(?:\.0+)?(?:[;!]|$)|font-size:0"
    r"|(?:left|top|text-indent|right):-\d{3,}|(?<![\w-])(?:max-)?height:0(?:px)?(?:[;!]|$)"
    r"|clip-path:inset\(100%|transform:scale\(0\)"
)
"""What hides, in a declaration in lower case without spaces."""
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,2000})\}")
_SIMPLE = re.compile(r"(?:[a-z][a-z0-9]*)?([.#][\w-]+)")


def concealed_by(root: Node) -> frozenset[str]:
    """The classes (`.archive`) and ids (`#old`) that the page's style sheets do not display.

    Rules for print or for some widths only (`@media`) are not looked at, nor nested selectors.
    """
    found: set[str] = set()
    shown: set[str] = set()
    for sheet in root.all(("style",)):
        css = _without_conditions(_COMMENT.sub("", sheet.text or ""))
        for rule in _RULE.finditer(css):
            hides = bool(INVISIBLE.search(rule[2].replace(" ", "").lower()))
            shows = "display:" in rule[2].replace(" ", "").lower()
            for selector in rule[1].split(","):
                simple = _SIMPLE.fullmatch(selector.strip())
                if simple and hides:
                    found.add(simple[1])
                elif simple and shows:
                    shown.add(simple[1])
    return frozenset(found - shown)


def _without_conditions(css: str) -> str:
    """A style sheet without its `@` blocks."""
    kept: list[str] = []
    depth, start, skipping = 0, 0, 0
    for mark in re.finditer(r"[{}@;]", css):
        sign = mark[0]
        if sign == "@" and not skipping and depth == 0:
            kept.append(css[start : mark.start()])
            skipping = 1
        elif sign == "{":
            depth += 1
        elif sign == "}":
            depth = max(0, depth - 1)
        if skipping and depth == 0 and sign in "};":
            skipping, start = 0, mark.end()
    if not skipping:
        kept.append(css[start:])
    return "".join(kept)
