"""Links in Markdown that are a page's furniture: menus, contents and what is shared."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token

from corpus.noise import is_noise

_BETWEEN = " \n\v|·•–—->/"


def is_bar(inline: Token) -> bool:
    """Whether a paragraph is links side by side into its page, or to what is furniture."""
    links, rest = _links(inline.children or ())
    if not links:
        return False
    if rest.strip(_BETWEEN):
        return len(links) > 1 and is_noise(rest)
    inner = all(href.startswith("#") for href, _ in links)
    return (len(links) > 1 and inner) or all(is_noise(text) for _, text in links)


def is_menu(tokens: Sequence[Token], *, leads: bool) -> bool:
    """Whether a list's items are nothing but links into its page; `leads`: to any other."""
    found = [_links(token.children or ()) for token in tokens if token.type == "inline"]
    if not found or any(not links or rest.strip(_BETWEEN) for links, rest in found):
        return False
    return leads or all(href.startswith("#") for links, _ in found for href, _ in links)


def _links(children: Sequence[Token]) -> tuple[list[tuple[str, str]], str]:
    """The links, each with its address and its words, and the text outside them."""
    links: list[tuple[str, str]] = []
    rest: list[str] = []
    inside: str | None = None
    words: list[str] = []
    for token in children:
        if token.type == "link_open":
            inside, words = str(token.attrGet("href") or ""), []
        elif token.type == "link_close":
            links.append((inside or "", " ".join(words)))
            inside = None
        elif token.type in ("text", "code_inline"):
            (rest if inside is None else words).append(token.content)
        elif token.type in ("softbreak", "hardbreak") and inside is None:
            rest.append(" ")
    return links, "".join(rest)
