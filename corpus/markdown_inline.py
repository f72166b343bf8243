"""Inline Markdown as text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token

from corpus.clean import clean_line
from corpus.front_matter import web_address

_TAG = re.compile(r"<(/?)\s*([a-zA-Z]+)")
BREAK = "\n"  # a line break that the author asked for
_SOFT = "\v"  # a line end that Markdown reads as a space


def inline_text(children: Sequence[Token]) -> str:
    """Inline tokens as text: links keep their address; images, HTML and what is struck out go."""
    parts: list[str] = []
    links: list[tuple[str, int]] = []
    hidden: str | None = None
    for token in children:
        if token.type == "html_inline":
            tag = _TAG.match(token.content)
            name = tag[2].lower() if tag else ""
            if name == "br":
                parts.append(BREAK)
            elif tag and name in ("script", "style"):
                hidden = None if tag[1] else name
        elif token.type in ("s_open", "s_close"):
            hidden = "s" if token.type == "s_open" else None
        elif hidden:
            continue
        elif token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type == "softbreak":
            parts.append(_SOFT)
        elif token.type == "hardbreak":
            parts.append(BREAK)
        elif token.type == "link_open":
            links.append((str(token.attrGet("href") or ""), len(parts)))
        elif token.type == "link_close":
            href, start = links.pop()
            parts.append(_address(href, "".join(parts[start:])))
    return "".join(parts)


def _address(href: str, shown: str) -> str:
    """What a link adds to its words: its address in parentheses, unless they show it."""
    address = href.removeprefix("mailto:").partition("?")[0]
    if address == href and not web_address(href):
        return ""
    bare = re.sub(r"^https?://(www\.)?", "", address if address != href else href).rstrip("/")
    if not bare or bare in shown or not shown.strip():
        return ""
    return f" ({address if href.startswith('mailto:') else href})"


def one_line(inline: Token) -> str:
    """The text of a token on one line."""
    return clean_line(inline_text(inline.children or ()).replace(_SOFT, " ").replace(BREAK, " "))
